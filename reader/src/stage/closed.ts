/** What stands in the place of a page that is not for this reader. */

import type { StageContext } from './views';
import { direction, language, t } from '../strings';

/** The page's label, the way in, and the way to the next page that may be read. */
export function closedCard(context: Pick<StageContext, 'book' | 'store' | 'home'>, number: number): HTMLElement {
  const { book, store, home } = context;
  const card = document.createElement('div');
  card.className = 'page-placeholder page-closed';
  // It stands among the pages of the edition, which have a language and a direction of their own.
  card.lang = language();
  card.dir = direction();
  const label = document.createElement('p');
  label.className = 'page-placeholder-label';
  const isForm = book.manifest.readable?.form === true;
  label.textContent = isForm
    ? t('Page {label} opens once a form is filled in', { label: book.label(number) })
    : t('Page {label} is for readers with access', { label: book.label(number) });
  const text = document.createElement('p');
  text.textContent = isForm ? t('It takes a moment, and is asked once.') : t('Sign in, give the password or use a code: the next page says what it takes.');
  const address = (book.manifest.readable?.way_in ?? `${home}page/{page}`).replace('{page}', String(number));
  card.append(label, text, link(address, isForm ? t('To the form') : t('How to get in'), 'button-solid'));
  const next = book.nextReadable(number);
  if (next) {
    const onward = link(`${home}page/${next}`, t('Go to the next free page'), 'page-closed-next');
    onward.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      store.dispatch({ type: 'go', page: next });
    });
    card.append(onward);
  }
  return card;
}

function link(address: string, words: string, name: string): HTMLAnchorElement {
  const made = document.createElement('a');
  made.href = address;
  made.textContent = words;
  made.className = name;
  return made;
}
