/** Overlays and changed links, as the reader is told of them. */

import { describe, expect, it } from 'vitest';
import { NOTHING, overlaysOn, settled, withChangedAnchors, withChangedLinks } from '../../src/book/overlays';
import type { LaidFile, LinkChangeEntry } from '../../src/contract/overlays';
import type { PageFile } from '../../src/contract/page';

const change = (more: Partial<LinkChangeEntry>): LinkChangeEntry => ({ page: 2, kind: 'web', target: 'https://old.example/', text: 'our shop', to: '', ...more });
const laid = (...links: LinkChangeEntry[]): LaidFile => ({ overlays: [], links });
const link = { box: [0, 0, 10, 10], kind: 'web', target: 'https://old.example/', text: 'our shop' };
const page = { number: 2, width: 100, height: 100, blocks: [], links: [link, { ...link, target: 'https://kept.example/' }], figures: [] } as unknown as PageFile;

describe('links of a page', () => {
  it('stay as they are where nothing was changed', () => {
    expect(withChangedLinks(page, NOTHING)).toBe(page);
    expect(withChangedLinks(page, laid(change({ page: 3 })))).toBe(page);
    expect(withChangedLinks(page, laid(change({ text: 'another' }))).links).toHaveLength(2);
  });
  it('are gone where they are switched off, and lead elsewhere where they were corrected', () => {
    expect(withChangedLinks(page, laid(change({}))).links.map((one) => one.target)).toEqual(['https://kept.example/']);
    expect(withChangedLinks(page, laid(change({ to: 'https://new.example/' }))).links[0]!.target).toBe('https://new.example/');
  });
});

describe('links in the text', () => {
  const fragment = '<p>See <a class="x" href="https://old.example/">our <b>shop</b></a> or <a href="page:3">page 3</a>.</p>';
  it('are words again where they are switched off', () => {
    expect(withChangedAnchors(fragment, [2], laid(change({})))).toBe('<p>See our <b>shop</b> or <a href="page:3">page 3</a>.</p>');
    expect(withChangedAnchors(fragment, [1], laid(change({})))).toBe(fragment);
  });
  it('lead elsewhere, escaped', () => {
    const made = withChangedAnchors(fragment, [2], laid(change({ to: 'https://new.example/?a=1&b="' })));
    expect(made).toContain('<a class="x" href="https://new.example/?a=1&amp;b=&quot;">our <b>shop</b></a>');
  });
  it('to pages lead to other pages', () => {
    expect(withChangedAnchors(fragment, [2], laid(change({ kind: 'page', target: '3', text: 'page 3', to: '5' })))).toContain('<a href="page:5">page 3</a>');
  });
  it('set over two lines are both changed', () => {
    const two = '<a href="https://old.example/">our</a> <a href="https://old.example/">shop</a>';
    expect(withChangedAnchors(two, [2], laid(change({})))).toBe('our shop');
  });
});

describe('overlays', () => {
  const one = { id: 'a', kind: 'gallery' as const, page: 1, area: [0, 0, 1, 1] as [number, number, number, number], title: 'A', pictures: [{ src: './overlays/files/a.webp', alt: 'a', width: 1, height: 1 }] };
  it('have whole addresses', () => {
    const made = settled({ overlays: [one], links: [] }, 'https://a.example/issue/overlays.json');
    expect(made.overlays[0]!.pictures![0]!.src).toBe('https://a.example/issue/overlays/files/a.webp');
    const mail = settled({ overlays: [{ ...one, kind: 'link', address: 'mailto:a@b.example' }], links: [] }, 'https://a.example/');
    expect(mail.overlays[0]!.address).toBe('mailto:a@b.example');
  });
  it('are those of the pages asked for', () => {
    expect(overlaysOn({ overlays: [one, { ...one, id: 'b', page: 2 }], links: [] }, [2, 3]).map((each) => each.id)).toEqual(['b']);
  });
});
