/** Finds a query in the words of an edition: which pages, which words, in reading order. */

import { parse, type Clause } from './query';
import type { IndexedPage, TextIndex } from './text_index';

/** Words of a page, both ends included, counted as the search text counts them. */
export type Span = readonly [from: number, to: number];

/** One place that answers the query: neighbouring words are one hit. */
export interface Hit {
  readonly page: number;
  readonly spans: readonly Span[];
}

export interface Snippet {
  readonly text: string;
  readonly marked: boolean;
}

// Words found within a sentence's reach of one another are shown as one hit.
const REACH = 12;
const BEFORE = 6;
const AFTER = 14;

const NOWHERE: ReadonlyMap<number, readonly number[]> = new Map();

interface Wanted {
  readonly sets: readonly ReadonlySet<number>[];
  /** The same as flags by term number: asked for every word of every candidate page. */
  readonly flags: readonly Uint8Array[];
  /** Words that are the same but for a hyphen, by place: who looks for 'autoinjector' means 'auto-injector' too. */
  readonly hyphenated: ReadonlyMap<number, readonly number[]>;
}

/** All hits of a query, by page. Every clause has to stand on the page. `from`: leave out earlier places of `index.pages`. */
export function search(index: TextIndex, query: string, from = 0): Hit[] {
  const wanted = parse(query).map((clause) => want(index, clause));
  if (!wanted.length) return [];
  const hits: Hit[] = [];
  for (const place of candidates(index, wanted)) {
    if (place < from) continue;
    const page = index.pages[place]!;
    const spans = onPage(page, place, wanted);
    if (spans) hits.push(...grouped(page.number, spans));
  }
  return hits.sort((a, b) => a.page - b.page || a.spans[0]![0] - b.spans[0]![0]);
}

function want(index: TextIndex, clause: Clause): Wanted {
  // A single letter is a word of its own; as a beginning it would be on every page.
  const open = (at: number): boolean => clause.open && at === clause.terms.length - 1 && clause.terms[at]!.length > 1;
  const sets = clause.terms.map((term, at) => index.matching(term, open(at)));
  const flags = sets.map((set) => {
    const made = new Uint8Array(index.vocabulary.length);
    for (const number of set) made[number] = 1;
    return made;
  });
  const [only] = clause.terms.length === 1 ? clause.terms : [];
  return { sets, flags, hyphenated: only && only.length > 1 ? index.hyphenated(only, open(0)) : NOWHERE };
}

function candidates(index: TextIndex, wanted: readonly Wanted[]): number[] {
  let places: ReadonlySet<number> | undefined;
  for (const { sets, hyphenated } of wanted) {
    for (const set of sets) {
      const holding = index.holding(set);
      for (const place of hyphenated.keys()) holding.add(place);
      places = places ? intersection(places, holding) : holding;
      if (!places.size) return [];
    }
  }
  return [...(places ?? [])];
}

const intersection = (one: ReadonlySet<number>, other: ReadonlySet<number>): Set<number> =>
  new Set([...one].filter((place) => other.has(place)));

function onPage(page: IndexedPage, place: number, wanted: readonly Wanted[]): Span[] | null {
  const all: Span[] = [];
  for (const { flags, hyphenated } of wanted) {
    const found = occurrences(page, flags);
    for (const word of hyphenated.get(place) ?? []) found.push([word, word]);
    if (!found.length) return null;
    all.push(...found);
  }
  return all.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

function occurrences(page: IndexedPage, flags: readonly Uint8Array[]): Span[] {
  const spans: Span[] = [];
  const { terms, words } = page;
  const length = flags.length;
  for (let at = 0; at + length <= terms.length; at++) {
    let step = 0;
    while (step < length && flags[step]![terms[at + step]!]) step++;
    if (step === length) spans.push([words[at]!, words[at + length - 1]!]);
  }
  return spans;
}

function grouped(page: number, spans: readonly Span[]): Hit[] {
  const hits: { page: number; spans: Span[] }[] = [];
  for (const span of spans) {
    const hit = hits[hits.length - 1];
    const before = hit?.spans[hit.spans.length - 1];
    if (hit && before && span[0] === before[0] && span[1] === before[1]) continue;
    if (hit && before && span[0] - hit.spans[0]![0] <= REACH) hit.spans.push(span);
    else hits.push({ page, spans: [span] });
  }
  return hits;
}

/** The words around a hit in pieces, the found ones marked. */
export function snippet(text: string, hit: Hit): Snippet[] {
  const words = text.split(' ');
  const first = Math.max(0, hit.spans[0]![0] - BEFORE);
  const end = Math.min(words.length, Math.max(...hit.spans.map((span) => span[1])) + 1 + AFTER);
  const pieces: { words: string[]; marked: boolean }[] = [];
  for (let at = first; at < end; at++) {
    const marked = hit.spans.some(([from, to]) => at >= from && at <= to);
    const piece = pieces[pieces.length - 1];
    if (piece && piece.marked === marked) piece.words.push(words[at]!);
    else pieces.push({ words: [words[at]!], marked });
  }
  const result = pieces.map((piece) => ({ text: piece.words.join(' '), marked: piece.marked }));
  if (first > 0) result.unshift({ text: '…', marked: false });
  if (end < words.length) result.push({ text: '…', marked: false });
  return result;
}
