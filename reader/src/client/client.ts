/** Fetches what the folder holds: manifest, page files, search text; knows the addresses of pictures. */

import type { ArticleEntry, Manifest } from '../contract/manifest';
import { NOTHING, settled, withChangedAnchors, withChangedLinks } from '../book/overlays';
import type { LaidFile } from '../contract/overlays';
import type { PageFile, SearchChunk } from '../contract/page';

export class GoneError extends Error {}
/** It is there, but not for this reader, or not any more. */
export class ClosedError extends Error {}

export interface Client {
  readonly base: string;
  /** Address of a page's picture of a nominal width. */
  picture(page: number, width: number): string;
  /** Address of a sharp tile; null where the folder is served without them. */
  tile(page: number, width: number, column: number, row: number): string | null;
  /** What lies on the pages, fetched once; nothing where nothing does or it cannot be had. */
  laid(): Promise<LaidFile>;
  /** Words and links of a page, fetched once. */
  page(number: number): Promise<PageFile>;
  /** The page's text as a fragment of semantic HTML that the build has escaped. */
  fragment(number: number): Promise<string>;
  /** The article's text as a fragment of semantic HTML that the build has escaped; thrown where there is none. */
  article(entry: ArticleEntry): Promise<string>;
  /** Address of a picture that stands in an article. */
  figure(id: string): string;
  searchChunk(chunk: number): Promise<SearchChunk>;
}

const RETRIES = 3;
const WAIT_MS = 700;
const KEPT_PAGES = 60;

/** The manifest; throws GoneError if the edition was withdrawn. */
export async function fetchManifest(address: string, cache: RequestCache = 'default'): Promise<Manifest> {
  return (await (await fetchAnswer(address, cache)).json()) as Manifest;
}

export function createClient(manifestAddress: string, manifest: Manifest, tiles: string | null, overlays: string | null = null): Client {
  const base = manifestAddress.replace(/[^/]*$/, '');
  const pages = new Map<number, Promise<PageFile>>();
  let laid: Promise<LaidFile> | null = null;
  const fetchLaid = async (): Promise<LaidFile> => {
    if (!overlays) return NOTHING;
    try {
      return settled((await (await fetchAnswer(overlays, 'no-cache')).json()) as LaidFile, overlays);
    } catch {
      laid = null; // the pages read without it; it is asked for again with the next page
      return NOTHING;
    }
  };
  const ofPages = (): Promise<LaidFile> => (laid ??= fetchLaid());
  const readPage = async (number: number): Promise<PageFile> => {
    const [file, over] = await Promise.all([fetchJson(`${base}pages/${number}.json`), ofPages()]);
    return withChangedLinks(file as PageFile, over);
  };
  const readText = async (address: string, pages: readonly number[]): Promise<string> => {
    const [text, over] = await Promise.all([fetchAnswer(address).then((answer) => answer.text()), ofPages()]);
    return withChangedAnchors(text, pages, over);
  };
  return {
    base,
    picture: (page, width) => base + fill(manifest.pictures.template, { width, page }),
    tile: (page, width, x, y) => (tiles ? fill(tiles, { page, width, x, y }) : null),
    laid: ofPages,
    page(number) {
      let file = pages.get(number);
      if (!file) {
        file = readPage(number);
        file.catch(() => pages.delete(number));
        pages.set(number, file);
        const oldest = pages.keys().next().value;
        if (pages.size > KEPT_PAGES && oldest !== undefined) pages.delete(oldest);
      }
      return file;
    },
    fragment: (number) => readText(`${base}text/${number}.html`, [number]),
    article: (entry) => readText(base + entry.path, entry.pages),
    figure: (id) => base + fill(manifest.figures.template, { id }),
    searchChunk: async (chunk) => (await fetchJson(base + fill(manifest.search.template, { chunk }))) as SearchChunk,
  };
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

async function fetchJson(address: string): Promise<unknown> {
  return (await fetchAnswer(address)).json();
}

/** The answer of an address; tries again when the network or a busy server fails, not when the file is not there. */
async function fetchAnswer(address: string, cache: RequestCache = 'default'): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await fetch(address, { cache });
      if (answer.ok) return answer;
      if (answer.status === 403) throw new ClosedError(address);
      if (answer.status === 404 || answer.status === 410) throw new GoneError(address);
      if (attempt >= RETRIES) throw new Error(`${answer.status} ${address}`);
    } catch (error) {
      if (error instanceof GoneError || error instanceof ClosedError || attempt >= RETRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS * 2 ** attempt));
  }
}
