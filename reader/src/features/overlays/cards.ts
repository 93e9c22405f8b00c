/** Pop-ups, products, and documents of the publisher's own in a frame that is shut off from everything else. */

import type { OverlayEntry, OverlayPicture } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { direction, formatNumber, language, t } from '../../strings';
import { element } from '../../ui/dom';
import { adding, stockOf, type Orderable } from './adding';
import { ownPrices, type OwnPrice } from './own_prices';
import { tellCount } from './counted';
import type { Shown } from './dialog';

/** A picture with its caption. */
export function figure(picture: OverlayPicture, edition: string | null): HTMLElement {
  const { src, alt, width, height, caption } = picture;
  return element('figure', { lang: edition, dir: 'auto' }, element('img', { src, alt, width, height, decoding: 'async' }), caption ? element('figcaption', {}, caption) : null);
}

/** The language of what the publisher wrote; null where the edition says none. */
export const editionLanguage = (context: ReaderContext): string | null =>
  context.book.manifest.language === 'und' ? null : context.book.manifest.language;

export function popup(context: ReaderContext, one: OverlayEntry): Shown {
  const edition = editionLanguage(context);
  const text = element('div', { class: 'overlay-text', lang: edition, dir: 'auto' });
  // The server has cleaned it: no script, no style, no attribute but the address of links.
  if (one.html) text.innerHTML = one.html;
  for (const link of text.querySelectorAll<HTMLAnchorElement>('a[href]')) link.target = '_blank';
  return { content: element('div', {}, ...(one.pictures ?? []).map((each) => figure(each, edition)), text) };
}

export function product(context: ReaderContext, one: OverlayEntry): Shown {
  const edition = editionLanguage(context);
  const facts = element('dl', { class: 'overlay-facts', 'aria-live': 'polite' });
  let own: ReadonlyMap<string, OwnPrice> = new Map();
  let seen: Orderable = one;
  const written = (of: Orderable): string => {
    const amount = own.get(of.code ?? '')?.price ?? of.price;
    return amount ? price(amount, of.currency ?? '') : '';
  };
  const show = (of: Orderable): void => {
    seen = of;
    const stock = stockOf(of);
    const mine = own.get(of.code ?? '');
    const currency = of.currency ?? '';
    const rows: (readonly [string, HTMLElement])[] = [[t('Code'), element('dd', { dir: 'ltr' }, of.code ?? '')]];
    if (of.price) rows.push([mine?.usual ? t('Your price') : t('Price'), element('dd', {}, element('strong', {}, written(of)), mine?.usual ? element('span', { class: 'overlay-usual' }, t('instead of {price}', { price: price(mine.usual, currency) })) : null)]);
    for (const step of mine?.scale ?? of.scale ?? []) rows.push([t('From {count}', { count: formatNumber(step.least) }), element('dd', {}, price(step.price, currency))]);
    if (one.pack) rows.push([t('Pieces in a pack'), element('dd', {}, String(one.pack))]);
    if (stock) rows.push([t('Stock'), element('dd', {}, stock)]);
    facts.replaceChildren(...rows.flatMap(([name, said]) => [element('dt', {}, name), said]));
  };
  show(one);
  if (one.code) tellCount(context, { kind: 'product', page: one.page, code: one.code });
  void ownPrices(context, one).then((found) => {
    own = found;
    if (found.size) show(seen);
  });
  const order = adding(context, one, written, show);
  const shop = one.address && element('a', { class: `button ${order ? 'button-outline' : 'button-solid'}`, href: one.address, rel: 'noopener nofollow', target: /^https?:/.test(one.address) ? '_blank' : null }, t('To the shop'));
  const words = element(
    'div',
    { class: 'overlay-text' },
    one.name && one.name !== one.title ? element('p', { class: 'overlay-name', lang: edition, dir: 'auto' }, one.name) : null,
    one.description ? element('p', { class: 'overlay-lines', lang: edition, dir: 'auto' }, one.description) : null,
    order?.choice,
    facts,
    order?.part,
    !order && one.order_address ? ordering(one.order_address) : null,
    shop ? element('p', {}, shop) : null,
  );
  return { content: element('div', { class: 'overlay-product-card' }, ...(one.pictures ?? []).map((each) => figure(each, edition)), words) };
}

/** In a copy of files nothing can be ordered: the way to the house that can take it. */
function ordering(address: string): HTMLElement {
  return element(
    'div',
    { class: 'adding' },
    element('a', { class: 'button button-solid', href: address, target: '_blank', rel: 'noopener' }, t('Order it')),
    element('p', { class: 'adding-rule' }, t('It is ordered from the publisher, in a window of its own. Prices and stock are as of the day of this copy; what counts is said there.')),
  );
}

function price(amount: string, currency: string): string {
  try {
    const parts = new Intl.NumberFormat(`${language()}-u-nu-latn`, { style: 'currency', currency }).formatToParts(Number(amount));
    // From the right, the sign of `UK£` would fall off to the other side of its letters.
    return parts.map(({ type, value }) => (type === 'currency' && direction() === 'rtl' ? `${value}\u200e` : value)).join('');
  } catch {
    return `${amount} ${currency}`;
  }
}

/** The document lies under its own address and policy; here it gets scripts, but no origin, and nothing of this page. */
export function frame(context: ReaderContext, one: OverlayEntry): Shown {
  const [, , width, height] = one.area;
  const { width: across, height: down } = context.book.page(one.page);
  const inner = element('iframe', { class: 'overlay-frame', title: one.title, src: one.address, sandbox: 'allow-scripts allow-popups', referrerpolicy: 'no-referrer' });
  inner.style.aspectRatio = String(Math.min(3, Math.max(0.4, (width * across) / (height * down))));
  return { content: inner, wide: true };
}
