/** The address of a place in the edition: `page/12?q=term`. Parsing never fails; what is not understood is page 1. */

export interface Place {
  readonly page: number;
  readonly query: string;
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
