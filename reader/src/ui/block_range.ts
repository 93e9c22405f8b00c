/** Finds characters of a block in the text that is read: an article's, or the page's for screen readers. */

/** The block's own text nodes, without those of blocks inside it. */
export function nodesOf(part: HTMLElement): Text[] {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest('[data-block]') === part ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  return nodes;
}

/** By how many characters the text that is read begins later than the printed one: a list item has lost its bullet. */
export function shiftOf(shown: string, printed: string): number {
  return printed.endsWith(shown.trim()) ? printed.length - shown.trim().length : 0;
}

/** The range of characters of a block's own text; `printed` is how it reads on the page. Null where they do not stand. */
export function rangeIn(part: HTMLElement, printed: string, from: number, to: number): Range | null {
  const nodes = nodesOf(part);
  const shown = nodes.map((node) => node.data).join('');
  const shift = shiftOf(shown, printed);
  const wanted = printed.slice(Math.max(from, shift), to);
  const at = Math.max(0, from - shift);
  // A table or a note reads otherwise than it is printed: then the words themselves say where they stand.
  const start = shown.startsWith(wanted, at) ? at : shown.indexOf(wanted);
  if (start < 0 || !wanted) return null;
  const range = document.createRange();
  let passed = 0;
  let begun = false;
  for (const node of nodes) {
    const end = passed + node.data.length;
    if (!begun && start < end) {
      range.setStart(node, start - passed);
      begun = true;
    }
    if (begun && start + wanted.length <= end) {
      range.setEnd(node, start + wanted.length - passed);
      return range;
    }
    passed = end;
  }
  return null;
}
