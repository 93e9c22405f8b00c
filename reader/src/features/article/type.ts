/** How the text is set for this person: size, face, spacing, paper; kept on this device and shown at once. */

import bold from '@fontsource/opendyslexic/files/opendyslexic-latin-700-normal.woff2?url';
import boldItalic from '@fontsource/opendyslexic/files/opendyslexic-latin-700-italic.woff2?url';
import italic from '@fontsource/opendyslexic/files/opendyslexic-latin-400-italic.woff2?url';
import regular from '@fontsource/opendyslexic/files/opendyslexic-latin-400-normal.woff2?url';
import clearBold from '@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-700-normal.woff2?url';
import clearBoldItalic from '@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-700-italic.woff2?url';
import clearItalic from '@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-400-italic.woff2?url';
import clearRegular from '@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin-400-normal.woff2?url';

export const PAPERS = ['auto', 'light', 'sepia', 'dark', 'contrast'] as const;
export const FACES = ['serif', 'sans', 'clear', 'dyslexic'] as const;
export const LINES = ['tight', 'normal', 'loose'] as const;
export const WIDTHS = ['narrow', 'normal', 'wide'] as const;
export const LETTERS = ['normal', 'open', 'wide'] as const;
/** Percent of the usual size. */
export const SIZES = [80, 90, 100, 112, 125, 140, 160, 180, 200, 240] as const;

export interface Setting {
  readonly paper: (typeof PAPERS)[number];
  readonly face: (typeof FACES)[number];
  readonly lines: (typeof LINES)[number];
  readonly width: (typeof WIDTHS)[number];
  readonly letters: (typeof LETTERS)[number];
  readonly size: number;
  readonly justified: boolean;
}

export const USUAL: Setting = { paper: 'auto', face: 'serif', lines: 'normal', width: 'normal', letters: 'normal', size: 100, justified: false };

const KEY = 'masthead-type';
const FONTS: Readonly<Partial<Record<Setting['face'], { name: string; files: readonly (readonly [string, string, string])[] }>>> = {
  dyslexic: { name: 'OpenDyslexic', files: [[regular, '400', 'normal'], [italic, '400', 'italic'], [bold, '700', 'normal'], [boldItalic, '700', 'italic']] },
  clear: { name: 'Atkinson Hyperlegible', files: [[clearRegular, '400', 'normal'], [clearItalic, '400', 'italic'], [clearBold, '700', 'normal'], [clearBoldItalic, '700', 'italic']] },
};

let current: Setting | null = null;
const listeners = new Set<(setting: Setting) => void>();
const named = new Set<string>();

/** What was chosen on this device; what is damaged or unknown is as usual. */
export function setting(): Setting {
  current ??= read();
  return current;
}

/** Choose something; what hangs on it follows at once. */
export function choose(change: Partial<Setting>): void {
  current = checked({ ...setting(), ...change });
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A browser that keeps nothing still sets the text so until the page is left.
  }
  for (const listener of [...listeners]) listener(current);
}

/** The next size up (1) or down (-1). */
export function step(by: 1 | -1): void {
  const at = SIZES.findIndex((size) => size === setting().size);
  choose({ size: SIZES[Math.min(SIZES.length - 1, Math.max(0, at + by))]! });
}

/** Hear of every change until the answer is called. */
export function follow(listener: (setting: Setting) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Set an element so. A face of ours is asked for only now, and loaded by the browser where it is used. */
export function show(part: HTMLElement, { paper, face, lines, width, letters, size, justified }: Setting): void {
  const font = FONTS[face];
  if (font && !named.has(font.name)) {
    named.add(font.name);
    for (const [file, weight, style] of font.files) document.fonts.add(new FontFace(font.name, `url("${file}")`, { weight, style, display: 'swap' }));
  }
  Object.assign(part.dataset, { paper, face, lines, width, letters, justified: String(justified) });
  part.style.setProperty('--read-scale', String(size / 100));
}

function read(): Setting {
  try {
    return checked({ ...USUAL, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as object) });
  } catch {
    return USUAL;
  }
}

function checked(wanted: Setting): Setting {
  const known = <Value>(values: readonly Value[], value: Value, usual: Value): Value => (values.includes(value) ? value : usual);
  return {
    paper: known(PAPERS, wanted.paper, USUAL.paper),
    face: known(FACES, wanted.face, USUAL.face),
    lines: known(LINES, wanted.lines, USUAL.lines),
    width: known(WIDTHS, wanted.width, USUAL.width),
    letters: known(LETTERS, wanted.letters, USUAL.letters),
    size: known<number>(SIZES, wanted.size, USUAL.size),
    justified: wanted.justified === true,
  };
}
