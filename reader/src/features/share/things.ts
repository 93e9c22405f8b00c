/** What can be shared from where somebody reads, as the house tells it. */

import { parsePassage } from '../../book/address';
import type { ReaderState } from '../../store/state';

/** The piece of a page with the shared words: its picture, and where they stand in it (x, y, width, height in points). */
export interface Clipping {
  readonly picture: string;
  readonly width: number;
  readonly height: number;
  readonly marks: readonly (readonly [number, number, number, number])[];
  readonly words: string;
}

export interface Thing {
  readonly what: 'passage' | 'page' | 'article' | 'cover';
  readonly page: number;
  readonly article: string;
  /** The printed number of the page, or the article's title. */
  readonly label: string;
  readonly title: string;
  /** Absolute: it is what the others get. */
  readonly address: string;
  /** Of a passage, where its words are found. */
  readonly clipping: Clipping | null;
  /** The page with the form of the mail. */
  readonly email: string;
  readonly networks: readonly { readonly way: string; readonly name: string; readonly address: string }[];
}

export interface Told {
  readonly live: boolean;
  readonly ways: readonly string[];
  readonly things: readonly Thing[];
}

/** The address that tells what can be shared here. `hash` is the document's: it names the selected words. */
export function toldAddress(share: string, state: Pick<ReaderState, 'page' | 'article'>, hash: string): string {
  const parameters = new URLSearchParams();
  if (state.article) parameters.set('article', state.article);
  else parameters.set('page', String(state.page));
  if (!state.article && parsePassage(hash)) parameters.set('select', hash.slice('#select='.length));
  return `${share}.json?${parameters.toString()}`;
}

/** Ask the house; throws where it does not answer. */
export async function fetchTold(address: string): Promise<Told> {
  const answer = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!answer.ok) throw new Error(`share: ${answer.status}`);
  return (await answer.json()) as Told;
}
