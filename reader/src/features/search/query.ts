/** Reads what was typed: words that must all be on a page, and phrases in quotes. */

import { terms } from './folding';

/** Terms that follow one another. `open`: the last one may be the beginning of a word. */
export interface Clause {
  readonly terms: readonly string[];
  readonly open: boolean;
}

const PART = /["“”„«»]([^"“”„«»]*)(["“”„«»]?)|[^\s"“”„«»]+/gu;

/** The clauses of a query. Only the last word is open, and only while it is still being typed. */
export function parse(query: string): Clause[] {
  const clauses: Clause[] = [];
  for (const part of query.matchAll(PART)) {
    const found = terms(part[1] ?? part[0]);
    const last = (part.index ?? 0) + part[0].length === query.length;
    if (found.length) clauses.push({ terms: found, open: last && !part[2] });
  }
  return clauses;
}
