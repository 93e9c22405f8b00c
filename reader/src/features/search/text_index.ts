/** The words of an edition, ready to be asked: grows chunk by chunk, answers within milliseconds. */

import { isUnspaced, terms } from './folding';

const HYPHEN = /[-\u2010\u2011]/;

/** One page: its words as printed, and its terms with the word that each belongs to. */
export interface IndexedPage {
  readonly number: number;
  readonly text: string;
  readonly terms: Uint32Array;
  readonly words: Uint32Array;
}

/** A word of several terms, as 'auto-injector': its terms in one, and where it stands. */
interface Compound {
  readonly term: string;
  readonly place: number;
  readonly word: number;
}

export class TextIndex {
  readonly pages: IndexedPage[] = [];
  readonly vocabulary: string[] = [];
  private readonly numbers = new Map<string, number>();
  /** For each term the places in `pages` that hold it, ascending. */
  private readonly holders: number[][] = [];
  /** How often each term stands in the edition. */
  readonly counts: number[] = [];
  private readonly compounds: Compound[] = [];

  /** Take in a page. `text` holds its words, one space between two. */
  add(number: number, text: string): void {
    const place = this.pages.length;
    const found: number[] = [];
    const words: number[] = [];
    text.split(' ').forEach((word, index) => {
      const parts = terms(word);
      for (const term of parts) {
        found.push(this.intern(term, place));
        words.push(index);
      }
      if (parts.length > 1 && HYPHEN.test(word)) this.compounds.push({ term: parts.join(''), place, word: index });
    });
    this.pages.push({ number, text, terms: Uint32Array.from(found), words: Uint32Array.from(words) });
  }

  private intern(term: string, place: number): number {
    let number = this.numbers.get(term);
    if (number === undefined) {
      number = this.vocabulary.length;
      this.numbers.set(term, number);
      this.vocabulary.push(term);
      this.holders.push([]);
      this.counts.push(0);
    }
    const holders = this.holders[number]!;
    if (holders[holders.length - 1] !== place) holders.push(place);
    this.counts[number]!++;
    return number;
  }

  /** Whether any word is exactly this term. */
  has(term: string): boolean {
    return this.numbers.has(term);
  }

  /** The vocabulary that a term stands for: itself, what begins with it if open, what holds it in unspaced scripts. */
  matching(term: string, open: boolean): Set<number> {
    const inside = isUnspaced(term);
    if (!open && !inside) {
      const number = this.numbers.get(term);
      return new Set(number === undefined ? [] : [number]);
    }
    const found = new Set<number>();
    this.vocabulary.forEach((word, number) => {
      if (inside ? word.includes(term) : word.startsWith(term)) found.add(number);
    });
    return found;
  }

  /** Where words with a hyphen stand, by place, that are this term if one leaves the hyphen out, or begin so if open. */
  hyphenated(term: string, open: boolean): Map<number, number[]> {
    const found = new Map<number, number[]>();
    for (const { term: whole, place, word } of this.compounds) {
      if (open ? !whole.startsWith(term) : whole !== term) continue;
      const words = found.get(place);
      if (words) words.push(word);
      else found.set(place, [word]);
    }
    return found;
  }

  /** The places in `pages` that hold any of these terms. */
  holding(numbers: ReadonlySet<number>): Set<number> {
    const places = new Set<number>();
    for (const number of numbers) for (const place of this.holders[number]!) places.add(place);
    return places;
  }
}
