/** Keeps an edition on this device: fetches what reading needs, a few files at a time, and goes on where it was. */

import type { ReaderContext } from '../../store/context';
import { direction, language, t } from '../../strings';
import { keepsFor, worker } from '../../ui/keeping';
import { cacheName, factsAddress, type Facts } from './facts';
import { addressesInStyle, laidAddresses, wantedFiles, type InventoryEntry } from './wanted';

const AT_ONCE = 4;
/** Where nobody says how large a file is; bytes. */
const SOME = 20_000;
/** A server that counts pages does not take this for reading. */
const AHEAD: HeadersInit = { Accept: 'text/html', Purpose: 'prefetch' };

export type Trouble = 'room' | 'connection';
export class KeepingError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble);
  }
}

interface Wanted {
  readonly address: string;
  readonly size: number;
  /** It reads without it, and it may be another one tomorrow. */
  readonly more?: boolean;
}

/** What keeping takes; bytes. Thrown where the lists of files cannot be had. */
export async function sizeOf(context: ReaderContext): Promise<number> {
  return sum([...(await ownFiles(context)), ...(await aroundIt(context, document))]);
}

/** Keep it; `tell` hears of the share that is there. Throws KeepingError, and AbortError when it was stopped. */
export async function keep(context: ReaderContext, tell: (share: number) => void, signal: AbortSignal): Promise<Facts> {
  try {
    await navigator.serviceWorker.register(worker(context)!, { scope: context.home, updateViaCache: 'none' });
    void navigator.storage?.persist?.();
    const cache = await caches.open(cacheName(context.home));
    const opening = await fetchDocument(context, signal);
    const page = new DOMParser().parseFromString(opening.text, 'text/html');
    const wanted = [...(await ownFiles(context)), ...(await aroundIt(context, page))];
    await fetchAll(cache, wanted, tell, signal);
    await keepDocument(cache, context, opening);
    const facts = factsNow(context, sum(wanted));
    await cache.put(factsAddress(context.home), new Response(JSON.stringify(facts)));
    await dropOthers(cache, [...wanted.map(({ address }) => address), context.home, factsAddress(context.home)]);
    return facts;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new KeepingError(error instanceof DOMException && error.name === 'QuotaExceededError' ? 'room' : 'connection');
  }
}

/** The build that is read: its folder's name. */
export const buildOf = (context: ReaderContext): string => /\/b\/([^/]+)\/$/.exec(context.client.base)?.[1] ?? '';

async function ownFiles(context: ReaderContext): Promise<Wanted[]> {
  const { base } = context.client;
  const answer = await fetch(`${base}inventory.json`);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const files = wantedFiles((await answer.json()) as InventoryEntry[]);
  return [{ address: `${base}manifest.json`, size: SOME }, ...files.map(({ path, size }) => ({ address: base + path, size }))];
}

/** What a page of the edition wears and what lies on its pages; the reader itself. */
async function aroundIt(context: ReaderContext, page: Document): Promise<Wanted[]> {
  const { element, client } = context;
  const list = new URL(`${readerFolder()}files.json`, location.href);
  const reader = ((await (await fetch(list)).json()) as string[]).map((name) => new URL(name, list).href);
  const said = ['overlays', 'logo'].map((name) => element.getAttribute(name)).filter((found) => found !== null);
  const strings = element.getAttribute('strings')?.replace(/[^/]*\.json/, `${language()}.json`);
  const from = page === document ? document.baseURI : new URL(context.home, location.href).href;
  const links = [...page.querySelectorAll('link[rel="stylesheet"], link[rel="icon"]')].map((link) => new URL(link.getAttribute('href') ?? '', from).href);
  const styles = links.filter((href) => /\/brand\/.*\.css$/.test(href));
  const inStyles = await Promise.all(styles.map((href) => fetch(href).then(async (answer) => addressesInStyle(await answer.text(), href)).catch(() => [])));
  const more = [...said, ...(strings ? [strings] : []), ...links, ...inStyles.flat(), ...laidAddresses(await client.laid())];
  const ours = more.map((address) => new URL(address, location.href).href).filter((address) => address.startsWith(location.origin));
  return [...reader.map((address) => ({ address, size: SOME })), ...[...new Set(ours)].map((address) => ({ address, size: SOME, more: true }))];
}

/** The folder of the reader, which this module lies in. */
const readerFolder = (): string => import.meta.url.replace(/assets\/[^/]*$/, '');

async function fetchAll(cache: Cache, wanted: readonly Wanted[], tell: (share: number) => void, signal: AbortSignal): Promise<void> {
  const all = sum(wanted);
  const waiting = [...wanted];
  let done = 0;
  const line = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      signal.throwIfAborted();
      await fetchOne(cache, next, signal);
      done += next.size;
      tell(done / all);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, line));
  } finally {
    waiting.length = 0; // where one has failed the others end too
  }
}

/** Files of a build never change, nor do the reader's: what has come is not fetched again. */
async function fetchOne(cache: Cache, { address, more }: Wanted, signal: AbortSignal): Promise<void> {
  if (!more && (await cache.match(address, { ignoreVary: true }))) return;
  try {
    const answer = await fetch(address, { signal });
    if (answer.ok) return await cache.put(address, answer);
    if (!more) throw new Error(`${answer.status} ${address}`);
  } catch (error) {
    if (!more || error instanceof DOMException) throw error;
  }
}

interface Opening {
  readonly text: string;
  readonly headers: Headers;
}

async function fetchDocument({ home }: ReaderContext, signal: AbortSignal): Promise<Opening> {
  const answer = await fetch(home, { headers: AHEAD, signal });
  const text = await answer.text();
  if (!answer.ok || !text.includes('<masthead-reader')) throw new Error(`${answer.status} ${home}`);
  return { text, headers: answer.headers };
}

/** One document opens at every page: the reader reads the address. In a folder of files it says where that folder is. */
async function keepDocument(cache: Cache, { home }: ReaderContext, opening: Opening): Promise<void> {
  const relative = /<masthead-reader[^>]*\smanifest="(?!\/|https?:)/.test(opening.text);
  const headers = new Headers({ 'Content-Type': 'text/html; charset=utf-8' });
  for (const name of ['Content-Security-Policy', 'Referrer-Policy']) {
    const said = opening.headers.get(name);
    if (said) headers.set(name, said);
  }
  const own = opening.text.replace('<masthead-reader', '<masthead-reader data-kept=""');
  const text = relative ? own.replace('<head>', () => `<head><base href="${encodeURI(home)}">`) : own;
  await cache.put(home, new Response(text, { headers }));
}

function factsNow(context: ReaderContext, bytes: number): Facts {
  const now = Date.now();
  return {
    title: context.book.manifest.title,
    home: context.home,
    build: buildOf(context),
    bytes,
    kept: now,
    checked: now,
    days: keepsFor(context),
    reader: new URL(readerFolder(), location.href).pathname,
    sentences: {
      language: language(),
      direction: direction(),
      over: [t('Connect once to read on'), t('This edition is not open to everybody. Once this device is connected, it is asked whether you still may read it.')],
      missing: [t('This part needs a connection'), t('The edition itself is on this device and can be read.')],
      back: t('To the edition'),
    },
  };
}

/** What an earlier version of the edition or of the reader had. */
async function dropOthers(cache: Cache, wanted: readonly string[]): Promise<void> {
  const kept = new Set(wanted.map((address) => new URL(address, location.href).href));
  for (const { url } of await cache.keys()) if (!kept.has(url)) await cache.delete(url);
}

const sum = (wanted: readonly Wanted[]): number => wanted.reduce((all, { size }) => all + size, 0);
