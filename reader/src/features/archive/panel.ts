/** The archive panel: the publication's other editions with their covers, by year, fetched when it is opened. */

import type { ReaderContext } from '../../store/context';
import { language, t } from '../../strings';
import { button } from '../../ui/button';
import { archive } from '../../ui/commands';
import { element } from '../../ui/dom';
import type { Panel } from '../../ui/panels';
import { byYear, fetchPart, type Listed, type Part } from './listing';

/** Open the archive with its first part; thrown where it cannot be fetched. */
export async function open(context: ReaderContext): Promise<Panel> {
  const first = await fetchPart(archive(context)!);
  const shelves = element('div', { class: 'archive' });
  const more = element('div', { class: 'panel-actions' });
  const shown: Listed[] = [];
  const take = (part: Part): void => {
    shown.push(...part.editions);
    shelves.replaceChildren(...byYear(shown).map(([year, editions]) => shelf(context, year, editions)));
    more.replaceChildren(...(part.next ? [button({ icon: 'down', label: t('Older issues'), named: true, class: 'button-outline', run: () => void go(part.next) })] : []));
  };
  const go = async (address: string): Promise<void> => {
    const last = shown.length;
    try {
      take(await fetchPart(address));
      shelves.querySelectorAll<HTMLElement>('.archive-entry')[last]?.focus();
    } catch {
      context.store.dispatch({ type: 'announce', text: t('This part could not be loaded. Is the device connected?'), toast: true });
    }
  };
  take(first);
  const home = element('p', { class: 'archive-home' }, element('a', { href: first.home, target: '_top', dir: 'auto', lang: first.language }, first.name));
  const alone = first.editions.length < 2 && element('p', { class: 'panel-hint' }, t('There are no other editions yet.'));
  return {
    content: element('div', {}, home, alone, shelves, more),
    focus: () => shelves.querySelector<HTMLElement>('.archive-entry:not([aria-current])'),
  };
}

function shelf(context: ReaderContext, year: string, editions: readonly Listed[]): HTMLElement {
  return element('section', { 'aria-label': year },
    element('h3', { class: 'panel-section' }, year),
    element('ul', { class: 'archive-shelf' }, ...editions.map((edition) => element('li', {}, entry(context, edition)))));
}

function entry(context: ReaderContext, edition: Listed): HTMLElement {
  const isHere = edition.path === context.home;
  return element('a', { class: 'archive-entry', href: edition.home, 'aria-current': isHere ? 'true' : null },
    edition.thumbnail
      ? element('img', { src: edition.thumbnail, alt: '', loading: 'lazy', decoding: 'async', width: 120, height: 160 })
      : element('span', { class: 'archive-closed', 'aria-hidden': 'true' }),
    element('span', { class: 'archive-label', dir: 'auto' }, edition.label),
    element('span', { class: 'archive-date' }, day(edition.date)));
}

/** The day of an issue as the reader's language writes it; issues have no time, so no zone moves it. */
const day = (date: string): string => new Intl.DateTimeFormat(language(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
