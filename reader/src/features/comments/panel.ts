/** The panel of comments: those on the article that is read or stands on the page, and on others for the asking. */

import { articleOf, articlesOn } from '../../book/articles';
import type { ReaderContext } from '../../store/context';
import type { ReaderState } from '../../store/state';
import { t } from '../../strings';
import { partAddress } from '../../ui/comments';
import { element } from '../../ui/dom';
import { visiblePages } from '../../ui/edition';
import type { Panel } from '../../ui/panels';
import { fill } from './comments';

const PAUSE = 300; // milliseconds: whoever turns many pages asks for the comments on the last one only
const EDITION = '';

/** Open the panel for what is read now. */
export async function open(context: ReaderContext): Promise<Panel> {
  const comments = element('div', {});
  const choice = element('select', { onchange: () => show(choice.value) });
  const about = element('label', { class: 'comments-about' }, element('span', {}, t('Comments on')), choice);
  const content = element('div', { class: 'panel-comments' }, about, comments);
  let offered = articlesOf(context, context.store.state);
  let shown = offered[0] ?? EDITION;
  let waiting = 0;

  const offer = (): void => {
    const slugs = [...new Set([...offered, ...(shown ? [shown] : [])])];
    const named = slugs.map((slug) => element('option', { value: slug, dir: 'auto' }, articleOf(context.book.manifest, slug)?.title || t('Article')));
    choice.replaceChildren(...named, element('option', { value: EDITION }, t('The whole edition')));
    choice.value = shown;
    about.hidden = slugs.length === 0;
  };
  const show = (article: string): void => {
    shown = article;
    offer();
    void fill(context, comments, partAddress(context, article));
  };
  // From the edition's comments links lead to those on its articles.
  content.addEventListener('click', (event) => {
    const slug = (event.target as Element).closest<HTMLElement>('a[data-article]')?.dataset.article;
    if (slug === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(slug);
    choice.focus();
  });
  offer();
  await fill(context, comments, partAddress(context, shown));
  return {
    content,
    update: (state) => {
      const now = articlesOf(context, state);
      if (now.join() === offered.join()) return;
      offered = now;
      clearTimeout(waiting);
      if (isWriting(comments)) offer();
      else waiting = window.setTimeout(() => show(offered[0] ?? EDITION), PAUSE);
    },
    close: () => clearTimeout(waiting),
  };
}

/** What may be meant: the article that is read, else those on the pages, the ones that begin there first. */
function articlesOf(context: ReaderContext, state: ReaderState): readonly string[] {
  if (state.article) return [state.article];
  const pages = visiblePages(context, state);
  const found = articlesOn(context.book.manifest, pages);
  const begins = found.filter((article) => pages.includes(article.pages[0]!));
  return [...new Set([...begins, ...found])].map((article) => article.slug);
}

/** Nobody loses words by turning the page. */
const isWriting = (comments: HTMLElement): boolean => [...comments.querySelectorAll('textarea')].some((field) => field.value.trim() !== field.defaultValue.trim());
