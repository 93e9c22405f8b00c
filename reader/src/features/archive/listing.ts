/** Reads the list of a publication's editions, a part at a time. */

export interface Listed {
  readonly label: string;
  /** Of the issue, as 2026-11-01. */
  readonly date: string;
  readonly home: string;
  /** The path of `home`, as the reader names its own. */
  readonly path: string;
  readonly thumbnail: string;
}

export interface Part {
  readonly name: string;
  readonly home: string;
  readonly language: string;
  readonly editions: readonly Listed[];
  /** Where the next part is; '' at the end. */
  readonly next: string;
}

interface Answer {
  readonly publication: { readonly name: string; readonly home: string; readonly language: string };
  readonly editions: readonly { readonly label: string; readonly date: string; readonly home: string; readonly thumbnail: string }[];
  readonly next: string;
}

/** Fetch a part; addresses in it are read from where it stands. */
export async function fetchPart(address: string): Promise<Part> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return readPart((await answer.json()) as Answer, answer.url || address);
}

/** The part with all addresses whole. */
export function readPart({ publication, editions, next }: Answer, from: string): Part {
  const whole = (address: string): URL => new URL(address, from);
  return {
    name: publication.name,
    home: whole(publication.home).href,
    language: publication.language,
    next: next && whole(next).href,
    editions: editions.map(({ label, date, home, thumbnail }) => {
      const at = whole(home);
      return { label, date, home: at.href, path: at.pathname, thumbnail: thumbnail && whole(thumbnail).href };
    }),
  };
}

/** Editions by the year of their date, in the order in which they come. */
export function byYear(editions: readonly Listed[]): [string, Listed[]][] {
  const years = new Map<string, Listed[]>();
  for (const edition of editions) {
    const year = edition.date.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), edition]);
  }
  return [...years];
}
