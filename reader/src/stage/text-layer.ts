/**
 * Real text over the picture: words in reading order, each on its place, invisible and selectable. Built in slices of
 * idle time; sized in thousandths of the page so that a page of any size is right without building again.
 */

import type { BlockEntry, LineEntry, PageFile } from '../contract/page';

/** Words as they stand in page files: [text, x0, y0, x1, y1, join]. */
export type WordTuple = readonly [string, number, number, number, number, number?];

const SLICE = 60; // words a slice
const FACE = 'serif';
const FURNITURE = new Set(['running_head', 'folio']);

let measure: CanvasRenderingContext2D | null = null;

/** Width of a text set in the layer's face at 100 pixels. */
function naturalWidth(text: string): number {
  measure ??= document.createElement('canvas').getContext('2d');
  if (!measure) return text.length * 45;
  measure.font = `100px ${FACE}`;
  return measure.measureText(text).width || 1;
}

/** Fill `layer` with the page's text; resolves when all is there. `stopped` ends it early. */
export async function buildTextLayer(layer: HTMLElement, page: PageFile, stopped: () => boolean): Promise<void> {
  layer.style.setProperty('--page-width', String(page.width));
  let budget = SLICE;
  for (const block of page.blocks) {
    const part = blockElement(block);
    layer.append(part);
    for (const line of block.lines) {
      appendLine(part, line, page);
      budget -= line.words.length;
      if (budget <= 0) {
        await idle();
        if (stopped()) return;
        budget = SLICE;
      }
    }
  }
}

function blockElement(block: BlockEntry): HTMLElement {
  const part = document.createElement('div');
  part.className = 'text-block';
  part.dataset.block = block.id;
  if (FURNITURE.has(block.role)) {
    part.dataset.furniture = '';
  }
  return part;
}

function appendLine(part: HTMLElement, line: LineEntry, page: PageFile): void {
  const turn = line.angle ?? 0;
  for (const entry of line.words) {
    const [text, x0, y0, x1, y1, join = 0] = entry as unknown as WordTuple;
    const span = document.createElement('span');
    span.className = 'word';
    span.textContent = join === 0 ? `${text} ` : text;
    if (join) span.dataset.join = String(join);
    if (line.rtl) span.dir = 'rtl';
    place(span, text, [x0, y0, x1, y1], turn, page);
    part.append(span);
  }
  part.lastElementChild?.setAttribute('data-end', '');
}

/** Percent of the page for the place, container units for the size: nothing depends on how large the page is shown. */
function place(span: HTMLElement, text: string, box: readonly number[], turn: number, page: PageFile): void {
  const [x0, y0, x1, y1] = box as [number, number, number, number];
  const upright = Math.abs(turn) < 45 || Math.abs(turn) > 135;
  const length = upright ? x1 - x0 : y1 - y0;
  const height = upright ? y1 - y0 : x1 - x0;
  const size = height * 0.8;
  const stretch = (length / size) * (100 / naturalWidth(text));
  const style = span.style;
  const cqw = 100 / page.width;
  style.fontSize = `${(size * cqw).toFixed(4)}cqw`;
  if (upright) {
    style.left = `${(x0 * cqw).toFixed(3)}%`;
    style.top = `${((y0 / page.height) * 100).toFixed(3)}%`;
    style.transform = `scale(${stretch.toFixed(4)}, ${(1 / 0.8 / LINE).toFixed(4)})`;
  } else {
    style.left = `${((turn > 0 ? x1 : x0) * cqw).toFixed(3)}%`;
    style.top = `${(((turn > 0 ? y0 : y1) / page.height) * 100).toFixed(3)}%`;
    style.transform = `rotate(${turn > 0 ? 90 : -90}deg) scale(${stretch.toFixed(4)}, ${(1 / 0.8 / LINE).toFixed(4)})`;
  }
}

/** Line height of `.word` in the style sheet. */
const LINE = 1.25;

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 300 });
    else setTimeout(resolve, 8);
  });
