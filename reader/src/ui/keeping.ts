/** The door to keeping an edition on the device: whether that is offered, and what follows where it no longer is. */

import type { ReaderContext } from '../store/context';

const AGAIN_MS = 20_000;

/** Where the worker is that opens what is kept; null where the publisher offers no keeping. */
export const worker = (context: Pick<ReaderContext, 'element'>): string | null => context.element.getAttribute('offline');

/** For how many days it can be read without a connection; 0: for ever. */
export const keepsFor = (context: Pick<ReaderContext, 'element'>): number => Number(context.element.getAttribute('offline-days') ?? 0);

/** Whether this edition can be kept here: it is whole, in a window of its own, and the browser has what that takes. */
export const canBeKept = (context: ReaderContext): boolean =>
  worker(context) !== null && context.book.manifest.status === 'complete' && 'serviceWorker' in navigator && 'caches' in window && window.top === window;

/** Say on the element whether it is kept; forget what is kept and may no longer be. */
export async function mountKeeping(context: ReaderContext): Promise<void> {
  if (!('serviceWorker' in navigator) || !navigator.serviceWorker.controller) return; // as with nearly everybody
  const { factsOf, forget } = await import('../features/keeping/facts');
  if (!worker(context)) await forget(context.home);
  else if (context.element.hasAttribute('data-kept')) waitForServer(context);
  else if (await factsOf(context.home)) context.element.dataset.kept = '';
}

/** The page came from the device, as nobody answered; a browser says nothing when a server comes back. */
function waitForServer({ home, store }: ReaderContext): void {
  const waiting = setInterval(() => {
    if (document.hidden || store.state.online) return;
    fetch(home, { method: 'HEAD', cache: 'no-store' }).then(() => {
      clearInterval(waiting);
      store.dispatch({ type: 'online', online: true });
    }, () => undefined);
  }, AGAIN_MS);
}
