/** Annotations as Markdown, in the order of the pages: to be read, printed and put into other programs. Pure. */

import type { Kept } from '../../../book/annotations';

export interface Wording {
  readonly title: string;
  page(number: number): string;
  address(number: number): string;
  readonly kinds: Readonly<Record<'bookmark' | 'drawing' | 'unplaced', string>>;
}

/** One section for each page. */
export function markdownOf(kept: readonly Kept[], words: Wording): string {
  const parts = [`# ${escaped(words.title)}`];
  let page = -1;
  for (const { content } of kept) {
    const { locator } = content;
    const here = locator.unplaced === undefined ? locator.page : 0;
    if (here !== page) parts.push(here ? `## [${escaped(words.page(here))}](${words.address(here)})` : `## ${escaped(words.kinds.unplaced)}`);
    page = here;
    if (content.kind === 'highlight') parts.push(quoted(locator.quote?.exact ?? ''));
    if (content.kind === 'bookmark') parts.push(`- ${escaped(words.kinds.bookmark)}`);
    if (content.kind === 'drawing') parts.push(`- ${escaped(words.kinds.drawing)}`);
    if (content.text?.trim()) parts.push(escaped(content.text.trim()));
  }
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

const quoted = (text: string): string => escaped(text).split('\n').map((line) => `> ${line}`).join('\n');

/** Text that Markdown takes for text, also at the beginning of lines. */
const escaped = (text: string): string =>
  text.replace(/([\\`*_[\]<>])/g, '\\$1').replace(/^(\s*)([#>+-]|\d+[.)])(?=\s)/gm, '$1\\$2');
