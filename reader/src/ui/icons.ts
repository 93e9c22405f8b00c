/** The icons the reader uses, from Lucide; only those named here are part of the build. */

import {
  AppWindow, ArrowDown, ArrowUp, Bookmark, BookmarkCheck, BookOpen, BookX, Check, ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, CircleQuestionMark,
  CloudOff, Download, Ellipsis, File, GalleryVertical, HardDriveDownload, Highlighter, LayoutGrid, LibraryBig, Maximize, MessageSquare, Minimize, MoveHorizontal, Newspaper, Pencil, Printer, RotateCw,
  Scan, Search, Settings2, Share2, ShoppingCart, StickyNote, TableOfContents, TextSelect, Type, X, ZoomIn, ZoomOut,
} from 'lucide-static';

const ICONS = {
  search: Search, contents: TableOfContents, pages: LayoutGrid, auto: AppWindow, spread: BookOpen, single: File,
  scroll: GalleryVertical, 'zoom-in': ZoomIn, 'zoom-out': ZoomOut, 'fit-page': Scan, 'fit-width': MoveHorizontal,
  settings: Settings2, print: Printer, download: Download, 'full-screen': Maximize, 'leave-full-screen': Minimize,
  help: CircleQuestionMark, more: Ellipsis, close: X, up: ArrowUp, down: ArrowDown, previous: ChevronLeft, next: ChevronRight,
  first: ChevronFirst, last: ChevronLast, offline: CloudOff, gone: BookX, retry: RotateCw, check: Check,
  article: Newspaper, text: Type, archive: LibraryBig, bookmark: Bookmark, bookmarked: BookmarkCheck, annotate: Highlighter, note: StickyNote,
  share: Share2, comments: MessageSquare, cart: ShoppingCart, draw: Pencil, words: TextSelect, keep: HardDriveDownload,
} as const;

export type IconName = keyof typeof ICONS;
/** Icons that point along the reading direction and are mirrored with it. */
const DIRECTED: ReadonlySet<IconName> = new Set<IconName>(['previous', 'next', 'first', 'last']);

/** An icon of the list above, or one that only a part loaded later needs. */
export type Drawing = IconName | { readonly svg: string; readonly directed?: boolean };

/** An icon as an element that screen readers pass over. */
export function icon(name: Drawing): SVGElement {
  const { svg, directed } = typeof name === 'object' ? name : { svg: ICONS[name], directed: DIRECTED.has(name) };
  const template = document.createElement('template');
  template.innerHTML = svg.slice(svg.indexOf('<svg'));
  const made = template.content.firstElementChild as SVGElement;
  made.setAttribute('class', directed ? 'icon icon-directed' : 'icon');
  made.setAttribute('aria-hidden', 'true');
  made.setAttribute('focusable', 'false');
  made.setAttribute('stroke-width', '1.75');
  return made;
}
