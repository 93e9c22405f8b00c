/** Holds the state; every change is an action that the reducer turns into the next state. */

import type { Book } from '../book/book';
import type { Action, Mark, ReaderState } from './state';

export const MIN_ZOOM = 1;
export const MAX_ZOOM = 8;
const ZOOM_STEP = 1.5;

type Listener = (state: ReaderState, before: ReaderState, action: Action) => void;

export interface Store {
  readonly state: ReaderState;
  dispatch(action: Action): void;
  /** Called after every change; answers a function that ends it. */
  subscribe(listener: Listener): () => void;
}

export const initialState: ReaderState = {
  page: 1,
  viewChoice: 'auto',
  view: 'single',
  fit: 'page',
  zoom: 1,
  panel: null,
  theme: 'auto',
  marks: [],
  fullScreen: false,
  online: true,
  status: 'loading',
  notice: { text: '', toast: false, serial: 0 },
  query: '',
  article: '',
  block: '',
  overlay: '',
  annotations: [],
  tool: 'read',
  cart: 0,
  tab: 'pages',
};

export function createStore(initial: Partial<ReaderState>, book: Book): Store {
  let state: ReaderState = { ...initialState, ...initial };
  const listeners = new Set<Listener>();
  return {
    get state() {
      return state;
    },
    dispatch(action) {
      const before = state;
      state = reduce(state, action, book);
      if (state !== before) for (const listener of [...listeners]) listener(state, before, action);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The next state. Pure; an action that changes nothing answers the same object. */
export function reduce(state: ReaderState, action: Action, book: Book): ReaderState {
  switch (action.type) {
    case 'go':
      return at(state, action.page, book, action.block);
    case 'next':
      return at(state, neighbour(state, book, 1), book);
    case 'previous':
      return at(state, neighbour(state, book, -1), book);
    case 'first':
      return at(state, 1, book);
    case 'last':
      return at(state, book.count, book);
    case 'choose-view':
      return change(state, { viewChoice: action.view, ...(action.view === 'auto' ? {} : { view: action.view }) });
    case 'view-resolved':
      return change(state, { view: action.view });
    case 'zoom':
      return zoomed(state, action.zoom);
    case 'zoom-in':
      return zoomed(state, state.zoom * ZOOM_STEP);
    case 'zoom-out':
      return zoomed(state, state.zoom / ZOOM_STEP);
    case 'zoom-resolved':
      return change(state, { zoom: action.zoom });
    case 'fit':
      return change(state, { fit: action.fit, ...(action.fit === 'page' ? { zoom: 1 } : {}) });
    case 'announce':
      return change(state, {
        notice: { text: action.text, toast: action.toast ?? false, serial: state.notice.serial + 1 },
      });
    case 'full-screen':
      return change(state, { fullScreen: action.on });
    case 'mark':
      return change(state, { marks: [...action.marks, ...state.marks.filter((mark) => !isHit(mark))] });
    case 'spot':
      return change(state, { marks: [...state.marks.filter(isHit), ...action.marks] });
    case 'article':
      return change(state, { article: action.article, block: action.block ?? '' });
    case 'place':
      return change(state, { block: action.block });
    default:
      return change(state, plain(action));
  }
}

function plain(action: Extract<Action, { type: 'panel' | 'theme' | 'online' | 'status' | 'query' | 'overlay' | 'annotations' | 'tool' | 'cart' | 'tab' }>): Partial<ReaderState> {
  const { type, ...values } = action;
  void type;
  return values;
}

/** A page is shown, whatever was before. */
function at(state: ReaderState, page: number, book: Book, block = ''): ReaderState {
  const panel = state.panel === 'text' ? null : state.panel;
  return change(state, { page: book.page(page).number, article: '', block, panel });
}

const isHit = (mark: Mark): boolean => mark.kind === 'hit' || mark.kind === 'current-hit';

function zoomed(state: ReaderState, wanted: number): ReaderState {
  const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, Math.round(wanted * 1000) / 1000));
  return change(state, { zoom, fit: zoom === 1 ? 'page' : 'free' });
}

/** First page of the spread after or before the one shown; the same page at the ends. */
function neighbour(state: ReaderState, book: Book, step: 1 | -1): number {
  const view = state.view === 'spread' ? 'spread' : 'single';
  const spreads = book.spreads(view);
  const index = book.spreadIndex(view, state.page) + step;
  return spreads[index]?.[0] ?? state.page;
}

function change(state: ReaderState, values: Partial<ReaderState>): ReaderState {
  const keys = Object.keys(values) as (keyof ReaderState)[];
  return keys.every((key) => state[key] === values[key]) ? state : { ...state, ...values };
}
