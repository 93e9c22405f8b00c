/**
 * Finds annotations again after the edition was replaced, by their words: on the page where they stood, then on the pages
 * around it, then anywhere. What a signed-in person has is placed by the server too, which also finds changed words.
 */

import { searchWords, textOf } from '../../../book/words';
import type { Annotation, Locator, Span } from '../../../contract/annotation';
import type { PageFile, SearchChunk } from '../../../contract/page';
import { locatorOf, type Setting } from './locating';

/** What finding needs beside the pages. */
export interface Text extends Setting {
  chunks: number;
  chunk(number: number): Promise<SearchChunk>;
}

const LEFT_OUT = /[\s\u00ad\u200b-\u200d-]+/gu;
const SAME: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '–': '', '—': '', '‐': '' };

/** A text without what depends on how it was set. */
export const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’‘“”„«»–—‐]/gu, (sign) => SAME[sign] ?? sign).replace(LEFT_OUT, '');

/** The annotation where it belongs in this build: moved to its words, or marked as not placed. It may be the same. */
export async function placed(annotation: Annotation, text: Text): Promise<Annotation> {
  const { locator } = annotation;
  if (locator.build === text.build && locator.unplaced !== undefined) {
    const { unplaced, ...back } = locator; // back where it was made
    void unplaced;
    return { ...annotation, locator: back };
  }
  if (locator.build === text.build || locator.unplaced === text.build || locator.withheld) return annotation;
  const found = locator.quote ? await find(locator, text) : null;
  if (found) return moved(annotation, { ...found, quote: { ...found.quote!, ...locator.quote!, position: found.quote!.position! } });
  // Without words there is only the page: while there is one, it is the best that can be said.
  if (!locator.quote && locator.page <= text.pages) return { ...annotation, locator: { ...locator, build: text.build } };
  return { ...annotation, locator: { ...locator, unplaced: text.build } };
}

/** Pins and strokes go along with the words beside which they stood. */
export function moved(annotation: Annotation, to: Locator): Annotation {
  const from = annotation.locator.places[0]?.boxes[0];
  const target = to.places[0]?.boxes[0];
  const rest: Annotation = { ...annotation, locator: to };
  if (!from || !target) return rest;
  const [across, down] = [target[0] - from[0], target[1] - from[1]];
  const inside = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
  if (annotation.at) rest.at = [inside(annotation.at[0] + across), inside(annotation.at[1] + down)];
  if (annotation.strokes) {
    rest.strokes = annotation.strokes.map((stroke) => ({
      ...stroke,
      points: stroke.points.map((value, index) => (index % 3 === 2 ? value : Math.round((value + (index % 3 ? down : across)) * 1e4) / 1e4)),
    }));
  }
  return rest;
}

async function find(locator: Locator, text: Text): Promise<Locator | null> {
  const wanted = plain(locator.quote!.exact);
  if (!wanted) return null;
  const around = [plain(locator.quote!.prefix ?? ''), plain(locator.quote!.suffix ?? '')] as const;
  let best: { page: number; from: number; score: number } | null = null;
  for (let chunk = 1; chunk <= text.chunks; chunk += 1) {
    const { pages } = await text.chunk(chunk);
    for (const { number, text: words } of pages) {
      const here = plain(words);
      for (let at = here.indexOf(wanted); at >= 0; at = here.indexOf(wanted, at + 1)) {
        const near = 1 - Math.abs(number - locator.page) / Math.max(1, text.pages);
        const score = alike(around[0], here.slice(0, at), true) + alike(around[1], here.slice(at + wanted.length), false) + near / 4;
        if (!best || score > best.score) best = { page: number, from: at, score };
      }
    }
  }
  if (!best) return null;
  return locatorOf(text, spansAt(await text.page(best.page), best.from, wanted.length));
}

/** How much of the surroundings touches the quote unchanged, from 0 to 1. */
function alike(wanted: string, found: string, before: boolean): number {
  if (!wanted) return 0;
  let touching = 0;
  while (touching < wanted.length && (before ? wanted.at(-1 - touching) === found.at(-1 - touching) : wanted[touching] === found[touching])) touching += 1;
  return touching / wanted.length;
}

/** The spans of so many characters of a page's plain text. */
function spansAt(file: PageFile, from: number, length: number): Span[] {
  const spans: Span[] = [];
  let passed = 0;
  for (const { block, from: start, to } of searchWords(file.blocks)) {
    const size = plain(sliceOf(block, start, to)).length;
    if (passed + size > from && passed < from + length) {
      const last = spans.at(-1);
      if (last?.block === block.id) last.to = to;
      else spans.push({ block: block.id, from: start, to });
    }
    passed += size;
  }
  return spans;
}

const texts = new WeakMap<object, string>();
function sliceOf(block: PageFile['blocks'][number], from: number, to: number): string {
  let text = texts.get(block);
  if (text === undefined) {
    text = textOf(block);
    texts.set(block, text);
  }
  return text.slice(from, to);
}
