/** Copies what was selected as it reads: hyphens of line breaks gone, paragraphs apart, running heads left out. */

/** The clean text of a selection inside `root`; '' if it holds no words of the text layer. */
export function selectedText(selection: Selection, root: HTMLElement): string {
  if (!selection.rangeCount) return '';
  const range = selection.getRangeAt(0);
  const words = [...root.querySelectorAll<HTMLElement>('.word')].filter((word) => range.intersectsNode(word));
  const blocks = new Set(words.map(blockOf));
  const several = blocks.size > 1;
  let text = '';
  let last: HTMLElement | null = null;
  for (const word of words) {
    const block = blockOf(word);
    if (several && 'furniture' in block.dataset) continue;
    const part = partOf(word, range);
    if (!part.trim()) continue;
    if (last && block !== blockOf(last)) text = `${text.trimEnd()}\n\n`;
    text += word.dataset.join === '2' && part.length > 1 ? part.slice(0, -1) : part;
    last = word;
  }
  return text.trim();
}

/** The paragraph or heading that a word belongs to, whether its line is set as one or word by word. */
const blockOf = (word: HTMLElement): HTMLElement => word.closest<HTMLElement>('.text-block')!;

/** The piece of a word that the range covers. */
function partOf(word: HTMLElement, range: Range): string {
  const node = word.firstChild;
  const text = word.textContent ?? '';
  const start = range.startContainer === node ? range.startOffset : 0;
  const end = range.endContainer === node ? range.endOffset : text.length;
  return text.slice(start, end);
}

/** Put clean text on the clipboard when somebody copies from the pages. */
export function mountCopying(root: HTMLElement): () => void {
  const onCopy = (event: ClipboardEvent): void => {
    if (getComputedStyle(root).visibility === 'hidden') return; // an article is read instead of the pages
    const selection = document.getSelection();
    const text = selection && !selection.isCollapsed ? selectedText(selection, root) : '';
    if (!text || !event.clipboardData) return;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', onCopy);
  return () => document.removeEventListener('copy', onCopy);
}
