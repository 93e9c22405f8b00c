/** Follows an edition that is still being built: reads its manifest again until all pages are made. */

import type { Manifest } from '../contract/manifest';
import { fetchManifest } from './client';

const FIRST_MS = 600;
const LONGEST_MS = 4000;

/**
 * Bring `manifest` up to date in place, page entries too, and call `renewed` when something changed. Ends by itself when
 * the build is complete. Addresses of a build that grows keep answering.
 */
export async function followBuild(address: string, manifest: Manifest, renewed: () => void): Promise<void> {
  let wait = FIRST_MS;
  while (manifest.status === 'building') {
    await new Promise((resolve) => setTimeout(resolve, wait));
    const fresh = await fetchManifest(address, 'no-cache').catch(() => null);
    const changed = fresh !== null && takeOver(manifest, fresh);
    if (changed) renewed();
    wait = changed ? FIRST_MS : Math.min(LONGEST_MS, wait * 1.5);
  }
}

/** Put what is new into `manifest`; false if nothing is. Page entries stay the same objects, because views hold them. */
export function takeOver(manifest: Manifest, fresh: Manifest): boolean {
  let changed = manifest.status !== fresh.status;
  fresh.pages.forEach((page, index) => {
    const known = manifest.pages[index];
    if (!known || known.status === page.status) return;
    Object.assign(known, page);
    changed = true;
  });
  const { pages, ...rest } = fresh;
  void pages;
  Object.assign(manifest, rest);
  return changed;
}
