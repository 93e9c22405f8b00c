/** Marks the hits of a search in an article that is read as text, and brings the current one into view. */

import { searchWords, textOf } from '../../book/words';
import type { BlockEntry } from '../../contract/page';
import type { ReaderContext } from '../../store/context';
import { rangeIn } from '../../ui/block_range';
import type { Hit } from './matching';

const HIGH = 0.3; // of the window's height: where a hit that was out of sight is put

/** Whether the browser can mark a text without changing it. */
export const canPaint = (): boolean => 'highlights' in CSS;

/** The article and the block that a hit stands in; null where it stands in none. */
export async function placeOf(context: ReaderContext, hit: Hit): Promise<{ article: string; block: string } | null> {
  const words = searchWords((await context.client.page(hit.page)).blocks);
  const block = words[hit.spans[0]?.[0] ?? -1]?.block;
  const article = block && context.book.manifest.articles.find((each) => each.id === block.article);
  return article ? { article: article.slug, block: block.id } : null;
}

/** Mark the hits that stand in the article on show; `reveal` brings the current one into view. */
export async function paintHits(context: ReaderContext, hits: readonly Hit[], current: Hit | null, reveal: boolean): Promise<void> {
  const text = context.element.querySelector<HTMLElement>('.article-view:not([hidden]) .article-text');
  const pages = context.book.manifest.articles.find((each) => each.slug === context.store.state.article)?.pages ?? [];
  if (!canPaint()) return;
  const there = text ? hits.filter((hit) => pages.includes(hit.page)) : [];
  const files = new Map(await Promise.all([...new Set(there.map((hit) => hit.page))].map(async (page) => [page, searchWords((await context.client.page(page)).blocks)] as const)));
  const ranges = (wanted: readonly Hit[]): Range[] =>
    wanted.flatMap((hit) => hit.spans.flatMap(([from, to]) => (text ? spanRanges(text, files.get(hit.page)!.slice(from, to + 1)) : [])));
  paint('masthead-hit', ranges(there.filter((hit) => hit !== current)));
  const marked = ranges(there.filter((hit) => hit === current));
  paint('masthead-current-hit', marked);
  if (reveal && marked[0]) show(context, marked[0]);
}

export function clearHits(): void {
  if (!canPaint()) return;
  CSS.highlights.delete('masthead-hit');
  CSS.highlights.delete('masthead-current-hit');
}

function paint(name: string, ranges: readonly Range[]): void {
  if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges));
  else CSS.highlights.delete(name);
}

/** One range for each block that a run of words stands in. */
function spanRanges(text: HTMLElement, words: ReturnType<typeof searchWords>): Range[] {
  const blocks = new Map<BlockEntry, [number, number]>();
  for (const { block, from, to } of words) blocks.set(block, [blocks.get(block)?.[0] ?? from, to]);
  return [...blocks].flatMap(([block, [from, to]]) => {
    const part = text.querySelector<HTMLElement>(`[data-block="${CSS.escape(block.id)}"]`);
    const range = part && rangeIn(part, textOf(block), from, to);
    return range ? [range] : [];
  });
}

function show(context: ReaderContext, range: Range): void {
  const scroller = context.element.querySelector<HTMLElement>('.article-scroll');
  const window = scroller?.getBoundingClientRect();
  const box = range.getBoundingClientRect();
  if (!scroller || !window || (box.top > window.top + 20 && box.bottom < window.bottom - 20)) return;
  scroller.scrollBy({ top: box.top - window.top - window.height * HIGH });
}
