/** What the publisher laid on a page, as things to press: links are links, all else is a button that opens a dialog. */

import { Code, Images, Link, MessageSquareText, Play, ShoppingBag, TextCursorInput, Volume2 } from 'lucide-static';
import type { OverlayEntry } from '../contract/overlays';
import { mark, t } from '../strings';

/** Named by what it does, then by its title. */
const NAMES: Readonly<Record<OverlayEntry['kind'], string>> = {
  link: mark('Link: {title}'),
  page: mark('To another page: {title}'),
  video: mark('Video: {title}'),
  audio: mark('Sound: {title}'),
  gallery: mark('Pictures: {title}'),
  popup: mark('More: {title}'),
  product: mark('Product: {title}'),
  form: mark('Form: {title}'),
  html: mark('Interactive: {title}'),
};
const BADGES: Readonly<Partial<Record<OverlayEntry['kind'], string>>> = {
  video: Play, audio: Volume2, gallery: Images, popup: MessageSquareText, product: ShoppingBag, form: TextCursorInput, html: Code,
};

/** Fill the layer with a page's overlays, from top to bottom. */
export function buildHotspots(layer: HTMLElement, overlays: readonly OverlayEntry[], addressOf: (page: number) => string): void {
  layer.replaceChildren(...overlays.filter((one) => one.kind !== 'form' || (one.address && !one.asked)).map((one) => hotspot(one, addressOf)));
}

function hotspot(one: OverlayEntry, addressOf: (page: number) => string): HTMLElement {
  const part = one.kind === 'link' || one.kind === 'page' || one.kind === 'form' ? anchor(one, addressOf) : opener(one);
  const [x, y, width, height] = one.area;
  part.style.left = `${x * 100}%`;
  part.style.top = `${y * 100}%`;
  part.style.width = `${width * 100}%`;
  part.style.height = `${height * 100}%`;
  part.title = one.title;
  part.setAttribute('aria-label', t(NAMES[one.kind], { title: one.title }));
  return part;
}

function anchor(one: OverlayEntry, addressOf: (page: number) => string): HTMLAnchorElement {
  const link = document.createElement('a');
  link.className = 'page-link page-overlay';
  if (one.kind === 'page') {
    link.href = addressOf(one.target!);
    link.dataset.page = String(one.target);
    return link;
  }
  link.href = one.address!;
  link.rel = 'noopener nofollow';
  if (one.kind === 'form' && isHere(one.address!)) {
    link.dataset.overlay = one.id;
    link.dataset.kind = one.kind;
    link.setAttribute('aria-haspopup', 'dialog');
    link.append(badge(BADGES.form!));
    return link;
  }
  if (/^https?:/.test(one.address!)) link.target = '_blank';
  link.append(badge(Link));
  return link;
}

/** Whether something is served by the same house, so that it can be shown over the page. */
const isHere = (address: string): boolean => new URL(address, location.href).origin === location.origin;

function opener(one: OverlayEntry): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'page-link page-overlay';
  button.dataset.overlay = one.id;
  button.dataset.kind = one.kind;
  button.setAttribute('aria-haspopup', 'dialog');
  button.append(badge(BADGES[one.kind]!));
  return button;
}

function badge(svg: string): HTMLElement {
  const part = document.createElement('span');
  part.className = 'overlay-badge';
  part.setAttribute('aria-hidden', 'true');
  part.innerHTML = svg.slice(svg.indexOf('<svg'));
  return part;
}
