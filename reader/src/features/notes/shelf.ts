/** Keeps annotations on this device, in the browser's own database; for the visit alone where there is none. */

import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

import type { Ledger } from './agreeing/ledger';

/** Of whom they are: '' for what was made without an account. */
export type Owner = string;

export interface Shelf {
  /** Whether what is kept is still there at the next visit. */
  readonly lasting: boolean;
  load(owner: Owner): Promise<Ledger[]>;
  put(owner: Owner, ledgers: readonly Ledger[]): Promise<void>;
  remove(owner: Owner, ids: readonly string[]): Promise<void>;
  /** What is remembered about synchronising: how far, and when. */
  progress(owner: Owner): Promise<Progress>;
  remember(owner: Owner, progress: Progress): Promise<void>;
}

export interface Progress {
  readonly sequence: number;
  /** When it was last agreed, in milliseconds; only for showing, and for asking for everything after a long time. */
  readonly at: number;
}

interface Entry {
  book: string;
  owner: Owner;
  ledger: Ledger;
}

interface Schema extends DBSchema {
  ledgers: { key: [string, string, string]; value: Entry; indexes: { notebook: [string, string] } };
  progress: { key: [string, string]; value: Progress & { book: string; owner: Owner } };
}

const NAME = 'masthead-notes';
const NONE: Progress = { sequence: 0, at: 0 };

/** The shelf for one edition, named by its address. */
export async function openShelf(book: string): Promise<Shelf> {
  try {
    const database = await openDB<Schema>(NAME, 1, {
      upgrade(made) {
        made.createObjectStore('ledgers', { keyPath: ['book', 'owner', 'ledger.id'] }).createIndex('notebook', ['book', 'owner']);
        made.createObjectStore('progress', { keyPath: ['book', 'owner'] });
      },
      blocking: (_, __, event) => (event.target as IDBDatabase).close(),
    });
    return lastingShelf(database, book);
  } catch {
    return passingShelf();
  }
}

function lastingShelf(database: IDBPDatabase<Schema>, book: string): Shelf {
  return {
    lasting: true,
    load: async (owner) => (await database.getAllFromIndex('ledgers', 'notebook', [book, owner])).map(({ ledger }) => ledger),
    async put(owner, ledgers) {
      const writing = database.transaction('ledgers', 'readwrite');
      await Promise.all([...ledgers.map((ledger) => writing.store.put({ book, owner, ledger })), writing.done]);
    },
    async remove(owner, ids) {
      const writing = database.transaction('ledgers', 'readwrite');
      await Promise.all([...ids.map((id) => writing.store.delete([book, owner, id])), writing.done]);
    },
    progress: async (owner) => (await database.get('progress', [book, owner])) ?? NONE,
    remember: async (owner, progress) => void (await database.put('progress', { book, owner, ...progress })),
  };
}

/** Keeps nothing beyond the visit, as where a browser allows no database. */
export function passingShelf(): Shelf {
  const ledgers = new Map<Owner, Map<string, Ledger>>();
  const progress = new Map<Owner, Progress>();
  const of = (owner: Owner): Map<string, Ledger> => {
    const found = ledgers.get(owner) ?? new Map<string, Ledger>();
    ledgers.set(owner, found);
    return found;
  };
  return {
    lasting: false,
    load: async (owner) => [...of(owner).values()],
    put: async (owner, changed) => changed.forEach((ledger) => of(owner).set(ledger.id, ledger)),
    remove: async (owner, ids) => ids.forEach((id) => of(owner).delete(id)),
    progress: async (owner) => progress.get(owner) ?? NONE,
    remember: async (owner, next) => void progress.set(owner, next),
  };
}
