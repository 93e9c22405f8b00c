/**
 * Lets a selection by mouse begin exactly at a word. Chromium puts that caret behind the space of the word before, then
 * takes every move for a new beginning and selects nothing; so such a selection is made here. Pointer events tell parts
 * of pixels, mouse events do not: by whole ones the caret would be another.
 */

interface Caret {
  readonly node: Node;
  readonly offset: number;
}

export function mountBeginning(host: HTMLElement): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  let anchor: Caret | null = null;
  host.addEventListener('pointerdown', (event) => {
    const isMouse = event.pointerType === 'mouse' && event.button === 0 && !event.shiftKey;
    anchor = isMouse && (event.target as Element).closest('.word, .text-line') ? beginningAt(event.clientX, event.clientY) : null;
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
  document.addEventListener('pointermove', (moved) => {
    if (!(moved.buttons & 1)) return drag.abort();
    const focus = caretAt(moved.clientX, moved.clientY);
    if (focus && host.contains(focus.node)) selection?.setBaseAndExtent(node, offset, focus.node, focus.offset);
  }, both);
  for (const end of ['pointerup', 'pointercancel'] as const) document.addEventListener(end, () => drag.abort(), both);
}

/** The caret before a word's first letter, if that is where the point leads; null for every other place. */
function beginningAt(x: number, y: number): Caret | null {
  const caret = caretAt(x, y);
  const word = caret?.node.nodeType === Node.TEXT_NODE ? caret.node.parentElement : null;
  if (!caret || !word?.classList.contains('word')) return null;
  if (caret.offset === 0) return caret;
  const { data } = caret.node as Text;
  const next = caret.offset === data.length && /\s$/.test(data) ? word.nextElementSibling?.firstChild : null;
  return next ? { node: next, offset: 0 } : null;
}

function caretAt(x: number, y: number): Caret | null {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found && { node: found.offsetNode, offset: found.offset };
  }
  const found = document.caretRangeFromPoint?.(x, y); // older Safari
  return found ? { node: found.startContainer, offset: found.startOffset } : null;
}
