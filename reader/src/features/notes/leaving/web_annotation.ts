/**
 * Annotations as the W3C's Web Annotation Data Model has them (https://www.w3.org/TR/annotation-model/), out and in.
 * In comes whatever follows the model; what we do not know of it is kept and goes out again. Pure.
 */

import type { Kept } from '../../../book/annotations';
import type { Annotation, Locator, Quote } from '../../../contract/annotation';
import { pathOf } from '../showing/ink';

export const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';
const OWN_CONTEXT = { 'masthead': 'urn:masthead:terms#', 'masthead:content': { '@type': '@json' } } as const;
const OWN = 'masthead:content';
const LONGEST_FOREIGN = 7800;
const LONGEST_TEXT = 10_000;
const MOTIVES: Readonly<Record<Annotation['kind'], string>> = { bookmark: 'bookmarking', highlight: 'highlighting', note: 'commenting', drawing: 'describing' };

type Json = Record<string, unknown>;

export interface Edition {
  readonly title: string;
  /** The edition's own address, with a slash at its end. */
  readonly address: string;
  /** Height by width of a page. */
  ratio(page: number): number;
}

/** All annotations as one collection. */
export function collectionOf(kept: readonly Kept[], edition: Edition): Json {
  return {
    '@context': [CONTEXT, OWN_CONTEXT],
    id: `${edition.address}#annotations`,
    type: 'AnnotationCollection',
    label: edition.title,
    total: kept.length,
    first: { type: 'AnnotationPage', startIndex: 0, items: kept.map((each) => annotationOf(each, edition)) },
  };
}

function annotationOf({ id, content }: Kept, edition: Edition): Json {
  const { foreign, ...own } = content;
  const known = parsed(foreign);
  const body = content.text ? [{ type: 'TextualBody', value: content.text, format: 'text/plain', purpose: content.kind === 'bookmark' ? 'describing' : 'commenting' }] : [];
  return {
    ...known,
    id: typeof known.id === 'string' ? known.id : nameOut(id),
    type: 'Annotation',
    motivation: known.motivation ?? MOTIVES[content.kind],
    created: content.created,
    modified: content.changed,
    ...(body.length ? { body: known.body && !textOf(known.body) ? [...listOf(known.body), ...body] : body } : known.body ? { body: known.body } : {}),
    target: targetOf(content, edition),
    [OWN]: own,
  };
}

function targetOf({ locator, colour, at, strokes }: Annotation, edition: Edition): Json {
  const selectors: Json[] = [];
  const { quote } = locator;
  if (quote?.exact) {
    selectors.push({ type: 'TextQuoteSelector', exact: quote.exact, ...(quote.prefix ? { prefix: quote.prefix } : {}), ...(quote.suffix ? { suffix: quote.suffix } : {}) });
  }
  const box = at ? [at[0], at[1], at[0], at[1]] : locator.places[0] && frame(locator.places[0].boxes);
  if (box) {
    const [x, y, w, h] = [box[0]!, box[1]!, box[2]! - box[0]!, box[3]! - box[1]!].map((value) => Math.round(value * 1e4) / 100);
    selectors.push({ type: 'FragmentSelector', conformsTo: 'http://www.w3.org/TR/media-frags/', value: `xywh=percent:${x},${y},${w},${h}` });
  }
  if (strokes?.length) {
    const ratio = edition.ratio(locator.page);
    const paths = strokes.map((stroke) => `<path d="${pathOf(stroke.points, ratio)}" fill="none" stroke="${stroke.colour}" stroke-width="${(stroke.width * 1000).toFixed(2)}"/>`);
    selectors.push({ type: 'SvgSelector', value: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 ${Math.round(1000 * ratio)}">${paths.join('')}</svg>` });
  }
  return {
    type: 'SpecificResource',
    source: `${edition.address}page/${locator.page}`,
    ...(colour ? { styleClass: colour } : {}),
    ...(selectors.length ? { selector: selectors.length === 1 ? selectors[0] : selectors } : {}),
  };
}

function frame(boxes: readonly (readonly number[])[]): number[] | null {
  if (!boxes.length) return null;
  const of = (at: number, pick: (...values: number[]) => number): number => pick(...boxes.map((box) => box[at]!));
  return [of(0, Math.min), of(1, Math.min), of(2, Math.max), of(3, Math.max)];
}

/** The annotations in a JSON text; thrown where it holds none. `now` dates what has no date. */
export function annotationsIn(text: string, now: string): Kept[] {
  const found = itemsOf(JSON.parse(text) as unknown).map((item, at) => annotationIn(item, now, at));
  const kept = found.filter((each) => each !== null);
  if (!kept.length) throw new Error('no annotations');
  return kept;
}

/** Annotations stand alone, in lists, in pages, in collections of pages, in graphs. */
function itemsOf(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(itemsOf);
  if (typeof value !== 'object' || !value) return [];
  const json = value as Json;
  if (typesOf(json).includes('Annotation') || 'target' in json) return [json];
  return ['items', 'first', '@graph', 'resources', 'rows'].flatMap((name) => itemsOf(json[name]));
}

function annotationIn(item: Json, now: string, at: number): Kept | null {
  const id = nameIn(item.id ?? item['@id'], item, at);
  const { [OWN]: own, ...rest } = item;
  const ours = ownContent(own);
  if (ours) return { id, content: ours };
  const target = listOf(item.target)[0];
  const source = sourceOf(target);
  const text = textOf(item.body ?? item.bodyValue ?? item.text).slice(0, LONGEST_TEXT);
  const quote = quoteIn(target);
  const kind = kindOf(listOf(item.motivation), quote, text);
  const page = Math.max(1, Number(/\/page\/(\d{1,6})/.exec(source)?.[1] ?? 1));
  const locator: Locator = { build: '', page, places: [], spans: [], ...(quote ? { quote } : {}) };
  const foreign = JSON.stringify(rest);
  return {
    id,
    content: {
      kind,
      locator,
      ...(kind === 'highlight' ? { colour: colourIn(target) } : {}),
      ...(kind === 'note' ? { at: pointIn(target) } : {}),
      ...(text || kind === 'note' ? { text } : {}),
      created: momentIn(item.created, now),
      changed: momentIn(item.modified ?? item.created, now),
      ...(foreign.length <= LONGEST_FOREIGN ? { foreign } : {}),
    },
  };
}

/** What we wrote ourselves; null for anything else. The server checks it once more. */
function ownContent(value: unknown): Annotation | null {
  const content = value as Annotation | null;
  const fine = content && typeof content === 'object' && content.kind in MOTIVES && typeof content.locator?.page === 'number' && Array.isArray(content.locator.spans) && Array.isArray(content.locator.places);
  return fine ? content : null;
}

function kindOf(motives: readonly unknown[], quote: Quote | null, text: string): Annotation['kind'] {
  if (motives.includes('bookmarking')) return 'bookmark';
  if (quote) return 'highlight';
  return text || !motives.includes('highlighting') ? 'note' : 'bookmark';
}

/** The words of a body in any of its forms; "" where it has none. HTML loses its tags. */
function textOf(body: unknown): string {
  if (typeof body === 'string') return /^https?:\S+$/.test(body) ? '' : body;
  if (Array.isArray(body)) return body.map(textOf).filter(Boolean).join('\n\n');
  if (typeof body !== 'object' || !body) return '';
  const json = body as Json;
  if (json.purpose === 'tagging') return '';
  const value = json.value ?? json['rdf:value'] ?? json.chars;
  if (typeof value === 'string') return json.format === 'text/html' ? plainOf(value) : value;
  return textOf(json.items ?? json.item ?? json.source ?? '');
}

const plainOf = (html: string): string =>
  html.replace(/<(br|\/p|\/li|\/h\d)\b[^>]*>/gi, '\n').replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? '').trim();

/** The quote among a target's selectors, also where one refines another. */
function quoteIn(target: unknown): Quote | null {
  for (const selector of selectorsOf(target)) {
    if (!typesOf(selector).includes('TextQuoteSelector') || typeof selector.exact !== 'string' || !selector.exact.trim()) continue;
    const short = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 200) : '');
    return { exact: selector.exact.slice(0, 12_000), prefix: short(selector.prefix), suffix: short(selector.suffix) };
  }
  return null;
}

function pointIn(target: unknown): [number, number] {
  for (const { value } of selectorsOf(target)) {
    const found = /xywh=percent:([\d.]+),([\d.]+)/.exec(wordOf(value));
    if (found) return [Math.min(1, Number(found[1]) / 100), Math.min(1, Number(found[2]) / 100)];
  }
  return [0.5, 0.3];
}

function selectorsOf(target: unknown): Json[] {
  if (typeof target !== 'object' || !target) return [];
  const walk = (value: unknown): Json[] => listOf(value).flatMap((each) => (typeof each === 'object' && each ? [each as Json, ...walk((each as Json).refinedBy), ...walk((each as Json).items)] : []));
  return walk((target as Json).selector);
}

function sourceOf(target: unknown): string {
  if (typeof target === 'string') return target;
  const { source, id } = (target ?? {}) as Json;
  if (typeof source === 'string') return source;
  return typeof source === 'object' && source ? wordOf((source as Json).id) : wordOf(id);
}

function colourIn(target: unknown): NonNullable<Annotation['colour']> {
  const name = typeof target === 'object' && target ? wordOf((target as Json).styleClass) : '';
  return (['yellow', 'green', 'blue', 'pink'] as const).find((colour) => name.includes(colour)) ?? 'yellow';
}

/** Text as it is; anything else in its place says nothing. An object of somebody's file is never asked for its own text. */
const wordOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const typesOf = (json: Json): readonly unknown[] => listOf(json.type ?? json['@type']).map((type) => wordOf(type).replace(/^oa:/, ''));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);

/** A moment as we write it: in UTC, without what comes after milliseconds. */
function momentIn(value: unknown, now: string): string {
  const date = new Date(typeof value === 'string' ? value : Number.NaN);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1000 || date.getUTCFullYear() > 9999 ? now : date.toISOString();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const nameOut = (id: string): string => (UUID.test(id) ? `urn:uuid:${id}` : `urn:masthead:annotation:${id}`);

/** The same annotation gets the same name each time, so that it is not there twice. */
function nameIn(id: unknown, item: Json, at: number): string {
  const own = /^urn:(?:uuid|masthead:annotation):([A-Za-z0-9_-]{8,40})$/.exec(wordOf(id))?.[1];
  return own ?? `in-${hash(typeof id === 'string' && id ? id : `${at} ${JSON.stringify(item)}`)}`;
}

/** Sixteen characters for a text (FNV-1a, twice); only to know it again. */
function hash(text: string): string {
  const round = (seed: number): string => {
    let value = seed;
    for (const sign of text) value = Math.imul(value ^ sign.codePointAt(0)!, 16_777_619) >>> 0;
    return value.toString(16).padStart(8, '0');
  };
  return round(2_166_136_261) + round(84_696_351);
}

function parsed(foreign: string | undefined): Json {
  try {
    return foreign ? (JSON.parse(foreign) as Json) : {};
  } catch {
    return {};
  }
}
