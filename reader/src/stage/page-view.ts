/** One page on the stage: picture, words, links, marks; and a placeholder while, or if, there is no picture. */

import type { PageEntry } from '../contract/manifest';
import type { PageFile } from '../contract/page';
import type { Mark } from '../store/state';
import type { ReaderContext } from '../store/context';
import { direction, language, mark, t } from '../strings';
import { calm } from '../store/calm';
import { overlaysOn } from '../book/overlays';
import { buildHotspots } from './hotspots';
import { ClosedError } from '../client/client';
import { closedCard } from './closed';
import { buildLinks, buildMarks } from './layers';
import type { Rect } from './layout';
import { Leaf } from './leaf';
import { Picture, widthFor, type PictureState } from './pictures';
import { spokenText } from './spoken';
import { buildTextLayer, SIZES_ACROSS } from './text-layer';
import { Tiles } from './tiles';

/** Why the picture of a page is missing, by the code that the manifest gives. */
const REASONS: Readonly<Record<string, string>> = {
  time_limit: mark('The page took too long to draw.'),
  memory_limit: mark('The page needs more memory than allowed.'),
  reader_process_died: mark('The page made the program that draws it stop.'),
  page_failed: mark('The page could not be drawn.'),
};

export class PageView {
  readonly element = document.createElement('div');
  readonly leaf = new Leaf();
  readonly picture: Picture;
  private readonly entry: PageEntry;
  /** Whatever is read or pressed: over the leaf, and never moved with it. */
  private readonly words = layer('page-words');
  private readonly text = layer('page-text');
  private readonly links = layer('page-links');
  private readonly hotspots = layer('page-links');
  private readonly marksLayer = layer('page-marks');
  private readonly tiles: Tiles;
  private placeholder: HTMLElement | null = null;
  private file: PageFile | null = null;
  private marks: readonly Mark[] = [];
  private textStarted = false;
  private closed = false;
  private pixels = 0;
  private placed: Rect | null = null;
  private stands: 'here' | 'near' | 'far' = 'here';

  constructor(
    private readonly context: Omit<ReaderContext, 'stage' | 'slots'>,
    readonly number: number,
  ) {
    this.entry = context.book.page(number);
    const part = this.element;
    part.className = 'page';
    part.dataset.page = String(number);
    part.setAttribute('role', 'group');
    part.setAttribute('aria-label', t('Page {label}', { label: this.entry.label }));
    if (this.entry.colour) this.leaf.face.style.backgroundColor = this.entry.colour;
    if (context.book.manifest.language !== 'und') this.text.lang = context.book.manifest.language;
    this.text.dir = 'ltr';
    this.marksLayer.setAttribute('aria-hidden', 'true');
    this.text.setAttribute('aria-hidden', 'true');
    const { frame, face } = this.leaf;
    face.append(this.marksLayer);
    this.words.append(this.text, this.links, this.hotspots);
    part.append(frame, this.words);
    this.picture = new Picture(face, this.entry, context.client, (state) => this.onPicture(state));
    this.tiles = new Tiles(face, this.entry, context.client);
    if (this.entry.status === 'failed') this.showPlaceholder(this.failureText(), false);
    else if (!context.book.isReadable(number)) this.showWayIn();
  }

  /**
   * Whether the page is shown, waits painted and ready to be shown, or is only kept. Each class stands on the very element
   * that it changes: below them are a thousand words, and the browser looks through all that stands below a change.
   */
  stand(where: 'here' | 'near' | 'far'): void {
    if (where === this.stands) return;
    this.stands = where;
    const away = where !== 'here';
    for (const part of [this.element, this.leaf.frame, this.words]) part.classList.toggle('is-away', away);
    this.leaf.frame.classList.toggle('is-far', where === 'far');
    if (away) this.element.setAttribute('aria-hidden', 'true');
    else this.element.removeAttribute('aria-hidden');
  }

  /** Take words and links out of the way while the page moves, or bring them back. */
  clearWords(away: boolean): void {
    this.words.classList.toggle('is-lifted', away);
  }

  /** Put the page on a rectangle of the book or of a strip. */
  place(rect: Rect): void {
    const before = this.placed;
    if (before && before.x === rect.x && before.y === rect.y && before.width === rect.width && before.height === rect.height) return;
    this.placed = rect;
    const { style } = this.element;
    style.left = `${rect.x}px`;
    style.top = `${rect.y}px`;
    style.width = `${rect.width}px`;
    style.height = `${rect.height}px`;
    this.leaf.place(rect);
    this.text.style.fontSize = `${rect.width / SIZES_ACROSS}px`;
  }

  /** Show the page's picture sharp on so many device pixels across. */
  sharpen(pixels: number): Promise<void> {
    this.pixels = Math.max(this.pixels, pixels);
    return this.entry.status === 'failed' ? Promise.resolve() : this.picture.sharpen(pixels);
  }

  /** The manifest says something new of this page: its picture is made now, or will not be. */
  renew(): void {
    if (this.entry.status === 'failed') this.showPlaceholder(this.failureText(), false);
    else if (this.picture.state !== 'shown' && this.pixels) this.picture.retry(this.pixels);
  }

  /** Sharp tiles over the visible part when no picture is wide enough; `seen` is that part, 0 to 1 of the page. */
  showTiles(pixels: number, seen: { x0: number; y0: number; x1: number; y1: number }): void {
    const largest = this.entry.sizes.at(-1)?.[1] ?? 0;
    if (largest && widthFor(this.entry, pixels) && pixels > largest * 1.15) this.tiles.show(pixels, seen);
    else this.tiles.clear();
  }

  /** Words and links, once; slow work waits for idle time. */
  async showText(): Promise<void> {
    if (this.textStarted || !this.context.book.isReadable(this.number)) return;
    this.textStarted = true;
    try {
      this.file = await this.context.client.page(this.number);
    } catch (error) {
      this.textStarted = false;
      if (error instanceof ClosedError) this.showWayIn();
      return;
    }
    await calm.slice();
    if (this.closed) return;
    const { home, book } = this.context;
    buildLinks(this.links, this.file, (page) => `${home}page/${page}`, (page) => book.label(page));
    buildHotspots(this.hotspots, overlaysOn(await this.context.client.laid(), [this.number]), (page) => `${home}page/${page}`);
    buildMarks(this.marksLayer, this.marks, this.file);
    await buildTextLayer(this.text, this.file, () => this.closed);
    await this.showSpokenText();
    this.element.dataset.text = 'ready';
  }

  private async showSpokenText(): Promise<void> {
    const { client, home, book } = this.context;
    try {
      const fragment = await client.fragment(this.number);
      await calm.slice();
      const spoken = spokenText(fragment, book.manifest.language, (page) => `${home}page/${page}`);
      if (!this.closed) this.text.before(spoken);
    } catch {
      // Without it the words over the picture still serve.
      this.text.removeAttribute('aria-hidden');
    }
  }

  setMarks(marks: readonly Mark[]): void {
    if (marks.length === 0 && this.marks.length === 0) return;
    this.marks = marks;
    buildMarks(this.marksLayer, marks, this.file ?? this.entry);
  }

  close(): void {
    this.closed = true;
    this.picture.close();
    this.tiles.clear();
    this.element.remove();
  }

  private onPicture(state: PictureState): void {
    if (this.placeholder?.classList.contains('page-closed')) return;
    if (state === 'shown') {
      this.placeholder?.remove();
      this.placeholder = null;
      this.element.dataset.picture = 'shown';
    } else if (state === 'missing') {
      this.showPlaceholder(t('The picture of this page did not arrive.'), true);
    }
  }

  /** In the place of a page that is not for this reader: how to get in, and the next page that is. */
  private showWayIn(): void {
    if (this.placeholder?.classList.contains('page-closed')) return;
    this.placeholder?.remove();
    this.placeholder = closedCard(this.context, this.number);
    this.words.append(this.placeholder);
  }

  private failureText(): string {
    const failure = this.context.book.manifest.failures.find((entry) => entry.page === this.number && entry.code in REASONS);
    return failure ? t(REASONS[failure.code]!) : t('The page could not be drawn.');
  }

  private showPlaceholder(words: string, retry: boolean): void {
    if (this.placeholder) return;
    const card = document.createElement('div');
    card.className = 'page-placeholder';
    card.lang = language();
    card.dir = direction();
    const label = document.createElement('p');
    label.className = 'page-placeholder-label';
    label.textContent = t('Page {label}', { label: this.entry.label });
    const text = document.createElement('p');
    text.textContent = words;
    card.append(label, text);
    if (retry) {
      const again = document.createElement('button');
      again.type = 'button';
      again.className = 'button-solid';
      again.textContent = t('Try again');
      again.addEventListener('click', () => this.picture.retry(this.pixels));
      card.append(again);
    }
    this.placeholder = card;
    this.words.append(card);
  }
}

function layer(name: string): HTMLElement {
  const part = document.createElement('div');
  part.className = name;
  return part;
}
