/** Manifests of editions that are still built. */

import { describe, expect, it } from 'vitest';

import { takeOver } from '../../src/client/growing';
import { manifestOf, portrait } from '../book/editions';

describe('an edition that grows', () => {
  const grown = (): ReturnType<typeof manifestOf> => manifestOf(portrait(3));
  const young = (): ReturnType<typeof manifestOf> => {
    const manifest = manifestOf(portrait(3), { status: 'building' });
    Object.assign(manifest.pages[2]!, { status: 'waiting', sizes: [] });
    return manifest;
  };

  it('takes over finished pages in place', () => {
    const manifest = young();
    const kept = manifest.pages[2]!;
    expect(takeOver(manifest, grown())).toBe(true);
    expect(manifest.pages[2]).toBe(kept);
    expect(kept).toMatchObject({ status: 'ready', sizes: [[800, 800, 1100], [1600, 1600, 2200]] });
    expect(manifest.status).toBe('complete');
  });

  it('says so when nothing is new', () => {
    const manifest = young();
    expect(takeOver(manifest, young())).toBe(false);
  });
});
