/** What a reader added to the edition, as all parts of the reader see it. No DOM. */

import type { Annotation } from '../contract/annotation';

/** An annotation under the name that its device gave it. */
export interface Kept {
  readonly id: string;
  readonly content: Annotation;
}

export type Colour = NonNullable<Annotation['colour']>;
export const COLOURS: readonly Colour[] = ['yellow', 'green', 'blue', 'pink'];

/** A name that no other device makes; without the browser's own way of making one where the address is not secure. */
export function newName(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether its words were looked for in this build and not found. */
export const isUnplaced = ({ locator }: Annotation): boolean => locator.unplaced !== undefined;

export const bookmarksOn = (kept: readonly Kept[], page: number): readonly Kept[] =>
  kept.filter(({ content }) => content.kind === 'bookmark' && content.locator.page === page && !isUnplaced(content));

/** The pages that have a bookmark, in their order. */
export const bookmarkedPages = (kept: readonly Kept[]): readonly number[] =>
  [...new Set(kept.filter(({ content }) => content.kind === 'bookmark' && !isUnplaced(content)).map(({ content }) => content.locator.page))].sort((a, b) => a - b);

/** The pages that an annotation stands on. */
export function pagesOf({ locator }: Annotation): readonly number[] {
  if (locator.unplaced !== undefined) return [];
  return [...new Set([locator.page, ...locator.places.map(({ page }) => page)])];
}

/** By page, then in the order of reading, then by age; what could not be placed comes last. */
export function inOrder(kept: readonly Kept[]): Kept[] {
  const at = ({ content: { locator } }: Kept): number => locator.quote?.position ?? 0;
  return [...kept].sort(
    (one, other) =>
      Number(isUnplaced(one.content)) - Number(isUnplaced(other.content)) ||
      one.content.locator.page - other.content.locator.page ||
      at(one) - at(other) ||
      one.content.created.localeCompare(other.content.created) ||
      one.id.localeCompare(other.id),
  );
}
