/** Which characters of which blocks a selection in the document covers: on a page, in an article, in the text for screen readers. */

import { read, textOf } from '../../../book/words';
import type { Span } from '../../../contract/annotation';
import { shiftOf, nodesOf } from '../../../ui/block_range';
import { pageOf, type Setting } from './locating';

/** The spans of a range in the order of reading; none where it covers no text of the edition. */
export async function spansOf(setting: Setting, range: Range, root: HTMLElement): Promise<Span[]> {
  const within = range.commonAncestorContainer;
  const host = within instanceof Element ? within : within.parentElement;
  if (!host || !root.contains(host)) return [];
  return host.closest('.article-text, .page-spoken') ? spansOfText(setting, range, host) : spansOfWords(setting, range, root);
}

/** Words that stand over a page's picture, each in its own element. */
async function spansOfWords(setting: Setting, range: Range, root: HTMLElement): Promise<Span[]> {
  const spans: Span[] = [];
  for (const part of root.querySelectorAll<HTMLElement>('.page[data-text="ready"] .text-block')) {
    if (!range.intersectsNode(part)) continue;
    const words = [...part.querySelectorAll<HTMLElement>('.word')];
    const first = words.findIndex((word) => covers(range, word));
    const last = words.findLastIndex((word) => covers(range, word));
    const id = part.dataset.block ?? '';
    const block = first < 0 ? undefined : (await setting.page(pageOf(id))).blocks.find((each) => each.id === id);
    const placed = block ? read(block).words : [];
    if (placed[first] && placed[last]) spans.push({ block: id, from: placed[first].start, to: placed[last].end });
  }
  return spans;
}

/** Text that reads as it is written: an article's. */
async function spansOfText(setting: Setting, range: Range, host: Element): Promise<Span[]> {
  const text = host.closest<HTMLElement>('.article-text, .page-spoken')!;
  const spans: Span[] = [];
  for (const part of text.querySelectorAll<HTMLElement>('[data-block]')) {
    if (!range.intersectsNode(part)) continue;
    const id = part.dataset.block!;
    const nodes = nodesOf(part);
    const shown = nodes.map((node) => node.data).join('');
    let passed = 0;
    let from = -1;
    let to = -1;
    for (const node of nodes) {
      if (range.intersectsNode(node)) {
        const start = node === range.startContainer ? range.startOffset : 0;
        const end = node === range.endContainer ? range.endOffset : node.data.length;
        if (end > start) {
          if (from < 0) from = passed + start;
          to = passed + end;
        }
      }
      passed += node.data.length;
    }
    const block = from < 0 ? undefined : (await setting.page(pageOf(id))).blocks.find((each) => each.id === id);
    if (!block) continue;
    const printed = textOf(block);
    const shift = shiftOf(shown, printed);
    // A table reads otherwise than it is printed: then the words themselves say where they stand.
    const said = shown.slice(from, to);
    const at = printed.startsWith(said, from + shift) ? from + shift : printed.indexOf(said.trim());
    if (at >= 0) spans.push({ block: id, from: at, to: at + said.length });
  }
  return spans;
}

/** Whether a range covers a part of a word, not only one of its ends. */
function covers(range: Range, word: HTMLElement): boolean {
  if (!range.intersectsNode(word)) return false;
  const whole = document.createRange();
  whole.selectNodeContents(word);
  return range.compareBoundaryPoints(Range.END_TO_START, whole) < 0 && range.compareBoundaryPoints(Range.START_TO_END, whole) > 0;
}
