/** Small questions about the edition and where one is in it, asked by many parts of the interface. */

import type { ReaderContext } from '../store/context';
import type { ReaderState } from '../store/state';
import { t } from '../strings';

type Context = Pick<ReaderContext, 'book' | 'client'>;

/** The printed number of a page, or its place where none is printed. */
export const pageLabel = (context: Context, page: number): string =>
  context.book.label(page) || String(page);

/** Reads digits of every script as plain ones: ١٢ is 12. */
const plainDigits = (typed: string): string =>
  typed.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));

/** The page that was typed: its printed label first, its place in the edition second; null if there is none. */
export function findPage(context: Context, typed: string): number | null {
  return context.book.find(plainDigits(typed));
}

/** The pages that a state shows. */
export const visiblePages = (context: Context, state: ReaderState): readonly number[] =>
  state.view === 'spread' ? context.book.spreads('spread')[context.book.spreadIndex('spread', state.page)]! : [state.page];

export const atStart = (context: Context, state: ReaderState): boolean => visiblePages(context, state)[0] === 1;
export const atEnd = (context: Context, state: ReaderState): boolean =>
  visiblePages(context, state).at(-1) === context.book.manifest.pages.length;

/** "Pages 4–5 of 48", as announced and shown. */
export function whereText(context: Context, state: ReaderState): string {
  const pages = visiblePages(context, state);
  const total = context.book.manifest.pages.length;
  const first = pageLabel(context, pages[0]!);
  return pages.length > 1
    ? t('Pages {first}–{last} of {total}', { first, last: pageLabel(context, pages[1]!), total })
    : t('Page {label} of {total}', { label: first, total });
}

/** The address of a page's picture at least this wide, or the widest there is; null if the page has none. */
export function pictureAddress(context: Context, page: number, width: number): string | null {
  const { pages } = context.book.manifest;
  const sizes = pages[page - 1]?.sizes ?? [];
  const size = sizes.find(([, real]) => (real ?? 0) >= width) ?? sizes.at(-1);
  if (!size) return null;
  return context.client.picture(page, size[0]!);
}
