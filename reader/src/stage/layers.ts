/** What lies over a page beside its words: live links, and marks such as search hits. */

import type { LinkEntry, PageFile } from '../contract/page';
import type { Mark } from '../store/state';
import { t } from '../strings';

type Size = { readonly width: number; readonly height: number };

/** Place an element over a box of the page (points), in percent so that it is right at any size. */
function over(part: HTMLElement, box: readonly number[], page: Size, grow = 0): void {
  const [x0, y0, x1, y1] = box as [number, number, number, number];
  part.style.left = `${((x0 - grow) / page.width) * 100}%`;
  part.style.top = `${((y0 - grow) / page.height) * 100}%`;
  part.style.width = `${((x1 - x0 + 2 * grow) / page.width) * 100}%`;
  part.style.height = `${((y1 - y0 + 2 * grow) / page.height) * 100}%`;
}

/** Anchors over the page's links. Links to pages go there without leaving the reader. */
export function buildLinks(
  layer: HTMLElement,
  page: PageFile,
  addressOf: (page: number) => string,
  label: (page: number) => string,
): void {
  layer.replaceChildren(...page.links.map((link) => linkElement(link, page, addressOf, label)));
}

function linkElement(
  link: LinkEntry,
  page: PageFile,
  addressOf: (page: number) => string,
  label: (page: number) => string,
): HTMLAnchorElement {
  const anchor = document.createElement('a');
  anchor.className = 'page-link';
  over(anchor, link.box, page, 1);
  if (link.kind === 'page') {
    const target = Number(link.target);
    anchor.href = addressOf(target);
    anchor.dataset.page = link.target;
    anchor.setAttribute('aria-label', t('Go to page {label}', { label: label(target) }));
  } else {
    anchor.href = link.target;
    anchor.rel = 'noopener nofollow';
    if (link.kind === 'web') anchor.target = '_blank';
    anchor.setAttribute('aria-label', link.text || plain(link.target));
    anchor.title = plain(link.target);
  }
  return anchor;
}

const plain = (address: string): string => address.replace(/^(mailto:|tel:|https?:\/\/)/, '').replace(/\/$/, '');

/** Boxes for the page's marks; the current hit stands out. */
export function buildMarks(layer: HTMLElement, marks: readonly Mark[], page: Size): void {
  const boxes = marks.flatMap((mark) =>
    mark.boxes.map((box) => {
      const part = document.createElement('div');
      part.className = `page-mark page-mark-${mark.kind}`;
      over(part, box, page, 0.8);
      return part;
    }),
  );
  layer.replaceChildren(...boxes);
}
