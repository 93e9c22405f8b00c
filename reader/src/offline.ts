/** The worker that opens an edition that is kept on this device when there is no connection.
 *
 * A service worker (W3C Service Workers) whose scope is the edition's own folder. It is there only where somebody kept
 * an edition, it never keeps anything itself, and it imports nothing: a browser runs it as it stands.
 */

import type { Facts } from './features/keeping/facts';

interface Lifetime extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked extends Lifetime {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Worker {
  readonly registration: { readonly scope: string; unregister(): Promise<boolean> };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: 'install' | 'activate', listener: (event: Lifetime) => void): void;
  addEventListener(kind: 'fetch', listener: (event: Asked) => void): void;
}

const worker = self as unknown as Worker;
const HOME = new URL(worker.registration.scope).pathname;
/** The same as in `features/keeping/facts`, which cannot be imported. */
const NAME = `masthead-kept ${HOME}`;
const FACTS = `${HOME}kept.json`;
/** A connection that says nothing for so long is none; milliseconds. */
const PATIENCE = 6000;
const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Addresses of the edition that its one document answers: the reader reads them. */
const READ = /^(?:(?:page|article)\/[^/]+\/?)?(?:index\.html)?$/;
const PICTURE = /\/pictures\/(\d+)\/(\d+\.\w+)$/;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin || request.headers.has('range')) return;
  event.respondWith(request.mode === 'navigate' && request.destination === 'document' ? visited(event, address) : had(request, address));
});

/** A page: as the server has it now; what is kept where it does not answer. */
async function visited(event: Asked, address: URL): Promise<Response> {
  const kept = await opened();
  const asked = fetch(event.request);
  if (!kept) return asked;
  event.waitUntil(asked.then((answer) => heard(kept, answer, address)).catch(() => undefined));
  return sooner(asked, () => keptPage(kept, address));
}

/** What a page asks for. What never changes comes from here, unless only its readers may have it: they may be so no more. */
async function had(request: Request, address: URL): Promise<Response> {
  const kept = await opened();
  if (!kept) return fetch(request);
  const found = async (): Promise<Response | null> =>
    isOver(kept.facts) ? null : ((await kept.cache.match(request, { ignoreVary: true })) ?? (await otherWidth(kept.cache, address)));
  const own = address.pathname.startsWith(`${HOME}b/`);
  if (own ? !kept.facts.days : address.pathname.startsWith(`${kept.facts.reader}assets/`)) {
    const here = isOver(kept.facts) ? null : await kept.cache.match(request, { ignoreVary: true });
    if (here) return here;
  }
  return sooner(fetch(request), found);
}

interface Kept {
  readonly cache: Cache;
  readonly facts: Facts;
}

async function opened(): Promise<Kept | null> {
  const facts = (await caches.has(NAME)) && (await caches.match(FACTS, { cacheName: NAME })); // opening one that just went would make it anew
  return facts ? { cache: await caches.open(NAME), facts: (await facts.json()) as Facts } : null;
}

/** The server's answer; what is kept where it fails or is too long in coming. */
async function sooner(asked: Promise<Response>, kept: () => Promise<Response | null>): Promise<Response> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE));
  try {
    return (await Promise.race([asked, late])) ?? (await kept()) ?? (await asked);
  } catch (error) {
    const here = await kept();
    if (here) return here;
    throw error;
  }
}

/** Who is sent away while connected has no right to it any more: it goes. Who is let in may read on for its days. */
async function heard({ cache, facts }: Kept, answer: Response, address: URL): Promise<void> {
  if (!READ.test(address.pathname.slice(HOME.length))) return; // a link to a file that is over says nothing of the edition
  if (answer.status === 403 || answer.status === 410 || (answer.status === 404 && address.pathname === HOME)) {
    await caches.delete(NAME);
    await worker.registration.unregister();
  } else if (answer.ok && !answer.redirected && Date.now() - facts.checked > HOUR) {
    await cache.put(FACTS, new Response(JSON.stringify({ ...facts, checked: Date.now() })));
  }
}

const isOver = (facts: Facts): boolean => facts.days > 0 && Date.now() - facts.checked > facts.days * DAY;

async function keptPage({ cache, facts }: Kept, address: URL): Promise<Response | null> {
  if (isOver(facts)) return page(facts, facts.sentences.over, false);
  if (!READ.test(address.pathname.slice(HOME.length))) return page(facts, facts.sentences.missing, true);
  return (await cache.match(HOME, { ignoreVary: true })) ?? null;
}

/** A picture of the page in the width that is here. */
async function otherWidth(cache: Cache, address: URL): Promise<Response | null> {
  const [, , page] = PICTURE.exec(address.pathname) ?? [];
  if (!page) return null;
  const folder = address.pathname.replace(PICTURE, '/pictures/');
  const width = ({ pathname }: URL): number => Number(PICTURE.exec(pathname)?.[1]);
  const all = (await cache.keys()).map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.startsWith(folder) && PICTURE.exec(pathname)?.[2] === page);
  const widest = all.sort((one, other) => width(other) - width(one))[0];
  return widest ? ((await cache.match(widest.href, { ignoreVary: true })) ?? null) : null;
}

/** The colours of the tokens; a page that needs nothing else. */
const STYLE = `:root{color-scheme:light dark;background:light-dark(#fbfaf8,#1f1e1c);color:light-dark(#1c1b19,#f1efea);font:1.125rem/1.5 system-ui,sans-serif}body{display:grid;min-block-size:85vh;place-content:center;max-inline-size:30rem;margin:0 auto;padding:1.5rem}p{margin-block:.5rem;text-wrap:pretty}h1{margin-block:.25rem;font:600 1.75rem/1.2 ui-serif,Georgia,serif;text-wrap:balance}a{display:inline-block;margin-block-start:1rem;padding:.625rem 1.25rem;border-radius:.5rem;background:light-dark(#9c2f1b,#f29a82);color:light-dark(#fff,#2a0f08);font-weight:600;text-decoration:none}a:focus-visible{outline:2px solid light-dark(#9c2f1b,#f29a82);outline-offset:2px}`;

/** A page of the worker's own: sentences that the reader has left here. */
function page({ title, sentences }: Facts, [heading, words]: readonly [string, string], withWay: boolean): Response {
  const way = withWay ? `<p><a href="${escaped(HOME)}">${escaped(sentences.back)}</a></p>` : '';
  const html = `<!doctype html><html lang="${escaped(sentences.language)}" dir="${sentences.direction === 'rtl' ? 'rtl' : 'ltr'}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(heading)}</title><style>${STYLE}</style><main><p dir="auto">${escaped(title)}</p><h1>${escaped(heading)}</h1><p>${escaped(words)}</p>${way}</main>`;
  return new Response(html, { status: 503, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
