/** Shows annotations in the article view: words are painted, and at them stand buttons for keys, screen readers and pins. */

import type { Kept } from '../../../book/annotations';
import type { Session } from '../session';
import { t } from '../../../strings';
import { element } from '../../../ui/dom';
import { icon } from '../../../ui/icons';
import { articleText, paintHighlights, rangesOf } from './painting';
import { spoken } from './words';

interface Shown {
  readonly kept: Kept;
  readonly ranges: readonly Range[];
}

export interface ArticleLayer {
  /** The highlight under a point of the window. */
  highlightUnder(x: number, y: number): string | null;
}

/** Follow the article that is shown and its annotations. `open` is called when somebody presses one. */
export function mountArticleLayer(session: Session, open: (id: string, anchor: HTMLElement) => void): ArticleLayer {
  const { context } = session;
  let shown: Shown[] = [];
  let token = 0;
  const draw = async (): Promise<void> => {
    const mine = (token += 1);
    const text = articleText(context);
    if (!text) {
      paintHighlights([]);
      shown = [];
      return;
    }
    const found: Shown[] = [];
    for (const kept of context.store.state.annotations) {
      const { kind, locator } = kept.content;
      if ((kind !== 'highlight' && kind !== 'note') || locator.unplaced !== undefined) continue;
      const ranges = await rangesOf(session.setting, text, locator.spans);
      if (ranges.length) found.push({ kept, ranges });
    }
    if (mine !== token || !text.isConnected) return;
    shown = found;
    paintHighlights(found.filter(({ kept }) => kept.content.kind === 'highlight'));
    place(text);
  };
  const place = (text: HTMLElement): void => {
    let layer = text.querySelector<HTMLElement>(':scope > .article-notes');
    if (!layer) {
      layer = element('div', { class: 'article-notes' });
      text.append(layer);
      new ResizeObserver(() => place(text)).observe(text);
    }
    const had = (document.activeElement as HTMLElement | null)?.closest('.article-notes') ? (document.activeElement as HTMLElement).dataset.annotation : undefined;
    const frame = text.getBoundingClientRect();
    layer.replaceChildren(...shown.map(({ kept, ranges }) => buttonFor(kept, ranges, frame, open)));
    if (had) layer.querySelector<HTMLElement>(`[data-annotation="${CSS.escape(had)}"]`)?.focus({ preventScroll: true });
  };
  context.element.addEventListener('masthead-article', () => void draw());
  context.element.addEventListener('masthead-language', () => void draw());
  context.store.subscribe((state, before) => {
    if (state.annotations !== before.annotations || (before.article && !state.article)) void draw();
  });
  void draw();
  return {
    highlightUnder: (x, y) =>
      shown.findLast(({ kept, ranges }) => kept.content.kind === 'highlight' && ranges.some((range) => [...range.getClientRects()].some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)))?.kept.id ?? null,
  };
}

/** A pin in the margin for what has words of the reader's own, else a frame that only keys come to. */
function buttonFor(kept: Kept, ranges: readonly Range[], frame: DOMRect, open: (id: string, anchor: HTMLElement) => void): HTMLElement {
  const { id, content } = kept;
  const pin = content.kind === 'note' || Boolean(content.text);
  const box = ranges[0]!.getClientRects()[0] ?? ranges[0]!.getBoundingClientRect();
  const part = element('button', {
    type: 'button', class: pin ? 'note-pin article-pin' : 'mark-hold', 'data-annotation': id, 'data-kind': content.kind, 'aria-label': `${spoken(kept)}. ${t('Open')}`,
    onclick: (event: MouseEvent) => open(id, event.currentTarget as HTMLElement),
  }, pin ? icon('note') : null);
  part.style.top = `${box.top - frame.top}px`;
  if (!pin) part.style.cssText += `;left:${box.left - frame.left}px;width:${box.width}px;height:${box.height}px`;
  return part;
}
