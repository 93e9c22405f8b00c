/** A small picture of a page, with the page's own colour until it arrives. */

import type { ReaderContext } from '../store/context';
import { element } from './dom';
import { pictureAddress } from './edition';

/** A picture that the browser fetches when it comes near the window. */
export function thumbnail(context: ReaderContext, page: number, width: number): HTMLElement {
  const entry = context.book.manifest.pages[page - 1];
  const holder = element('span', { class: 'thumbnail', 'aria-hidden': 'true' });
  if (!entry) return holder;
  holder.style.aspectRatio = `${entry.width} / ${entry.height}`;
  holder.style.backgroundColor = entry.colour ?? '';
  const address = pictureAddress(context, page, width);
  if (address) holder.append(element('img', { src: address, alt: '', loading: 'lazy', decoding: 'async', onerror: (event: Event) => (event.target as HTMLElement).remove() }));
  return holder;
}
