/** The print panel: which pages, a word of warning for many, and the progress while their pictures arrive. */

import type { ReaderContext } from '../../store/context';
import { t, tn } from '../../strings';
import { button } from '../../ui/button';
import { element, uniqueId } from '../../ui/dom';
import { findPage, visiblePages, whereText } from '../../ui/edition';
import type { Panel } from '../../ui/panels';
import { printPages } from './document';
import { offers, parts } from '../../ui/commands';
import { bookmarkedPages } from '../../book/annotations';
import { readRanges, writeRanges } from './ranges';

const MANY = 40;
type Choice = 'view' | 'all' | 'bookmarks' | 'ranges';

/** Open the choice of pages. */
export function open(context: ReaderContext): Panel {
  const count = context.book.manifest.pages.length;
  const name = uniqueId('print');
  const note = element('p', { class: 'print-note', id: uniqueId('print'), role: 'status' });
  const ranges = element('input', { type: 'text', class: 'field', dir: 'ltr', 'aria-label': t('Pages, such as 1-4, 8'), placeholder: '1-4, 8', 'aria-describedby': note.id, autocomplete: 'off' });
  const progress = element('progress', { class: 'print-progress', max: 1, value: 0, 'aria-label': t('Getting pages ready'), hidden: true });
  const here = element('span', {}, whereText(context, context.store.state));
  const marked = element('span', {});
  let choice: Choice = 'view';
  let stop: AbortController | null = null;

  const chosen = (): readonly number[] | { wrong: string } => {
    if (choice === 'view') return visiblePages(context, context.store.state);
    if (choice === 'bookmarks') return bookmarkedPages(context.store.state.annotations);
    if (choice === 'all') return context.book.manifest.pages.map((page) => page.number);
    const read = readRanges(ranges.value, (typed) => findPage(context, typed));
    return read.wrong === undefined ? read.pages : { wrong: read.wrong };
  };
  const go = button({ icon: 'print', label: t('Print'), named: true, class: 'button-solid', run: () => void print() });
  const file = button({ icon: 'download', label: t('Download as PDF'), named: true, class: 'button-outline', run: () => download() });
  const printable = offers(context, 'print');
  const address = parts(context);
  go.hidden = !printable;
  file.hidden = !address;
  const cancel = button({ icon: 'close', label: t('Cancel'), named: true, class: 'button-outline', run: () => stop?.abort() });
  cancel.hidden = true;
  const draw = (): void => {
    const pages = chosen();
    here.textContent = whereText(context, context.store.state);
    marked.textContent = tn('{count} page', '{count} pages', bookmarkedPages(context.store.state.annotations).length);
    const wrong = 'wrong' in pages;
    ranges.toggleAttribute('aria-invalid', wrong);
    if (wrong) ranges.setAttribute('aria-invalid', 'true');
    note.textContent = wrong
      ? t('There are no pages “{typed}” here. Write them as 1-4, 8.', { typed: pages.wrong })
      : !printable ? '' : pages.length > MANY
        ? tn('{count} page is a lot of paper and takes a while.', '{count} pages are a lot of paper and take a while.', pages.length)
        : pages.length ? tn('{count} page will be printed.', '{count} pages will be printed.', pages.length) : '';
    go.disabled = file.disabled = wrong || !pages.length;
  };
  /** The server puts the pages together; its answer is a file, or a page that says what is wrong. */
  const download = (): void => {
    const pages = chosen();
    if ('wrong' in pages || !address) return;
    element('a', { href: `${address}?pages=${writeRanges(pages)}` }).click();
  };
  const print = async (): Promise<void> => {
    const pages = chosen();
    if ('wrong' in pages) return;
    stop = new AbortController();
    go.hidden = true;
    cancel.hidden = progress.hidden = false;
    cancel.focus();
    const result = await printPages(context, pages, (share) => (progress.value = share), stop.signal);
    go.hidden = !printable;
    cancel.hidden = progress.hidden = true;
    if (context.store.state.panel === 'print') go.focus();
    if (result === 'failed') note.textContent = t('Some pictures did not arrive, so nothing was printed. Please try again.');
  };
  const radio = (value: Choice, label: string, more: Node | null): HTMLElement => {
    const input = element('input', { type: 'radio', name, value, checked: value === choice, onchange: () => { choice = value; draw(); if (value === 'ranges') ranges.focus(); } });
    return element('div', { class: 'choice-row' }, element('label', { class: 'choice' }, input, element('span', {}, label)), more);
  };
  const ownPages = radio('ranges', t('Chosen pages'), ranges);
  ranges.addEventListener('focus', () => {
    choice = 'ranges';
    ownPages.querySelector<HTMLInputElement>('input[type=radio]')!.checked = true;
    draw();
  });
  ranges.addEventListener('input', draw);
  draw();
  return {
    content: element('form', { class: 'print', onsubmit: (event: Event) => { event.preventDefault(); if (!go.disabled) { if (printable) void print(); else download(); } } },
      element('fieldset', { class: 'choices' }, element('legend', {}, t('Which pages')),
        radio('view', t('What is on show'), here), radio('all', t('All pages'), element('span', {}, tn('{count} page', '{count} pages', count))),
        bookmarkedPages(context.store.state.annotations).length ? radio('bookmarks', t('Bookmarked pages'), marked) : null, ownPages),
      note, progress, element('div', { class: 'panel-actions' }, go, file, cancel)),
    focus: () => ownPages.parentElement!.querySelector<HTMLInputElement>('input:checked'),
    update: draw,
    close: () => stop?.abort(),
  };
}
