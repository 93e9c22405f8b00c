/** The words of an edition, ready to be asked: grows chunk by chunk, answers within milliseconds. */

import { isUnspaced, terms } from './folding';

/** One page: its words as printed, and its terms with the word that each belongs to. */
export interface IndexedPage {
  readonly number: number;
  readonly text: string;
  readonly terms: Uint32Array;
  readonly words: Uint32Array;
}

export class TextIndex {
  readonly pages: IndexedPage[] = [];
  readonly vocabulary: string[] = [];
  private readonly numbers = new Map<string, number>();
  /** For each term the places in `pages` that hold it, ascending. */
  private readonly holders: number[][] = [];
  /** How often each term stands in the edition. */
  readonly counts: number[] = [];

  /** Take in a page. `text` holds its words, one space between two. */
  add(number: number, text: string): void {
    const place = this.pages.length;
    const found: number[] = [];
    const words: number[] = [];
    text.split(' ').forEach((word, index) => {
      for (const term of terms(word)) {
        found.push(this.intern(term, place));
        words.push(index);
      }
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

  /** The places in `pages` that hold any of these terms. */
  holding(numbers: ReadonlySet<number>): Set<number> {
    const places = new Set<number>();
    for (const number of numbers) for (const place of this.holders[number]!) places.add(place);
    return places;
  }
}
