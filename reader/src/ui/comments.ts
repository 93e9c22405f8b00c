/** The door to comments: a place below an article that fills itself when somebody comes near its end. */

import type { ReaderContext } from '../store/context';
import { comments } from './commands';
import { element } from './dom';

const NEAR = '600px'; // before it comes into sight

/** The address of the part with the comments on an article, or with '' on the edition. */
export function partAddress(context: ReaderContext, article: string, at = ''): string {
  const address = new URL(comments(context)!, document.baseURI);
  if (article) address.searchParams.set('article', article);
  if (at) address.searchParams.set('at', at);
  const language = new URLSearchParams(location.search).get('lang');
  if (language) address.searchParams.set('lang', language);
  address.searchParams.set('part', '1');
  return address.href;
}

/** What stands below an article; null where the publisher wants no comments. Nothing is loaded before it is near. */
export function commentsBelow(context: ReaderContext, article: string, scroller: HTMLElement): HTMLElement | null {
  if (!comments(context)) return null;
  const part = element('div', { class: 'article-comments' });
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    near.disconnect();
    void import('../features/comments/comments').then(({ fill }) => fill(context, part, partAddress(context, article)));
  }, { root: scroller, rootMargin: `0px 0px ${NEAR} 0px` });
  near.observe(part);
  return part;
}
