/** Writes annotations into files on the device, and takes them in from one. */

import { inOrder, type Kept } from '../../../book/annotations';
import { t } from '../../../strings';
import { pageLabel } from '../../../ui/edition';
import { placed } from '../placing/finding';
import type { Session } from '../session';
import { annotationsIn, collectionOf } from './web_annotation';
import { markdownOf } from './markdown';

export type Kind = 'json' | 'markdown';

const LARGEST = 8 << 20; // bytes of a file that is taken in

/** Save everything as a file of this kind. */
export function save(session: Session, kind: Kind): void {
  const { context } = session;
  const kept = inOrder(context.store.state.annotations);
  const { title } = context.book.manifest;
  const address = new URL(context.home, location.href).href;
  if (kind === 'json') {
    const ratio = (page: number): number => context.book.page(page).height / context.book.page(page).width;
    offer(JSON.stringify(collectionOf(kept, { title, address, ratio }), null, 1), 'application/ld+json', `${nameOf(title)}.jsonld`);
    return;
  }
  offer(markdownOf(kept, {
    title,
    page: (number) => t('Page {label}', { label: pageLabel(context, number) }),
    address: (number) => `${address}page/${number}`,
    kinds: { bookmark: t('Bookmark'), drawing: t('Drawing'), unplaced: t('Not found in this edition any more') },
  }), 'text/markdown', `${nameOf(title)}.md`);
}

/** Take in a file; answers how many came in and how many were there already. Thrown where it holds no annotations. */
export async function takeIn(session: Session, file: File): Promise<{ added: number; known: number }> {
  if (file.size > LARGEST) throw new Error('too large');
  const found = annotationsIn(await file.text(), new Date().toISOString());
  const there = new Set(session.context.store.state.annotations.map(({ id }) => id));
  const fresh = found.filter(({ id }) => !there.has(id));
  const settled: Kept[] = [];
  for (const { id, content } of fresh) settled.push({ id, content: await placed(content, session.setting) });
  session.takeIn(settled);
  return { added: fresh.length, known: found.length - fresh.length };
}

export function offer(content: BlobPart, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A file name that every system takes. */
export const nameOf = (title: string): string => `${title.replace(/[\\/:*?"<>|\p{C}]+/gu, ' ').replace(/\s+/g, ' ').trim().slice(0, 80) || 'edition'} – ${t('Notes')}`;
