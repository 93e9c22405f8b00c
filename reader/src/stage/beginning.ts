/**
 * Selects words with the mouse. Browsers lose their way in a page of lines that each have their own place: at the edge
 * of a word Chromium puts the caret behind the space before it, takes every move for a new beginning and selects
 * nothing; beside a line, and between two of them, the other end jumps about. So the two ends are found here: the
 * nearest place in the nearest line. Pointer events tell parts of pixels; by whole ones the caret would be another.
 */

interface Caret {
  readonly node: Node;
  readonly offset: number;
}

const TEXT = '.text-line, .word.is-placed';

export function mountBeginning(host: HTMLElement): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  let anchor: Caret | null = null;
  host.addEventListener('pointerdown', (event) => {
    const isMouse = event.pointerType === 'mouse' && event.button === 0 && !event.shiftKey;
    anchor = isMouse && isText(event.target as Element) ? beginningAt(event.clientX, event.clientY) : null;
  }, { signal });
  host.addEventListener('mousedown', (event) => {
    if (!anchor || event.detail > 1) return; // a double click takes the word, as it always does
    event.preventDefault();
    (event.target as Element).closest<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
    follow(anchor, host, signal);
  }, { signal });
  return () => ends.abort();
}

/** Select from the caret to wherever the mouse goes, until its button is let go. */
function follow({ node, offset }: Caret, host: HTMLElement, signal: AbortSignal): void {
  const selection = document.getSelection();
  selection?.collapse(node, offset);
  const drag = new AbortController();
  const both = { signal: AbortSignal.any([signal, drag.signal]) };
  const reach = ({ clientX, clientY }: PointerEvent): void => {
    const focus = nearestCaret(clientX, clientY, host);
    if (focus) selection?.setBaseAndExtent(node, offset, focus.node, focus.offset);
  };
  let moved = false;
  document.addEventListener('pointermove', (event) => {
    if (!(event.buttons & 1)) return drag.abort();
    moved = true;
    reach(event);
  }, both);
  document.addEventListener('pointerup', (event) => {
    if (moved) reach(event); // a browser may leave the last moves out
    drag.abort();
  }, both);
  document.addEventListener('pointercancel', () => drag.abort(), both);
}

/** Where a selection begins that begins here: a caret behind a word's space is one before the next word. */
function beginningAt(x: number, y: number): Caret | null {
  const caret = caretAt(x, y);
  const word = caret && wordOf(caret);
  if (!caret || !word) return null;
  const { data } = caret.node as Text;
  const next = caret.offset === data.length && /\s$/.test(data) ? word.nextElementSibling?.firstChild : null;
  return next ? { node: next, offset: 0 } : caret;
}

/** The caret at a place; beside all lines, the one in the nearest. */
function nearestCaret(x: number, y: number, host: HTMLElement): Caret | null {
  const under = document.elementFromPoint(x, y);
  if (under && isText(under)) {
    const caret = caretAt(x, y);
    if (caret && wordOf(caret)) return caret;
  }
  const line = nearest(host.querySelectorAll<HTMLElement>(`.page:not(.is-away) :is(${TEXT})`), x, y);
  const word = line && (line.matches('.word') ? line : nearest(line.querySelectorAll<HTMLElement>('.word'), x, y));
  return word && inWord(word, x);
}

function nearest(parts: Iterable<HTMLElement>, x: number, y: number): HTMLElement | null {
  let best: HTMLElement | null = null;
  let least = Infinity;
  for (const part of parts) {
    const { left, right, top, bottom, width } = part.getBoundingClientRect();
    const distance = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    if (width && distance < least) [best, least] = [part, distance];
  }
  return best;
}

/** The caret between two letters of a word that is nearest to a place in its line. */
function inWord(word: HTMLElement, x: number): Caret | null {
  const node = word.firstChild as Text | null;
  if (!node) return null;
  const rtl = getComputedStyle(word).direction === 'rtl';
  const range = document.createRange();
  const letters = node.data.trimEnd().length;
  let best = 0;
  let least = Infinity;
  for (let at = 0; at <= letters; at++) {
    const letter = Math.min(at, letters - 1);
    range.setStart(node, letter);
    range.setEnd(node, letter + 1);
    const { left, right } = range.getBoundingClientRect();
    const distance = Math.abs(((at < letters) !== rtl ? left : right) - x);
    if (distance < least) [best, least] = [at, distance];
  }
  return { node, offset: best };
}

const isText = (part: Element): boolean => part.closest(`.word, ${TEXT}`) !== null;

function wordOf({ node }: Caret): HTMLElement | null {
  const word = node.nodeType === Node.TEXT_NODE ? node.parentElement : null;
  return word?.classList.contains('word') ? word : null;
}

function caretAt(x: number, y: number): Caret | null {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const found = document.caretRangeFromPoint?.(x, y); // older Safari
  return found ? { node: found.startContainer, offset: found.startOffset } : null;
}
