/** The address of a place: `page/12#p12-b3?q=term`, `article/slug#p12-b3`. Parsing never fails; what is not understood is page 1. */

export interface Place {
  readonly page: number;
  readonly query: string;
  /** The slug of the article that is read as text; '' for pages. */
  readonly article: string;
  /** The id of a block, '' for none. */
  readonly block: string;
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
