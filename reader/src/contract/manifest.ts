/** Made from the JSON schema of the same name by `npm run contract`; do not edit. */

/**
 * Describes one immutable build of an edition. Paths are relative to the folder that holds the manifest.
 */
export interface Manifest {
  /**
   * Version of this format.
   */
  schema: 1;
  /**
   * 'building' while pages are still being made: only pages and contents can be trusted.
   */
  status: 'complete' | 'building';
  /**
   * Program and version that wrote the folder.
   */
  generator: string;
  title: string;
  author?: string;
  /**
   * BCP 47; 'und' if unknown.
   */
  language: string;
  /**
   * On which side the binding is: pages of an rtl edition turn the other way.
   */
  direction: 'ltr' | 'rtl';
  source: {
    /**
     * Of the PDF as it was handed over.
     */
    sha256: string;
    /**
     * Bytes.
     */
    size: number;
    encrypted: boolean;
    tagged: boolean;
    repaired: boolean;
    /**
     * When the PDF says it was last changed, in UTC.
     */
    modified?: string;
    /**
     * The PDF inside the folder (decrypted, repaired) if it is kept.
     */
    path?: string;
  };
  pictures: {
    format: 'webp';
    /**
     * Path of a picture; {width} is one of widths, {page} the page number: 'pictures/{width}/{page}.webp'.
     */
    template: string;
    /**
     * Nominal widths, ascending, in pixels. A page's own sizes stand in its `sizes`.
     *
     * @minItems 1
     */
    widths: [number, ...number[]];
    /**
     * JPEG of the first page for link previews.
     */
    cover: string;
    /**
     * The page that the cover shows, where the publisher chose it.
     */
    cover_page?: number;
  };
  /**
   * @minItems 1
   */
  pages: [PageEntry, ...PageEntry[]];
  /**
   * Only in what a server sends to somebody who may not read all pages; never in a folder.
   */
  readable?: {
    /**
     * Runs of the pages that may be read: [first, last], ascending.
     */
    pages: [number, number][];
    /**
     * Address that says how to get to another page; {page} is its number.
     */
    way_in: string;
    /**
     * Only a form has to be filled in to get to the other pages.
     */
    form?: boolean;
  };
  contents: ContentsEntry[];
  articles: ArticleEntry[];
  /**
   * The pictures of figures, drawn on their own; the page files name them.
   */
  figures: {
    /**
     * Path of a figure's picture; {id} is the figure's id: 'figures/{id}.webp'.
     */
    template: string;
    count: number;
  };
  /**
   * The text that in-edition search runs over, in files of pages_per_chunk pages: see page-1.json, 'search_chunk'.
   */
  search: {
    /**
     * 'search/{chunk}.json', chunk counted from 1.
     */
    template: string;
    chunks: number;
    pages_per_chunk: number;
  };
  /**
   * Who read the pages whose words the PDF does not tell; absent if none had to be read.
   */
  recognition?: {
    /**
     * Program and version.
     */
    engine: string;
    /**
     * By the program's own names.
     */
    languages: string[];
    /**
     * Whose words, or some of them, were recognised.
     */
    pages: number[];
  };
  warnings: string[];
  failures: {
    page: number;
    code: string;
    message: string;
  }[];
  /**
   * The list of all other files with size and sha256.
   */
  inventory: {
    path: string;
    sha256: string;
    size: number;
  };
}
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "page".
 */
export interface PageEntry {
  number: number;
  /**
   * The printed page number.
   */
  label: string;
  /**
   * Points.
   */
  width: number;
  /**
   * Points.
   */
  height: number;
  /**
   * [nominal width, real width, real height] in pixels of each picture of this page, ascending. Empty if the page failed.
   */
  sizes: [number, number, number][];
  status: 'ready' | 'failed' | 'waiting';
  /**
   * The PDF's page that this one lies on, if it has another number.
   */
  sheet?: number;
  /**
   * The part of the PDF's page that this page is, if not the whole: [x0, y0, x1, y1] in points.
   *
   * @minItems 4
   * @maxItems 4
   */
  window?: [number, number, number, number];
  /**
   * The page's mean colour, shown until its picture arrives.
   */
  colour?: string;
  has_text?: boolean;
  /**
   * BCP 47, of a page that is in another language than the edition.
   */
  language?: string;
  /**
   * How far order and roles can be trusted.
   */
  confidence?: number;
  /**
   * Why not further.
   */
  reasons?: string[];
}
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "contents_entry".
 */
export interface ContentsEntry {
  title: string;
  /**
   * 1-based; 0 if it leads nowhere.
   */
  page: number;
  children: ContentsEntry[];
}
/**
 * This interface was referenced by `Manifest`'s JSON-Schema
 * via the `definition` "article".
 */
export interface ArticleEntry {
  id: string;
  title: string;
  slug: string;
  standfirst?: string;
  byline?: string;
  section?: string;
  authors?: string[];
  mails?: string[];
  /**
   * How long reading takes.
   */
  minutes?: number;
  pages: number[];
  words: number;
  /**
   * The article as HTML: 'articles/{id}.html'. Beside it lies the same as plain text, '.txt'.
   */
  path: string;
  /**
   * Ids of its figures, in the order of the pages.
   */
  figures?: string[];
}
