/** Proposes a near spelling from the edition's own words when a query finds nothing. */

import { parse } from './query';
import type { TextIndex } from './text_index';

/** Steps between two words (insert, drop, replace, swap neighbours); more than `limit` answers limit + 1. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let steps = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        steps = Math.min(steps, older[column - 2]! + 1);
      }
      current.push(steps);
      least = Math.min(least, steps);
    }
    if (least > limit) return limit + 1;
    older = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** Lets the window draw and answer if the work has gone on for long; called between small steps of it. */
export type Pause = () => Promise<void> | void;

/** Words compared between two pauses. */
const AT_ONCE = 400;

/** The edition's word nearest to a term, or '' if none is near. Among equals the more frequent one. */
export async function nearest(index: TextIndex, term: string, pause: Pause): Promise<string> {
  if (term.length < 3) return '';
  let best = '';
  let steps = term.length <= 4 ? 1 : 2;
  let count = 0;
  for (let number = 0; number < index.vocabulary.length; number++) {
    if (number % AT_ONCE === AT_ONCE - 1) await pause();
    const word = index.vocabulary[number]!;
    if (word.length < 3 || word === term || Math.abs(word.length - term.length) > steps) continue;
    const apart = distance(term, word, steps);
    const often = index.counts[number]!;
    if (apart < steps || (apart === steps && often > count)) {
      best = word;
      steps = apart;
      count = often;
    }
  }
  return best;
}

/** The query with each unknown word replaced by its nearest one; '' if there is nothing to propose. */
export async function suggestion(index: TextIndex, query: string, pause: Pause = () => undefined): Promise<string> {
  let changed = false;
  const words: string[] = [];
  for (const term of parse(query).flatMap((clause) => clause.terms)) {
    const near = index.has(term) ? '' : await nearest(index, term, pause);
    changed ||= near !== '';
    words.push(near || term);
  }
  return changed ? words.join(' ') : '';
}
