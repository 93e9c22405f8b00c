/**
 * The address of a place in the edition: `page/12?q=term#p12-b3`, `article/slug#p12-b3`, `page/12#select=12.5-12.20`.
 * Parsing never fails; what is not understood is page 1, without a selection.
 */

export interface Place {
  readonly page: number;
  readonly query: string;
  /** The slug of the article that is read as text; '' for pages. */
  readonly article: string;
  /** The id of a block, '' for none. */
  readonly block: string;
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
export function parsePlace(location: { pathname: string; search: string; hash?: string }, home: string): Place {
  const path = location.pathname.startsWith(home) ? location.pathname.slice(home.length) : '';
  const block = /^#(p\d{1,6}-b\d{1,6})$/.exec(location.hash ?? '')?.[1] ?? '';
  const article = decoded(/^article\/([^/]+)\/?$/.exec(path)?.[1] ?? '');
  const number = article ? pageOfBlock(block) : Number(/^page\/(\d{1,6})\/?$/.exec(path)?.[1] ?? 1);
  return { page: Math.max(1, number), query: new URLSearchParams(location.search).get('q')?.slice(0, 200) ?? '', article, block };
}

/** Path, query and fragment of a place; other parameters of the address (such as the language) stay. */
export function formatPlace(place: Partial<Place>, home: string, search = ''): string {
  const parameters = new URLSearchParams(search);
  if (place.query) parameters.set('q', place.query);
  else parameters.delete('q');
  const rest = parameters.toString();
  const path = place.article ? `article/${encodeURIComponent(place.article)}` : `page/${place.page ?? 1}`;
  return `${home}${path}${rest ? `?${rest}` : ''}${place.block ? `#${place.block}` : ''}`;
}

/** The page that a block stands on, as its id says; 0 if it says none. */
export const pageOfBlock = (block: string): number => Number(/^p(\d+)-/.exec(block)?.[1] ?? 0);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
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
