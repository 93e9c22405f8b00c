/** Marks words in an article without changing its text, and words that are being chosen on a page. */

import { COLOURS, type Kept } from '../../../book/annotations';
import { textOf } from '../../../book/words';
import type { Span } from '../../../contract/annotation';
import type { ReaderContext } from '../../../store/context';
import { rangeIn } from '../../../ui/block_range';
import { element } from '../../../ui/dom';
import { pageOf, placeOf, type Setting } from '../placing/locating';

const canPaint = (): boolean => 'highlights' in CSS;

export const articleText = (context: ReaderContext): HTMLElement | null =>
  context.element.querySelector<HTMLElement>('.article-view:not([hidden]) .article-text');

/** The ranges of spans in the article that is shown; none for those that stand elsewhere. */
export async function rangesOf(setting: Setting, text: HTMLElement, spans: readonly Span[]): Promise<Range[]> {
  const ranges: Range[] = [];
  for (const { block, from, to } of spans) {
    const part = text.querySelector<HTMLElement>(`[data-block="${CSS.escape(block)}"]`);
    const entry = part && (await setting.page(pageOf(block))).blocks.find(({ id }) => id === block);
    const range = part && entry ? rangeIn(part, textOf(entry), from, to) : null;
    if (range) ranges.push(range);
  }
  return ranges;
}

/** Paint all highlights of the article that is shown; `ranges` are those of each. */
export function paintHighlights(painted: readonly { readonly kept: Kept; readonly ranges: readonly Range[] }[]): void {
  if (!canPaint()) return;
  for (const colour of COLOURS) {
    const ranges = painted.filter(({ kept }) => (kept.content.colour ?? 'yellow') === colour).flatMap((each) => each.ranges);
    if (ranges.length) CSS.highlights.set(`masthead-mark-${colour}`, new Highlight(...ranges));
    else CSS.highlights.delete(`masthead-mark-${colour}`);
  }
}

/** Show spans as chosen, on the pages or in the article, whichever is shown; none clears. */
export async function showChosen(context: ReaderContext, setting: Setting, spans: readonly Span[]): Promise<Range | null> {
  const token = (asked += 1);
  for (const old of context.element.querySelectorAll('.page-chosen')) old.remove();
  if (canPaint()) CSS.highlights.delete('masthead-chosen');
  if (!spans.length) return null;
  const text = articleText(context);
  if (text) {
    const ranges = await rangesOf(setting, text, spans);
    if (token === asked && ranges.length && canPaint()) CSS.highlights.set('masthead-chosen', new Highlight(...ranges));
    return ranges.at(-1) ?? null;
  }
  for (const page of new Set(spans.map(({ block }) => pageOf(block)))) {
    const host = context.element.querySelector<HTMLElement>(`.page[data-page="${page}"] .face`);
    const { boxes } = placeOf(await setting.page(page), spans.filter(({ block }) => pageOf(block) === page));
    if (token !== asked || !host) continue;
    const layer = element('div', { class: 'page-chosen', 'aria-hidden': 'true' });
    for (const [x0, y0, x1, y1] of boxes) {
      const part = element('div');
      part.style.cssText = `left:${x0 * 100}%;top:${y0 * 100}%;width:${(x1 - x0) * 100}%;height:${(y1 - y0) * 100}%`;
      layer.append(part);
    }
    host.append(layer);
  }
  return null;
}
let asked = 0;
