/** Made from the JSON schema of the same name by `npm run contract`; do not edit. */

/**
 * @minItems 4
 * @maxItems 4
 *
 * This interface was referenced by `Annotation`'s JSON-Schema
 * via the `definition` "box".
 */
export type Box = [number, number, number, number];
/**
 * Where the pin of a note stands on the locator's page, in parts of its width and height.
 *
 * @minItems 2
 * @maxItems 2
 *
 * This interface was referenced by `Annotation`'s JSON-Schema
 * via the `definition` "point".
 */
export type Point = [number, number];
/**
 * This interface was referenced by `Annotation`'s JSON-Schema
 * via the `definition` "moment".
 */
export type Moment = string;

/**
 * What a reader added to an edition: a bookmark, a highlight, a drawing or a note. Kept on the device, synchronised as it is, and the body of what leaves as a Web Annotation.
 */
export interface Annotation {
  kind: 'bookmark' | 'highlight' | 'drawing' | 'note';
  locator: Locator;
  colour?: 'yellow' | 'green' | 'blue' | 'pink';
  /**
   * The reader's own words.
   */
  text?: string;
  at?: Point;
  /**
   * @maxItems 600
   */
  strokes?: Stroke[];
  created: Moment;
  changed: Moment;
  /**
   * What an imported Web Annotation said beyond this, kept for when it is exported again.
   */
  foreign?: string;
}
/**
 * Where it stands: on pages, in blocks, and by its words, so that it is found again when the PDF was replaced.
 *
 * This interface was referenced by `Annotation`'s JSON-Schema
 * via the `definition` "locator".
 */
export interface Locator {
  /**
   * The build whose pages and blocks are meant.
   */
  build: string;
  /**
   * The first page, from 1.
   */
  page: number;
  /**
   * @maxItems 40
   */
  places: Place[];
  /**
   * @maxItems 200
   */
  spans: Span[];
  /**
   * The id of the article that the words belong to.
   */
  article?: string;
  quote?: Quote;
  /**
   * The build in which its words were not found.
   */
  unplaced?: string;
  /**
   * The quoted words are not sent: their page may not be read now.
   */
  withheld?: boolean;
}
/**
 * This interface was referenced by `Annotation`'s JSON-Schema
 * via the `definition` "place".
 */
export interface Place {
  page: number;
  /**
   * In parts of the page's width and height, from its upper left corner.
   *
   * @maxItems 400
   */
  boxes: Box[];
}
/**
 * This interface was referenced by `Annotation`'s JSON-Schema
 * via the `definition` "span".
 */
export interface Span {
  block: string;
  /**
   * Characters of the block's text from `from` up to `to`.
   */
  from: number;
  to: number;
}
/**
 * A W3C TextQuoteSelector, and where in the edition's text it began, from 0 to 1.
 *
 * This interface was referenced by `Annotation`'s JSON-Schema
 * via the `definition` "quote".
 */
export interface Quote {
  exact: string;
  prefix?: string;
  suffix?: string;
  position?: number;
}
/**
 * This interface was referenced by `Annotation`'s JSON-Schema
 * via the `definition` "stroke".
 */
export interface Stroke {
  id: string;
  colour: 'black' | 'red' | 'blue' | 'green';
  /**
   * In parts of the page's width.
   */
  width: number;
  /**
   * x, y, pressure (0 to 1), x, y, pressure, …
   *
   * @maxItems 15000
   */
  points: number[];
}
