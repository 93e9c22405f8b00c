/**
 * The page's text for screen readers: the same semantic HTML that the server writes, out of sight. The words over the
 * picture are placed one by one, which no screen reader reads well; headings, paragraphs and lists it does.
 */

/** A hidden part that holds the fragment. Nothing in it takes focus: links over the picture do, where they can be seen. */
export function spokenText(fragment: string, language: string, addressOf: (page: number) => string): HTMLElement {
  const part = document.createElement('div');
  part.className = 'page-spoken';
  if (language !== 'und') part.lang = language;
  part.innerHTML = fragment;
  for (const link of part.querySelectorAll('a')) {
    const page = /^page:(\d+)$/.exec(link.getAttribute('href') ?? '');
    if (page) link.setAttribute('href', addressOf(Number(page[1])));
    link.tabIndex = -1;
  }
  for (const region of part.querySelectorAll('[role="region"]')) region.removeAttribute('tabindex');
  return part;
}
