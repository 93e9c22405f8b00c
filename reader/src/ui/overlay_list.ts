/** What lies on the pages of an article, as a list below its text: the words are elsewhere then, the things are not lost. */

import { formatPlace } from '../book/address';
import { overlaysOn } from '../book/overlays';
import type { OverlayEntry } from '../contract/overlays';
import type { ReaderContext } from '../store/context';
import { t } from '../strings';
import { element, uniqueId } from './dom';

/** The list for these pages; null where nothing lies on them. */
export async function overlayList(context: ReaderContext, pages: readonly number[]): Promise<HTMLElement | null> {
  const entries = overlaysOn(await context.client.laid(), pages).filter((one) => one.kind !== 'form' || one.address);
  if (entries.length === 0) return null;
  const heading = element('h2', { id: uniqueId('overlays') }, t('On these pages'));
  const { manifest } = context.book;
  const language = manifest.language === 'und' ? null : manifest.language;
  const rows = entries.map((one) => element('li', {}, way(context, one, language), ' ', element('span', { class: 'overlay-where' }, t('Page {label}', { label: context.book.label(one.page) }))));
  return element('section', { class: 'article-overlays', 'aria-labelledby': heading.id }, heading, element('ul', {}, ...rows));
}

function way(context: ReaderContext, one: OverlayEntry, language: string | null): HTMLElement {
  const shared = { lang: language, dir: 'auto' };
  if (one.kind === 'page') return element('a', { ...shared, href: formatPlace({ page: one.target! }, context.home, location.search) }, one.title);
  if (one.kind === 'link' || (one.kind === 'form' && !one.address!.startsWith(`${location.origin}/`))) {
    const web = /^https?:/.test(one.address!);
    return element('a', { ...shared, href: one.address, rel: 'noopener nofollow', target: web ? '_blank' : null }, one.title);
  }
  const run = (): void => context.store.dispatch({ type: 'overlay', overlay: one.id });
  return element('button', { ...shared, type: 'button', class: 'text-button', 'aria-haspopup': 'dialog', onclick: run }, one.title);
}
