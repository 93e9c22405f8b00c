/** Made from the JSON schema of the same name by `npm run contract`; do not edit. */

/**
 * @minItems 4
 * @maxItems 4
 *
 * This interface was referenced by `PageFile`'s JSON-Schema
 * via the `definition` "box".
 */
export type BoxTuple = [number, number, number, number];

/**
 * The words and links of one page (pages/{page}.json), for the text layer, search marks and link areas. Boxes are [x0, y0, x1, y1] in points, origin top left, after crop and rotation.
 */
export interface PageFile {
  number: number;
  width: number;
  height: number;
  /**
   * In reading order.
   */
  blocks: BlockEntry[];
  links: LinkEntry[];
  figures: FigureEntry[];
}
/**
 * This interface was referenced by `PageFile`'s JSON-Schema
 * via the `definition` "block".
 */
export interface BlockEntry {
  id: string;
  role: string;
  level?: number;
  marker?: string;
  article?: string;
  continues?: string;
  /**
   * The sidebar, box or advertisement that the block is part of.
   */
  group?: string;
  /**
   * Of a caption: the id of its figure.
   */
  figure?: string;
  /**
   * Of a pull quote: the id of the block whose words it repeats.
   */
  repeats?: string;
  /**
   * Of a footnote: the id of the block that refers to it.
   */
  reference?: string;
  table?: TableEntry;
  box: BoxTuple;
  lines: LineEntry[];
}
/**
 * This interface was referenced by `PageFile`'s JSON-Schema
 * via the `definition` "table".
 */
export interface TableEntry {
  rows: number;
  columns: number;
  /**
   * [row, column, rows spanned, columns spanned, 1 if a header, first word, word after the last], words counted over the block's lines.
   */
  cells: [number, number, number, number, number, number, number][];
}
/**
 * This interface was referenced by `PageFile`'s JSON-Schema
 * via the `definition` "line".
 */
export interface LineEntry {
  box: BoxTuple;
  /**
   * Degrees clockwise; absent means upright.
   */
  angle?: number;
  rtl?: boolean;
  /**
   * [text, x0, y0, x1, y1] or [text, x0, y0, x1, y1, join]; join: 1 the next word follows without space, 2 this word's last character is the line break's hyphen: drop it, the next word follows without space.
   */
  words: [unknown, unknown, unknown, unknown, unknown] | [unknown, unknown, unknown, unknown, unknown, unknown][];
}
/**
 * This interface was referenced by `PageFile`'s JSON-Schema
 * via the `definition` "link".
 */
export interface LinkEntry {
  box: BoxTuple;
  kind: 'web' | 'mail' | 'phone' | 'page';
  /**
   * A safe address, or a page number as digits.
   */
  target: string;
  text: string;
}
/**
 * This interface was referenced by `PageFile`'s JSON-Schema
 * via the `definition` "figure".
 */
export interface FigureEntry {
  id: string;
  box: BoxTuple;
  /**
   * Width and height of its picture in pixels.
   *
   * @minItems 2
   * @maxItems 2
   */
  size?: [number, number];
  /**
   * Its alternative text, if the PDF's tags or the publisher say one.
   */
  alt?: string;
  /**
   * The publisher says that it tells nothing.
   */
  decorative?: boolean;
  /**
   * The id of the caption's block.
   */
  caption?: string;
  article?: string;
}
/**
 * search/{chunk}.json. `text` holds the page's joined words separated by one space each, in the order of the page file (furniture included); a run of words whose joins are 1 or 2 is one joined word.
 *
 * This interface was referenced by `PageFile`'s JSON-Schema
 * via the `definition` "search_chunk".
 */
export interface SearchChunk {
  pages: {
    number: number;
    text: string;
  }[];
}
