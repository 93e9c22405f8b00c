/**
 * The address of a place in the edition: `page/12?q=term#select=12.5-12.20`. Parsing never fails; what is not understood
 * is page 1, without a selection.
 */

export interface Place {
  readonly page: number;
  readonly query: string;
}

/** A word by its page and its place in the page's reading order; both count from 1. */
export interface WordPlace {
  readonly page: number;
  readonly word: number;
}

/** Words from the first to the last, both included. */
export interface Passage {
  readonly from: WordPlace;
  readonly to: WordPlace;
}

/** The place that a location names; `home` is the path under which the edition lies, with a slash at its end. */
export function parsePlace(location: { pathname: string; search: string }, home: string): Place {
  const path = location.pathname.startsWith(home) ? location.pathname.slice(home.length) : '';
  const number = Number(/^page\/(\d{1,6})\/?$/.exec(path)?.[1] ?? 1);
  return { page: Math.max(1, number), query: new URLSearchParams(location.search).get('q')?.slice(0, 200) ?? '' };
}

/** Path and query of a place; other parameters of the address (such as the language) stay. */
export function formatPlace(place: Place, home: string, search = ''): string {
  const parameters = new URLSearchParams(search);
  if (place.query) parameters.set('q', place.query);
  else parameters.delete('q');
  const rest = parameters.toString();
  return `${home}page/${place.page}${rest ? `?${rest}` : ''}`;
}

/** The words that the fragment of an address names; null if it names none. */
export function parsePassage(hash: string): Passage | null {
  const found = /^#select=(\d{1,6})\.(\d{1,6})-(\d{1,6})\.(\d{1,6})$/.exec(hash);
  if (!found) return null;
  const [page, word, lastPage, lastWord] = found.slice(1).map(Number) as [number, number, number, number];
  const ordered = page < lastPage || (page === lastPage && word <= lastWord);
  return page && word && ordered ? { from: { page, word }, to: { page: lastPage, word: lastWord } } : null;
}

export const formatPassage = ({ from, to }: Passage): string => `#select=${from.page}.${from.word}-${to.page}.${to.word}`;
