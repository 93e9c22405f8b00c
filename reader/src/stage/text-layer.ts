/**
 * Real text over the picture: words in reading order, each on its place, invisible and selectable. Built in slices of
 * idle time; sized in parts of the layer's font size, which follows the page, so that a page of any size is right
 * without building again.
 */

import type { BlockEntry, LineEntry, PageFile } from '../contract/page';
import { calm } from '../store/calm';

/** Words as they stand in page files: [text, x0, y0, x1, y1, join]. */
export type WordTuple = readonly [string, number, number, number, number, number?];

/**
 * The layer's font size is the page's width divided by this: large, so that no browser's smallest font size applies to
 * it and moves every word.
 */
export const SIZES_ACROSS = 10;

/** Words laid out in one frame: setting them is quick, laying them out costs the browser many times as much. */
const WORDS_A_SLICE = 100;
const FACE = 'serif';
const FURNITURE = new Set(['running_head', 'folio']);
/** Line height of `.word` in the style sheet; a word's box is as high as its line. */
const LINE = 1.25;
/** Words this many times lower than their line's box are not of its size: raised figures, words beside a large initial. */
const ALIKE = 1.8;

let measure: CanvasRenderingContext2D | null = null;

/** Width of a text set in the layer's face, in parts of its size. */
function naturalWidth(text: string): number {
  measure ??= canvasContext();
  return (measure?.measureText(text).width ?? text.length * 45) / 100 || 0.01;
}

function canvasContext(): CanvasRenderingContext2D | null {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return null;
  context.font = `100px ${FACE}`;
  context.fontKerning = 'none';
  return context;
}

/** Fill `layer` with the page's text; resolves when all is there. `stopped` ends it early. */
export async function buildTextLayer(layer: HTMLElement, page: PageFile, stopped: () => boolean): Promise<void> {
  let within = await calm.slice();
  let words = 0;
  for (const block of page.blocks) {
    if (stopped()) return;
    let part = blockElement(block);
    for (const line of block.lines) {
      appendLine(part, line, page);
      words += line.words.length;
      if (words < WORDS_A_SLICE && within()) continue;
      words = 0;
      if (!part.parentElement) layer.append(part);
      within = await calm.slice();
      if (stopped()) return;
    }
    if (!part.parentElement) layer.append(part);
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
  const words = (line.words as unknown as readonly WordTuple[]).map(asWord);
  if (flows(line, words)) part.append(flowingLine(line, words, page));
  else part.append(...words.map((word) => placedWord(word, line, page)));
  part.lastElementChild?.setAttribute('data-end', '');
}

interface Word {
  readonly text: string;
  readonly join: number;
  readonly box: readonly [number, number, number, number];
}

const asWord = ([text, x0, y0, x1, y1, join = 0]: WordTuple): Word => ({ text, join, box: [x0, y0, x1, y1] });

function wordElement({ text, join }: Word): HTMLElement {
  const span = document.createElement('span');
  span.className = 'word';
  span.textContent = join === 0 ? `${text} ` : text;
  if (join) span.dataset.join = String(join);
  return span;
}

/** Whether a line is what lines mostly are: upright, its words of about one height and one after the other. */
function flows({ angle = 0, rtl, box }: LineEntry, words: readonly Word[]): boolean {
  if (Math.abs(angle) > 1) return false;
  const [, top, , bottom] = box as [number, number, number, number];
  return words.every(({ box: [x0, y0, x1, y1] }, index) => {
    const next = words[index + 1]?.box;
    return (y1 - y0) * ALIKE > bottom - top && (!next || (rtl ? next[2] <= x1 : next[0] >= x0));
  });
}

/**
 * A line set as one: its size is the one at which its words are as long as the printed ones together, and room after
 * each brings the next to its place. So a page costs the browser as much as its lines, not as its words. The room is
 * the word's own: from where nothing can be selected a browser begins no selection, and hands begin between words.
 */
function flowingLine(line: LineEntry, words: readonly Word[], page: PageFile): HTMLElement {
  const part = document.createElement('div');
  part.className = 'text-line';
  const widths = words.map(({ text }) => naturalWidth(text));
  const printed = words.reduce((sum, { box: [x0, , x1] }) => sum + x1 - x0, 0);
  const size = (printed || 1) / widths.reduce((sum, width) => sum + width, 0);
  const [, top, , bottom] = line.box as [number, number, number, number];
  const [begins, , ends] = words[0]!.box;
  const start = line.rtl ? `right:${percent(page.width - ends, page.width)}` : `left:${percent(begins, page.width)}`;
  part.style.cssText = `${start};top:${percent(top, page.height)};${sizeOf(size, page)};line-height:${((bottom - top) / size).toFixed(3)}`;
  if (line.rtl) part.dir = 'rtl';
  words.forEach((word, index) => {
    const span = wordElement(word);
    const next = words[index + 1]?.box;
    if (next) {
      const step = line.rtl ? word.box[2] - next[2] : next[0] - word.box[0];
      const margin = step / size - widths[index]! - (word.join ? 0 : naturalWidth(' '));
      span.style.cssText = `${margin > 0 ? 'padding' : 'margin'}-inline-end:${margin.toFixed(3)}em`;
    }
    part.append(span);
  });
  return part;
}

/** A word by itself where lines do not flow: at an angle, in mixed directions, of mixed sizes. */
function placedWord(word: Word, { angle: turn = 0, rtl }: LineEntry, page: PageFile): HTMLElement {
  const [x0, y0, x1, y1] = word.box;
  const span = wordElement(word);
  span.classList.add('is-placed');
  if (rtl) span.dir = 'rtl';
  const upright = Math.abs(turn) < 45 || Math.abs(turn) > 135;
  const length = upright ? x1 - x0 : y1 - y0;
  const size = (upright ? y1 - y0 : x1 - x0) / LINE;
  const left = upright || turn <= 0 ? x0 : x1;
  const top = upright || turn > 0 ? y0 : y1;
  const rotation = upright ? '' : `rotate(${turn > 0 ? 90 : -90}deg) `;
  const stretch = (length / (naturalWidth(word.text) * size)).toFixed(4);
  span.style.cssText = `left:${percent(left, page.width)};top:${percent(top, page.height)};${sizeOf(size, page)};transform:${rotation}scaleX(${stretch})`;
  return span;
}

const sizeOf = (points: number, page: PageFile): string => `font-size:${((points * SIZES_ACROSS) / page.width).toFixed(5)}em`;

const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(3)}%`;
