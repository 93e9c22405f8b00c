/** What every part of the reader is given: the element, the book, the store, the server, and places to draw in. */

import type { Book } from '../book/book';
import type { Client } from '../client/client';
import type { Store } from './store';

export interface StageHandle {
  /** Move keyboard focus to the pages. */
  focus(): void;
  /** Pages that are on screen now, in reading order. */
  visiblePages(): readonly number[];
}

export interface Slots {
  readonly toolbar: HTMLElement;
  readonly footer: HTMLElement;
  readonly panel: HTMLElement;
  /** aria-live region for announcements. */
  readonly live: HTMLElement;
}

export interface ReaderContext {
  readonly element: HTMLElement;
  readonly book: Book;
  readonly store: Store;
  readonly client: Client;
  readonly stage: StageHandle;
  readonly slots: Slots;
  /** Path of the edition's HTML addresses, with a slash at its end. */
  readonly home: string;
}
