/** Where reading is in an article: the block at the upper edge of what is seen, and the way back to a block. */

const EDGE = 28; // CSS pixels under the upper edge: what begins above this line is being read

/** The block that is read at the scroller's upper edge; '' above and below the text. */
export function blockAtTop(scroller: HTMLElement, text: HTMLElement): string {
  const edge = scroller.getBoundingClientRect().top + EDGE;
  for (const part of text.querySelectorAll<HTMLElement>('[data-block]')) {
    if (part.getBoundingClientRect().bottom <= edge) continue;
    // A paragraph that goes on over a column or page holds its further blocks inside.
    const inner = [...part.querySelectorAll<HTMLElement>('[data-block]')].filter((each) => firstBox(each).top <= edge);
    return (inner.at(-1) ?? part).dataset.block!;
  }
  return '';
}

/** The element of a block; else the nearest one of its page that stands in the text. */
export function partOf(text: HTMLElement, block: string): HTMLElement | null {
  if (!block) return null;
  const exact = text.querySelector<HTMLElement>(`[data-block="${CSS.escape(block)}"]`);
  if (exact) return exact;
  const number = (id: string): number => Number(/-b(\d+)$/.exec(id)?.[1] ?? 0);
  const same = [...text.querySelectorAll<HTMLElement>(`[data-block^="${CSS.escape(block.replace(/-b\d+$/, '-b'))}"]`)];
  const away = (part: HTMLElement): number => Math.abs(number(part.dataset.block!) - number(block));
  return same.sort((one, other) => away(one) - away(other))[0] ?? null;
}

/** Bring a block to the scroller's upper edge; the very top for the article's first one. */
export function scrollToPart(scroller: HTMLElement, text: HTMLElement, part: HTMLElement): void {
  const isFirst = text.querySelector('[data-block]') === part;
  scroller.scrollTop = isFirst ? 0 : scroller.scrollTop + firstBox(part).top - scroller.getBoundingClientRect().top - EDGE / 2;
}

/** How far the text is read, from 0 to 1. */
export function progress(scroller: HTMLElement, text: HTMLElement): number {
  const whole = text.offsetTop + text.offsetHeight - scroller.clientHeight;
  return whole <= 0 ? 1 : Math.min(1, Math.max(0, scroller.scrollTop / whole));
}

const firstBox = (part: HTMLElement): DOMRect => part.getClientRects()[0] ?? part.getBoundingClientRect();
