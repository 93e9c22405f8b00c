/** What the publisher laid on pages, and links that lead elsewhere than the PDF says: pure, no DOM. */

import type { LaidFile, LinkChangeEntry, OverlayEntry } from '../contract/overlays';
import type { LinkEntry, PageFile } from '../contract/page';

export const NOTHING: LaidFile = { overlays: [], links: [] };

export const overlaysOn = (laid: LaidFile, pages: readonly number[]): OverlayEntry[] =>
  laid.overlays.filter((one) => pages.includes(one.page));

/** The same with whole addresses: in a folder of files they are relative to the file that names them. */
export function settled(laid: LaidFile, base: string): LaidFile {
  const whole = (address: string): string => new URL(address, base).href;
  return {
    links: laid.links,
    overlays: laid.overlays.map((one) => {
      const made: OverlayEntry = { ...one };
      for (const name of ['address', 'src', 'poster', 'captions', 'embed'] as const) {
        const given = made[name];
        if (given) made[name] = whole(given);
      }
      if (one.pictures) made.pictures = one.pictures.map((picture) => ({ ...picture, src: whole(picture.src) }));
      return made;
    }),
  };
}

/** A page whose links lead where the publisher wants them; those that are switched off are gone. */
export function withChangedLinks(page: PageFile, laid: LaidFile): PageFile {
  const changes = laid.links.filter((change) => change.page === page.number);
  if (changes.length === 0) return page;
  const links = page.links.flatMap((link): LinkEntry[] => {
    const change = changes.find((one) => one.kind === link.kind && one.target === link.target && one.text === link.text);
    if (!change) return [link];
    return change.to ? [{ ...link, target: change.to }] : [];
  });
  return { ...page, links };
}

const ANCHOR = /<a\b([^>]*?)\shref="([^"]*)"([^>]*)>([\s\S]*?)<\/a>/g;

/** The same in a fragment of HTML that the build has escaped, such as a page's or an article's text. */
export function withChangedAnchors(fragment: string, pages: readonly number[], laid: LaidFile): string {
  const changes = laid.links.filter((change) => pages.includes(change.page));
  if (changes.length === 0) return fragment;
  return fragment.replace(ANCHOR, (whole, before: string, href: string, after: string, words: string) => {
    const change = changeOf(unescaped(href).replace(/^page:/, ''), unescaped(words.replace(/<[^>]*>/g, '')), changes);
    if (!change) return whole;
    if (!change.to) return words;
    const to = /^\d+$/.test(change.to) ? `page:${change.to}` : escaped(change.to);
    return `<a${before} href="${to}"${after}>${words}</a>`;
  });
}

function changeOf(target: string, words: string, changes: readonly LinkChangeEntry[]): LinkChangeEntry | undefined {
  return changes.find((one) => one.target === target && (!one.text || !words || alike(one.text, words)));
}

/** A link that is set over two lines is two anchors, each with a part of its words. */
function alike(kept: string, words: string): boolean {
  const [one, other] = [kept.replace(/\s/g, ''), words.replace(/\s/g, '')];
  return one.includes(other) || other.includes(one);
}

const SIGNS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#34;': '"', '&#39;': "'", '&#x27;': "'" };
const unescaped = (text: string): string => text.replace(/&(amp|lt|gt|quot|#34|#39|#x27);/g, (sign) => SIGNS[sign]!);
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);
