/** Small editions for tests. */

import type { Manifest } from '../../src/contract/manifest';

/** A manifest with pages of the given sizes; labels are the numbers unless given. */
export function manifestOf(sizes: readonly (readonly [number, number])[], values: Partial<Manifest> = {}, labels: readonly string[] = []): Manifest {
  const pages = sizes.map(([width, height], index) => ({
    number: index + 1,
    label: labels[index] ?? String(index + 1),
    width,
    height,
    sizes: [[800, 800, 1100], [1600, 1600, 2200]],
    status: 'ready' as const,
    has_text: true,
  }));
  return { schema: 1, status: 'complete', title: 'Trial', direction: 'ltr', language: 'en', pages, failures: [], ...values } as unknown as Manifest;
}

export const portrait = (count: number): (readonly [number, number])[] => Array.from({ length: count }, () => [600, 800] as const);
