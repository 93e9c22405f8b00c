/** What leaves and comes in: Web Annotations of all shapes, Markdown that stays text, hand-drawn lines. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Kept } from '../../../src/book/annotations';
import { markdownOf } from '../../../src/features/notes/leaving/markdown';
import { annotationsIn, collectionOf } from '../../../src/features/notes/leaving/web_annotation';
import { pathOf, strokesAt, thinned } from '../../../src/features/notes/showing/ink';

const NOW = '2026-11-28T12:00:00.000Z';
const edition = { title: 'Fathom 12', address: 'https://example.org/fathom/no-12/', ratio: () => 1.25 };
const moments = { created: '2026-01-01T00:00:00Z', changed: '2026-01-02T00:00:00Z' };
const locator = { build: 'b', page: 12, places: [{ page: 12, boxes: [[0.1, 0.2, 0.5, 0.22] as [number, number, number, number]] }], spans: [{ block: 'p12-b3', from: 0, to: 5 }], quote: { exact: 'speak low', prefix: 'fog, ', suffix: '. In', position: 0.4 } };
const ALL: Kept[] = [
  { id: '6f1c2f6e-6d4f-4b52-9f0a-0a3f6b1c2d3e', content: { kind: 'highlight', colour: 'green', text: 'True.', locator, ...moments } },
  { id: 'b-mark-0001', content: { kind: 'bookmark', locator, ...moments } },
  { id: 'note-000001', content: { kind: 'note', text: '*Look*', at: [0.25, 0.5], locator, ...moments } },
  { id: 'draw-000001', content: { kind: 'drawing', strokes: [{ id: 'one1', colour: 'red', width: 0.004, points: [0.1, 0.1, 0.5, 0.2, 0.2, 0.5] }], locator, ...moments } },
];

describe('Web Annotations', () => {
  it('go out by the model and come back the same', () => {
    const out = collectionOf(ALL, edition) as { first: { items: Record<string, unknown>[] }; total: number };
    expect(out.total).toBe(4);
    const [first, , , drawing] = out.first.items as [Record<string, unknown>, unknown, unknown, Record<string, unknown>];
    expect(first).toMatchObject({
      id: 'urn:uuid:6f1c2f6e-6d4f-4b52-9f0a-0a3f6b1c2d3e', type: 'Annotation', motivation: 'highlighting', created: '2026-01-01T00:00:00Z', modified: '2026-01-02T00:00:00Z',
      body: [{ type: 'TextualBody', value: 'True.', purpose: 'commenting' }],
      target: { type: 'SpecificResource', source: 'https://example.org/fathom/no-12/page/12', styleClass: 'green', selector: [
        { type: 'TextQuoteSelector', exact: 'speak low', prefix: 'fog, ', suffix: '. In' },
        { type: 'FragmentSelector', conformsTo: 'http://www.w3.org/TR/media-frags/', value: 'xywh=percent:10,20,40,2' },
      ] },
    });
    expect(JSON.stringify(drawing.target)).toContain('SvgSelector');
    expect(annotationsIn(JSON.stringify(out), NOW)).toEqual(ALL);
  });

  // The shapes of the examples in the W3C's recommendation, in words of our own.
  it.each([
    ['a body and a target by address', { '@context': 'http://www.w3.org/ns/anno.jsonld', id: 'http://example.org/anno1', type: 'Annotation', body: 'http://example.org/post1', target: 'http://example.com/page/3' }, { kind: 'note', text: '', page: 3 }],
    ['a body of words', { type: 'Annotation', bodyValue: 'Comment text', target: 'http://example.org/target1' }, { kind: 'note', text: 'Comment text', page: 1 }],
    ['HTML', { type: 'Annotation', body: { type: 'TextualBody', value: '<p>j&#39;adore !</p>', format: 'text/html', language: 'fr' }, target: 'http://example.org/photo1' }, { kind: 'note', text: "j'adore !", page: 1 }],
    ['several bodies and a choice', { type: 'Annotation', body: [{ type: 'TextualBody', purpose: 'tagging', value: 'love' }, { type: 'Choice', items: [{ type: 'TextualBody', value: 'one' }, { type: 'TextualBody', value: 'two' }] }], target: 'x' }, { kind: 'note', text: 'one\n\ntwo', page: 1 }],
    ['a quote', { type: 'Annotation', motivation: 'highlighting', target: { source: 'http://example.org/page1', selector: { type: 'TextQuoteSelector', exact: 'anotation', prefix: 'this is an ', suffix: ' that has some' } } }, { kind: 'highlight', page: 1 }],
    ['a quote that refines', { type: 'Annotation', target: { source: { id: 'http://example.org/page/7' }, selector: { type: 'FragmentSelector', value: 'para5', refinedBy: { type: 'TextQuoteSelector', exact: 'Selected Text' } } } }, { kind: 'highlight', page: 7 }],
    ['a part of a picture', { type: 'Annotation', motivation: 'commenting', body: { value: 'here' }, target: { source: 'i', selector: { type: 'FragmentSelector', value: 'xywh=percent:20,30,5,5' } } }, { kind: 'note', text: 'here', page: 1, at: [0.2, 0.3] }],
    ['a bookmark', { type: 'Annotation', motivation: 'bookmarking', body: [{ type: 'TextualBody', value: 'readme', purpose: 'tagging' }], target: 'http://example.com/page/9' }, { kind: 'bookmark', page: 9 }],
    ['a tool of older days', { '@type': 'oa:Annotation', '@id': 'u', target: 'x', body: { chars: 'old' } }, { kind: 'note', text: 'old', page: 1 }],
  ])('come in with %s', (_, json, { page, ...wanted }) => {
    const [kept] = annotationsIn(JSON.stringify(json), NOW);
    expect(kept!.content).toMatchObject(wanted);
    expect(kept!.content.locator.page).toBe(page);
    expect(kept!.id).toMatch(/^[A-Za-z0-9_-]{8,40}$/);
    expect(annotationsIn(JSON.stringify(json), NOW)[0]!.id).toBe(kept!.id); // the same each time
  });

  it('come in from pages, collections, lists and graphs', () => {
    const one = { type: 'Annotation', bodyValue: 'x', target: 'y' };
    for (const all of [[one, one], { type: 'AnnotationPage', items: [one, one] }, { type: 'AnnotationCollection', first: { items: [one, one] } }, { '@graph': [one, one] }]) {
      expect(annotationsIn(JSON.stringify(all), NOW)).toHaveLength(2);
    }
  });

  it.each([
    ['targets that belong together', { type: 'Annotation', motivation: 'commenting', body: { type: 'TextualBody', value: 'together' }, target: { type: 'Composite', items: ['http://example.com/page1', 'http://example.org/page6'] } }],
    ['selectors and states by address', { type: 'Annotation', body: { source: 'http://example.org/page1', selector: 'http://example.org/s1' }, target: { source: 'http://example.com/data', selector: 'http://example.org/s2', state: { id: 'http://example.org/state1' } } }],
    ['positions, ranges and drawings', { type: 'Annotation', target: [{ source: 'http://example.org/e', selector: [{ type: 'TextPositionSelector', start: 412, end: 795 }, { type: 'RangeSelector', startSelector: { type: 'XPathSelector', value: '//td[2]' }, endSelector: null }, { type: 'SvgSelector', value: '<svg:svg/>' }] }] }],
    ['motivations and targets in lists', { '@type': ['oa:Annotation'], motivation: ['assessing', 'bookmarking'], target: ['http://example.org/page/4', 'http://example.org/i2'] }],
  ])('never stumble over %s', (_, json) => {
    const [kept] = annotationsIn(JSON.stringify(json), NOW);
    expect(kept!.content.locator.page).toBeGreaterThan(0);
    expect(JSON.parse(kept!.content.foreign!)).toEqual(json);
  });

  it('keep what we do not know of them', () => {
    const json = { id: 'http://example.org/anno9', type: 'Annotation', motivation: 'assessing', creator: { name: 'A. Reader' }, rights: 'https://creativecommons.org/publicdomain/zero/1.0/', bodyValue: 'fine', target: 'http://example.org/page/2' };
    const kept = annotationsIn(JSON.stringify(json), NOW);
    const [again] = (collectionOf(kept, edition) as { first: { items: unknown[] } }).first.items;
    expect(again).toMatchObject({ id: 'http://example.org/anno9', motivation: 'assessing', creator: { name: 'A. Reader' }, rights: json.rights });
  });

  it('are refused only as a whole', () => {
    expect(() => annotationsIn('{"a": 1}', NOW)).toThrow();
    expect(() => annotationsIn('nothing', NOW)).toThrow();
    expect(() => annotationsIn('[{"type": {"toString": 1}, "target": {"id": {"valueOf": 0}}}]', NOW)).not.toThrow(TypeError);
    fc.assert(fc.property(fc.array(fc.dictionary(fc.constantFrom('type', 'target', 'body', 'selector', 'motivation', 'created'), fc.jsonValue())), (items) => {
      try {
        for (const { id, content } of annotationsIn(JSON.stringify(items), NOW)) expect(id && content.locator.page >= 1 && content.created).toBeTruthy();
      } catch (error) {
        expect((error as Error).message).toBe('no annotations');
      }
    }));
  });
});

describe('Markdown', () => {
  it('is in the order of pages, and words stay words', () => {
    const text = markdownOf(ALL, { title: 'Fathom [12]', page: (number) => `Page ${number}`, address: (number) => `https://example.org/page/${number}`, kinds: { bookmark: 'Bookmark', drawing: 'Drawing', unplaced: 'Lost' } });
    expect(text).toContain('# Fathom \\[12\\]\n\n## [Page 12](https://example.org/page/12)\n\n> speak low\n\nTrue.\n\n- Bookmark');
    expect(text).toContain('\\*Look\\*');
    expect(text.match(/## /g)).toHaveLength(1);
  });
});

describe('lines', () => {
  it('are thinned without leaving their way', () => {
    const curve = Array.from({ length: 200 }, (_, at) => [at / 200, 0.5 + 0.2 * Math.sin(at / 20), 0.5]).flat();
    const few = thinned(curve);
    expect(few.length).toBeLessThan(curve.length / 3);
    for (let at = 0; at < curve.length; at += 3) expect(strokesAt([{ id: 'one1', colour: 'red', width: 0, points: few }], curve[at]!, curve[at + 1]!, 0.002)).toHaveLength(1);
  });

  it('are hit by the eraser where they run, and a dot where it is', () => {
    const strokes = [{ id: 'line', colour: 'red' as const, width: 0.01, points: [0.1, 0.1, 1, 0.5, 0.1, 1] }, { id: 'dot1', colour: 'blue' as const, width: 0.01, points: [0.8, 0.8, 1] }];
    const hit = (x: number, y: number): string[] => strokesAt(strokes, x, y, 0.01).map(({ id }) => id);
    expect(hit(0.3, 0.105)).toEqual(['line']);
    expect(hit(0.8, 0.79)).toEqual(['dot1']);
    expect(hit(0.3, 0.3)).toEqual([]);
    expect(pathOf([0.5, 0.5, 1], 1)).toContain('l0.1 0');
  });
});
