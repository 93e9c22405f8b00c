/** Lays annotations on the pages of the stage: marks on the paper, which turn with it, and buttons over it. */

import { pagesOf, type Kept } from '../../../book/annotations';
import type { Stroke } from '../../../contract/annotation';
import type { ReaderContext } from '../../../store/context';
import { t } from '../../../strings';
import { element } from '../../../ui/dom';
import { icon } from '../../../ui/icons';
import { pathOf } from './ink';
import { spoken } from './words';

const SVG = 'http://www.w3.org/2000/svg';

export interface PageLayers {
  /** The page under a point of the window, and where on it, in parts of its size. */
  under(x: number, y: number): { page: number; at: [number, number]; part: HTMLElement } | null;
  /** The highlight under a point of the window. */
  highlightUnder(x: number, y: number): string | null;
  /** The button of an annotation, if its page is there. */
  buttonOf(id: string): HTMLElement | null;
}

/** Follow pages and annotations. `open` is called when somebody presses one. */
export function mountPageLayers(context: ReaderContext, open: (id: string, anchor: HTMLElement) => void): PageLayers {
  const { element: root, store } = context;
  const drawn = new WeakMap<HTMLElement, readonly Kept[]>();
  const pages = (): HTMLElement[] => [...root.querySelectorAll<HTMLElement>('.reader-stage .page[data-page]')];

  const draw = (page: HTMLElement): void => {
    const number = Number(page.dataset.page);
    const wanted = store.state.annotations.filter(({ content }) => pagesOf(content).includes(number));
    const before = drawn.get(page) ?? [];
    if (before.length === wanted.length && before.every((kept, at) => kept.content === wanted[at]!.content)) return;
    drawn.set(page, wanted);
    drawMarks(context, page, number, wanted);
    drawButtons(page, number, wanted, open);
  };
  root.addEventListener('masthead-page-made', (event) => draw((event as CustomEvent<HTMLElement>).detail));
  store.subscribe((state, before) => state.annotations !== before.annotations && pages().forEach(draw));
  root.addEventListener('masthead-language', () => {
    for (const page of pages()) {
      drawn.delete(page);
      draw(page);
    }
  });
  pages().forEach(draw);

  const under: PageLayers['under'] = (x, y) => {
    for (const part of pages()) {
      if (part.classList.contains('is-away') || part.getAttribute('aria-hidden')) continue;
      const box = part.getBoundingClientRect();
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
      const at: [number, number] = [round((x - box.left) / box.width), round((y - box.top) / box.height)];
      return { page: Number(part.dataset.page), at, part };
    }
    return null;
  };
  return {
    under,
    highlightUnder(x, y) {
      const found = under(x, y);
      if (!found) return null;
      const [across, down] = found.at;
      const hit = store.state.annotations.findLast(({ content }) =>
        content.kind === 'highlight' &&
        content.locator.places.some(({ page, boxes }) => page === found.page && boxes.some(([x0, y0, x1, y1]) => across >= x0 && across <= x1 && down >= y0 && down <= y1)));
      return hit?.id ?? null;
    },
    buttonOf: (id) => root.querySelector<HTMLElement>(`.page:not(.is-away) .page-notes [data-annotation="${CSS.escape(id)}"]`),
  };
}

const round = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;

function layer(page: HTMLElement, within: string, name: string): HTMLElement {
  const host = page.querySelector<HTMLElement>(within)!;
  let made = host.querySelector<HTMLElement>(`:scope > .${name}`);
  if (!made) {
    made = element('div', { class: name });
    host.append(made);
  }
  return made;
}

/** Highlights, lines and the ribbon: part of the paper, so that a turn takes them along without painting anything. */
function drawMarks(context: ReaderContext, page: HTMLElement, number: number, kept: readonly Kept[]): void {
  const parts: Element[] = [];
  const { width, height } = context.book.page(number);
  for (const { content } of kept) {
    if (content.kind === 'highlight') {
      for (const [x0, y0, x1, y1] of boxesOn(content.locator.places, number)) {
        const part = element('div', { class: 'page-highlight', 'data-colour': content.colour ?? 'yellow' });
        part.style.cssText = `left:${percent(x0)};top:${percent(y0)};width:${percent(x1 - x0)};height:${percent(y1 - y0)}`;
        parts.push(part);
      }
    } else if (content.kind === 'drawing' && content.locator.page === number) parts.push(drawingOf(content.strokes ?? [], width, height));
  }
  if (kept.some(({ content }) => content.kind === 'bookmark')) parts.push(element('div', { class: 'page-ribbon' }));
  const host = layer(page, '.face', 'page-annotations');
  host.setAttribute('aria-hidden', 'true');
  host.replaceChildren(...parts);
}

/** Lines as vectors, in a space as wide as 1000. */
export function drawingOf(strokes: readonly Stroke[], width: number, height: number): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', 'page-drawing');
  svg.setAttribute('viewBox', `0 0 1000 ${((1000 * height) / width).toFixed(2)}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  for (const stroke of strokes) svg.append(strokeOf(stroke, height / width));
  return svg;
}

export function strokeOf(stroke: Stroke, ratio: number): SVGPathElement {
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('class', 'page-stroke');
  path.setAttribute('data-ink', stroke.colour);
  path.setAttribute('data-stroke', stroke.id);
  path.setAttribute('stroke-width', (stroke.width * 1000).toFixed(2));
  path.setAttribute('d', pathOf(stroke.points, ratio));
  return path;
}

const boxesOn = (places: Kept['content']['locator']['places'], page: number): readonly (readonly [number, number, number, number])[] =>
  places.filter((place) => place.page === page).flatMap(({ boxes }) => boxes);

/** What can be pressed: pins of notes for everybody; highlights and drawings for keys and screen readers. */
function drawButtons(page: HTMLElement, number: number, kept: readonly Kept[], open: (id: string, anchor: HTMLElement) => void): void {
  const host = layer(page, '.page-words', 'page-notes');
  const had = host.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.annotation : undefined;
  const parts = kept.flatMap((each) => {
    const { content, id } = each;
    if (content.kind === 'bookmark' || (content.kind !== 'highlight' && content.locator.page !== number)) return [];
    const box = boxesOn(content.locator.places, number)[0];
    const pin = content.kind === 'note' || (content.kind === 'highlight' && content.text && box);
    const press = (event: MouseEvent): void => open(id, event.currentTarget as HTMLElement);
    const name = `${spoken(each)}. ${t('Open')}`;
    const part = element('button', { type: 'button', class: pin ? 'note-pin' : 'mark-hold', 'data-annotation': id, 'data-kind': content.kind, 'aria-label': name, onclick: press }, pin ? icon('note') : null);
    if (content.kind === 'note') part.style.cssText = `left:${percent(content.at?.[0] ?? 0.5)};top:${percent(content.at?.[1] ?? 0.5)}`;
    else if (content.kind === 'highlight' && !box) return [];
    else if (pin) part.style.cssText = `left:${percent(boxesOn(content.locator.places, number).at(-1)![2])};top:${percent(boxesOn(content.locator.places, number).at(-1)![1])}`;
    else {
      const [x0, y0, x1, y1] = content.kind === 'drawing' ? frameOf(content.strokes ?? []) : box!;
      part.style.cssText = `left:${percent(x0)};top:${percent(y0)};width:${percent(x1 - x0)};height:${percent(y1 - y0)}`;
    }
    return [part];
  });
  host.replaceChildren(...parts);
  if (had) host.querySelector<HTMLElement>(`[data-annotation="${CSS.escape(had)}"]`)?.focus({ preventScroll: true });
}

/** The box around all lines, in parts of the page. */
function frameOf(strokes: readonly Stroke[]): [number, number, number, number] {
  const xs = strokes.flatMap(({ points }) => points.filter((_, at) => at % 3 === 0));
  const ys = strokes.flatMap(({ points }) => points.filter((_, at) => at % 3 === 1));
  const least = (values: number[]): number => values.reduce((one, other) => Math.min(one, other), 1);
  const most = (values: number[]): number => values.reduce((one, other) => Math.max(one, other), 0);
  return [least(xs), least(ys), Math.max(most(xs), least(xs) + 0.02), Math.max(most(ys), least(ys) + 0.02)];
}
