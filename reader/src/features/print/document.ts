/** Prints pages from a hidden document of their own, each on one sheet in its own format. */

import type { ReaderContext } from '../../store/context';
import { t } from '../../strings';
import { pageLabel, pictureAddress } from '../../ui/edition';

// About 190 dots an inch on a page 8.3 inches wide: sharp on paper without fetching more than is needed.
const WIDTH = 1600;
const AT_ONCE = 4;

/** Fetch the pictures, then open the browser's print dialogue. `progress` hears shares from 0 to 1. */
export async function printPages(context: ReaderContext, pages: readonly number[], progress: (share: number) => void, signal: AbortSignal): Promise<'printed' | 'stopped' | 'failed'> {
  const frame = document.createElement('iframe');
  frame.className = 'print-frame';
  frame.title = t('Print');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  document.body.append(frame);
  const inner = frame.contentDocument!;
  inner.title = context.book.manifest.title;
  inner.head.append(style(inner, context, pages));
  try {
    const pictures = pages.map((page) => sheet(inner, context, page));
    let done = 0;
    const queue = [...pictures];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if (signal.aborted) return;
        await next();
        progress(++done / pictures.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (signal.aborted) return 'stopped';
    frame.contentWindow!.focus();
    frame.contentWindow!.print();
    return 'printed';
  } catch {
    return 'failed';
  } finally {
    // Some browsers print after print() has returned.
    setTimeout(() => frame.remove(), signal.aborted ? 0 : 60_000);
  }
}

function style(inner: Document, context: ReaderContext, pages: readonly number[]): HTMLStyleElement {
  const made = inner.createElement('style');
  const first = context.book.manifest.pages[(pages[0] ?? 1) - 1];
  const landscape = first && first.width > first.height ? 'landscape' : 'portrait';
  made.textContent = `@page { margin: 0; size: ${landscape} } body { margin: 0 } figure { margin: 0; block-size: 100vh; display: grid; place-items: center; break-after: page; overflow: hidden } figure:last-child { break-after: auto } img { max-inline-size: 100%; max-block-size: 100vh; object-fit: contain }`;
  return made;
}

function sheet(inner: Document, context: ReaderContext, page: number): () => Promise<void> {
  const figure = inner.createElement('figure');
  inner.body.append(figure);
  const address = pictureAddress(context, page, WIDTH);
  if (!address) {
    figure.textContent = t('Page {label} could not be made.', { label: pageLabel(context, page) });
    return () => Promise.resolve();
  }
  const picture = inner.createElement('img');
  picture.alt = t('Page {label}', { label: pageLabel(context, page) });
  figure.append(picture);
  return async () => {
    picture.src = new URL(address, document.baseURI).href;
    await picture.decode();
  };
}
