/** What the reader knows about itself: one frozen state, changed by actions only (event → action → store → view). */

import type { Kept } from '../book/annotations';

/** How pages lie on the stage. `auto` becomes `spread` on wide windows and `single` on narrow ones. */
export type ViewChoice = 'auto' | 'spread' | 'single' | 'scroll';
export type View = Exclude<ViewChoice, 'auto'>;
export type Theme = 'auto' | 'light' | 'dark';
export type PanelName = 'search' | 'contents' | 'pages' | 'print' | 'help' | 'settings' | 'text' | 'archive' | 'share' | 'comments' | 'cart' | 'keep';
/** What a press on the page does: nothing of its own, put a note there, draw; or words are chosen by keys. */
export type Tool = 'read' | 'note' | 'draw' | 'words';
/** The lists in the panel of pages. */
export type TabName = 'pages' | 'bookmarks' | 'highlights' | 'notes';
/** How big pages are: the whole page, its width, or a free zoom. */
export type Fit = 'page' | 'width' | 'free';

/** Boxes marked on a page: [x0, y0, x1, y1] in points. Search hits, the place that was asked for, what is read aloud. */
export interface Mark {
  page: number;
  boxes: readonly (readonly [number, number, number, number])[];
  kind: 'hit' | 'current-hit' | 'place' | 'spoken';
}

export interface ReaderState {
  /** The page the address names, 1-based. In a spread: the page last asked for, either side. */
  readonly page: number;
  readonly viewChoice: ViewChoice;
  /** Resolved from viewChoice and the window. */
  readonly view: View;
  readonly fit: Fit;
  /** 1 is the whole page fitted to the stage; 4 is four times that. */
  readonly zoom: number;
  readonly panel: PanelName | null;
  readonly theme: Theme;
  readonly marks: readonly Mark[];
  readonly fullScreen: boolean;
  readonly online: boolean;
  /** `gone`: the edition's manifest answers 404/410; `failed`: it could not be read. */
  readonly status: 'loading' | 'ready' | 'gone' | 'failed';
  /** A short sentence to announce to screen readers (aria-live) and, if `toast`, to show. */
  readonly notice: { readonly text: string; readonly toast: boolean; readonly serial: number };
  /** The search terms in the address, '' if none. */
  readonly query: string;
  /** The slug of the article that is read as text; '' while pages are shown. */
  readonly article: string;
  /** The block (`p12-b3`) that is read in the article, or that was asked for on the page; '' if none. */
  readonly block: string;
  /** The id of the overlay that is open; '' if none. */
  readonly overlay: string;
  /** What the reader added, as it is now. */
  readonly annotations: readonly Kept[];
  readonly tool: Tool;
  /** How many products lie in the cart, as far as it is known. */
  readonly cart: number;
  /** Which list the panel of pages shows. */
  readonly tab: TabName;
}

export type Action =
  | { type: 'go'; page: number; /** replace the history entry instead of adding one */ replace?: boolean; block?: string }
  /** Read an article as text, from a block on if one is named. */
  | { type: 'article'; article: string; block?: string }
  /** The reading has come to another block of the article. */
  | { type: 'place'; block: string }
  | { type: 'next' }
  | { type: 'previous' }
  | { type: 'first' }
  | { type: 'last' }
  | { type: 'choose-view'; view: ViewChoice }
  | { type: 'view-resolved'; view: View }
  | { type: 'zoom'; zoom: number; /** stage point that stays put, CSS pixels; default: the middle */ at?: { x: number; y: number } }
  | { type: 'zoom-in' }
  | { type: 'zoom-out' }
  | { type: 'fit'; fit: Fit }
  /** The zoom that a fit amounts to in this window; changes nothing else. */
  | { type: 'zoom-resolved'; zoom: number }
  | { type: 'panel'; panel: PanelName | null }
  | { type: 'theme'; theme: Theme }
  /** The hits of the search on the pages. */
  | { type: 'mark'; marks: readonly Mark[] }
  /** The place asked for, or the sentence being read aloud, on the pages. */
  | { type: 'spot'; marks: readonly Mark[] }
  | { type: 'full-screen'; on: boolean }
  | { type: 'online'; online: boolean }
  | { type: 'status'; status: ReaderState['status'] }
  | { type: 'announce'; text: string; toast?: boolean }
  /** Open what lies on a page, by its id; '' closes it. */
  | { type: 'overlay'; overlay: string }
  | { type: 'query'; query: string }
  | { type: 'annotations'; annotations: readonly Kept[] }
  | { type: 'tool'; tool: Tool }
  | { type: 'cart'; cart: number }
  | { type: 'tab'; tab: TabName };
