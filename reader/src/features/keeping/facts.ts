/** What is known of an edition that is kept on this device, and where that is written. */

export interface Facts {
  readonly title: string;
  readonly home: string;
  readonly build: string;
  readonly bytes: number;
  /** When it was kept, and when the server last let it be read; milliseconds. */
  readonly kept: number;
  readonly checked: number;
  /** For how many days it can be read without asking; 0: for ever. */
  readonly days: number;
  /** Where the reader's own files begin. */
  readonly reader: string;
  /** What the worker says where it has nothing to show: it cannot ask for sentences without a network. */
  readonly sentences: Sentences;
}

export interface Sentences {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly over: readonly [heading: string, words: string];
  readonly missing: readonly [heading: string, words: string];
  readonly back: string;
}

const PREFIX = 'masthead-kept ';

/** The cache of the edition with this path. */
export const cacheName = (home: string): string => PREFIX + home;

/** The address at which the facts lie in the cache; nothing is ever asked for there. */
export const factsAddress = (home: string): string => `${home}kept.json`;

/** The facts of an edition; null where it is not kept, or not whole. */
export async function factsOf(home: string): Promise<Facts | null> {
  if (!('caches' in window) || !(await caches.has(cacheName(home)))) return null;
  const found = await caches.match(factsAddress(home), { cacheName: cacheName(home) }); // opening would make what just went
  return found ? ((await found.json()) as Facts) : null;
}

/** Everything that is kept here, by title. */
export async function everythingKept(): Promise<Facts[]> {
  const homes = (await caches.keys()).filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
  const found = (await Promise.all(homes.map(factsOf))).filter((facts): facts is Facts => facts !== null);
  return found.sort((one, other) => one.title.localeCompare(other.title));
}

/** Take an edition off this device. */
export async function forget(home: string): Promise<void> {
  await caches.delete(cacheName(home));
  const registration = await navigator.serviceWorker.getRegistration(home);
  if (registration && new URL(registration.scope).pathname === home) await registration.unregister();
}
