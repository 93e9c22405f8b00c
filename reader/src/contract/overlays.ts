/** Made from the JSON schema of the same name by `npm run contract`; do not edit. */

/**
 * What lies on an edition's pages (overlays.json beside the edition's pages, not in its folder: it can change any time). Areas are [x, y, width, height] in fractions of the page, origin top left.
 */
export interface LaidFile {
  overlays: OverlayEntry[];
  /**
   * What the publisher changed about links that were found in the PDF.
   */
  links: LinkChangeEntry[];
}
/**
 * This interface was referenced by `LaidFile`'s JSON-Schema
 * via the `definition` "overlay".
 */
export interface OverlayEntry {
  id: string;
  kind: 'link' | 'page' | 'video' | 'audio' | 'gallery' | 'popup' | 'product' | 'form' | 'html';
  page: number;
  /**
   * @minItems 4
   * @maxItems 4
   */
  area: [number, number, number, number];
  /**
   * What it is called for those who do not see it.
   */
  title: string;
  /**
   * Where it leads: of a link, a product, a form; of a video elsewhere its own page; of HTML the document that goes into a sandboxed frame.
   */
  address?: string;
  /**
   * The page that a link to a page leads to.
   */
  target?: number;
  /**
   * The file of a film or a sound.
   */
  src?: string;
  /**
   * The media type of that file.
   */
  type?: string;
  /**
   * The picture before a film begins.
   */
  poster?: string;
  /**
   * The captions of a film, as WebVTT.
   */
  captions?: string;
  captions_language?: string;
  /**
   * What is said in a film or a sound, as text.
   */
  transcript?: string;
  /**
   * The name of the video service, where the film lies elsewhere.
   */
  service?: string;
  /**
   * What a frame loads from that service, once the reader has agreed.
   */
  embed?: string;
  /**
   * Of a gallery; of a pop-up or a product one.
   */
  pictures?: OverlayPicture[];
  /**
   * Of a form that belongs to the page as a whole and lies nowhere on it: readers are asked once they see the page.
   */
  asked?: boolean;
  /**
   * The text of a pop-up, cleaned: it holds no script and no style.
   */
  html?: string;
  /**
   * Of a product.
   */
  code?: string;
  name?: string;
  description?: string;
  /**
   * A decimal number: what everybody pays for one where the least is ordered.
   */
  price?: string;
  /**
   * ISO 4217.
   */
  currency?: string;
  /**
   * From which quantities on one costs less.
   */
  scale?: PriceStep[];
  /**
   * How many pieces are in one, where there are several.
   */
  pack?: number;
  /**
   * There is none just now.
   */
  sold_out?: true;
  /**
   * It is the publication's own, with a price.
   */
  can_be_ordered?: true;
  /**
   * Nobody can order fewer.
   */
  minimum?: number;
  /**
   * From the least quantity on, more come in so many.
   */
  step?: number;
  /**
   * How many there are, where somebody counts.
   */
  stock?: number;
  /**
   * In a site of files: where it is ordered, at the house from which the files come.
   */
  order_address?: string;
  /**
   * In what it can be had, itself among them.
   */
  options?: OverlayOption[];
}
/**
 * This interface was referenced by `LaidFile`'s JSON-Schema
 * via the `definition` "picture".
 */
export interface OverlayPicture {
  src: string;
  alt: string;
  caption?: string;
  width: number;
  height: number;
}
/**
 * This interface was referenced by `LaidFile`'s JSON-Schema
 * via the `definition` "step".
 */
export interface PriceStep {
  least: number;
  /**
   * A decimal number: of one.
   */
  price: string;
}
/**
 * This interface was referenced by `LaidFile`'s JSON-Schema
 * via the `definition` "option".
 */
export interface OverlayOption {
  code: string;
  name: string;
  /**
   * What makes it another than the others: a size, a colour.
   */
  option: string;
  /**
   * A decimal number.
   */
  price: string;
  /**
   * ISO 4217.
   */
  currency: string;
  scale?: PriceStep[];
  can_be_ordered?: true;
  minimum?: number;
  step?: number;
  stock?: number;
  sold_out?: true;
}
/**
 * This interface was referenced by `LaidFile`'s JSON-Schema
 * via the `definition` "change".
 */
export interface LinkChangeEntry {
  page: number;
  /**
   * web, mail, phone, page; of the link as it was found.
   */
  kind: string;
  /**
   * Where it leads in the PDF.
   */
  target: string;
  /**
   * The words under it.
   */
  text: string;
  /**
   * Where it leads instead; empty: nowhere, it is switched off.
   */
  to: string;
}
