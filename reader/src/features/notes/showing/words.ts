/** What is said of annotations, in the list, on the page and to screen readers alike. */

import type { Kept } from '../../../book/annotations';
import type { Annotation, Stroke } from '../../../contract/annotation';
import { mark, t, tn } from '../../../strings';

export const COLOUR_NAMES: Readonly<Record<NonNullable<Annotation['colour']>, string>> = {
  yellow: mark('Yellow'),
  green: mark('Green'),
  blue: mark('Blue'),
  pink: mark('Pink'),
};

export const INK_NAMES: Readonly<Record<Stroke['colour'], string>> = {
  black: mark('Black'),
  red: mark('Red'),
  blue: mark('Blue'),
  green: mark('Green'),
};

const LONG = 160;

/** The words of an annotation in one line: the reader's own first, else those that are quoted. */
export function summary({ content }: Kept): string {
  const own = content.text?.trim();
  if (own) return shortened(own);
  if (content.kind === 'drawing') return tn('{count} line', '{count} lines', content.strokes?.length ?? 0);
  return shortened(content.locator.quote?.exact ?? '');
}

/** What it is, with its words: "Note: Look here". */
export function spoken(kept: Kept): string {
  const { kind, colour } = kept.content;
  const words = summary(kept);
  switch (kind) {
    case 'bookmark':
      return t('Bookmark');
    case 'drawing':
      return `${t('Drawing')}: ${words}`;
    case 'note':
      return `${t('Note')}: ${words || t('empty')}`;
    case 'highlight':
      return `${t('Highlight')}, ${t(COLOUR_NAMES[colour ?? 'yellow'])}: ${shortened(kept.content.locator.quote?.exact ?? '')}${kept.content.text ? `. ${t('Note')}: ${shortened(kept.content.text)}` : ''}`;
  }
}

export const shortened = (text: string, longest = LONG): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).trimEnd()}…` : line;
};
