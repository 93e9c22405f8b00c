/** A dialog over everything else, and its end, which is over at once. */

/**
 * Show it; `gone` is called once, when it is closed and out of the document. Answers how to close it.
 *
 * The browser tells of a closed dialog a task later, and a key pressed meanwhile already reaches what is below: whoever
 * closes a dialog and opens it again at once would see it shut by its own late end. So nothing is left for later.
 */
export function showModal(dialog: HTMLDialogElement, gone: () => void): () => void {
  let over = false;
  const leave = (): void => {
    if (over) return;
    over = true;
    dialog.close();
    dialog.remove();
    gone();
  };
  // Escape, or a phone's way back; what is inside has events of the same name, such as a file that was not chosen.
  dialog.addEventListener('cancel', (event) => event.target === dialog && leave());
  dialog.addEventListener('close', leave);
  dialog.showModal();
  return leave;
}
