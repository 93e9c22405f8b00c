/** The cart as a panel: its lines with their prices, how many of each, the total, and the way to the order form. */

import './cart.css';

import { Trash2 } from 'lucide-static';
import type { ReaderContext } from '../../store/context';
import { t } from '../../strings';
import { button } from '../../ui/button';
import { cart as addressOf, type CartLine } from '../../ui/cart';
import { element } from '../../ui/dom';
import { icon } from '../../ui/icons';
import type { Panel } from '../../ui/panels';
import { quantityField } from '../../ui/quantity';
import { isWaiting, seen } from './keeping';
import { sessionOf, type Session } from './session';

/** Open the panel; it shows what the device knows, and then what the house says. */
export function open(context: ReaderContext): Panel {
  const session = sessionOf(context);
  const content = element('div', { class: 'cart' });
  let shown = '';
  const show = (): void => {
    const now = JSON.stringify([session.basket, session.standing]);
    // Nobody's cursor is taken away while they type.
    if (now === shown || content.querySelector('input:focus')) return;
    shown = now;
    const focused = (document.activeElement as HTMLElement | null)?.closest('.cart') ? (document.activeElement as HTMLElement).dataset.does : '';
    content.replaceChildren(...parts(context, session, () => ((shown = ''), show())).filter((part) => part !== null));
    if (focused) (content.querySelector<HTMLElement>(`[data-does="${CSS.escape(focused)}"]`) ?? content.querySelector<HTMLElement>('button, a, input'))?.focus();
  };
  const stop = session.subscribe(show);
  show();
  void session.refresh();
  content.addEventListener('focusout', () => setTimeout(show));
  return { content, close: stop };
}

function parts(context: ReaderContext, session: Session, again: () => void): (HTMLElement | null)[] {
  const lines = seen(session.basket);
  const notes = noticesOf(session, lines.length).map((said) => element('p', { class: 'cart-notice', role: 'status' }, said));
  if (session.standing === 'closed') return notes;
  const leave = button({ icon: 'previous', label: t('Continue shopping'), named: true, class: 'button-outline', run: () => context.store.dispatch({ type: 'panel', panel: null }) });
  leave.dataset.does = 'leave';
  if (!lines.length) {
    return [...notes, element('div', { class: 'cart-empty' }, icon('cart'), element('p', { class: 'cart-empty-head' }, t('There are no items in your cart')), element('p', {}, t('Open a product on a page and put it into the cart.')), leave)];
  }
  const rows = lines.map((line) => row(context, session, line, again));
  const { total, taxes } = session.basket;
  const known = total && !isWaiting(session.basket);
  return [
    ...notes,
    element('ul', { class: 'cart-lines' }, ...rows),
    session.standing === 'apart' ? null : element('p', { class: 'cart-total' }, element('span', {}, t('Total')), element('strong', { 'aria-live': 'polite' }, known ? element('bdi', {}, total) : session.standing === 'working' ? '…' : t('when connected'))),
    ...(known ? taxes.map((said) => element('p', { class: 'cart-tax' }, said)) : []),
    actions(context, session, leave),
  ];
}

function noticesOf(session: Session, count: number): string[] {
  const { standing, basket } = session;
  if (standing === 'apart' && count) return [t('In a frame of another site the cart stays on this device. Order in a window of its own.')];
  if (standing === 'closed') return [t('Nothing can be ordered from this edition just now.')];
  const said: string[] = [];
  if (standing === 'refused') said.push(t('The cart is full: it holds 100 different products.'));
  if (standing === 'offline' && count) said.push(t('The house cannot be reached. The cart stays on this device; prices are worked out again when the device is connected.'));
  if (!basket.live && count) said.push(t('This edition is not live, so nothing can be ordered from it yet.'));
  return said;
}

function row(context: ReaderContext, session: Session, line: CartLine, again: () => void): HTMLElement {
  const { manifest } = context.book;
  const lang = manifest.language === 'und' ? null : manifest.language;
  const name = line.name || line.code;
  const set = (quantity: number): void => void session.wish({ deed: 'set', code: line.code, quantity, name: line.name, price: line.price, from: line.from });
  const field = quantityField({ name, value: line.quantity, minimum: line.minimum ?? 1, step: line.step ?? 1, does: line.key, set: (quantity) => (set(quantity), again()) });
  const remove = button({ icon: { svg: Trash2 }, label: t('Remove {name}', { name }), run: () => {
    set(0);
    context.store.dispatch({ type: 'announce', text: t('{name} was removed.', { name }) });
  } });
  remove.dataset.does = `remove ${line.key}`;
  const title = line.address
    ? element('a', { class: 'text-button cart-name', lang, dir: 'auto', href: line.address }, name)
    : line.page
    ? element('button', { type: 'button', class: 'text-button cart-name', lang, dir: 'auto', onclick: () => context.store.dispatch({ type: 'go', page: line.page! }) }, name)
    : element('span', { class: 'cart-name', lang, dir: 'auto' }, name);
  return element(
    'li',
    { class: `cart-line${line.trouble ? ' has-trouble' : ''}` },
    line.picture ? element('img', { src: line.picture, alt: '', loading: 'lazy', decoding: 'async' }) : null,
    element('div', { class: 'cart-what' }, title, element('span', { class: 'cart-code' }, element('bdi', {}, line.code), line.price ? ' · ' : null, line.price ? element('bdi', {}, line.price) : null), line.edition ? element('span', { class: 'cart-code', dir: 'auto' }, line.edition) : null),
    remove,
    field,
    element('span', { class: 'cart-amount' }, line.amount ? element('bdi', {}, line.amount) : ''),
    line.trouble ? element('p', { class: 'cart-trouble' }, line.trouble) : null,
  );
}

function actions(context: ReaderContext, session: Session, leave: HTMLElement): HTMLElement {
  const { basket, standing } = session;
  const address = addressOf(context)!;
  const order = address.replace(/cart$/, 'order');
  const go = element('a', { class: 'button button-solid cart-order', href: basket.fine || isWaiting(basket) ? order : address }, t('Go on to the order form'));
  go.dataset.does = 'order';
  // What was changed a moment ago is told before the form asks for it.
  go.addEventListener('click', (event) => {
    if (!isWaiting(session.basket) && session.standing !== 'working') return;
    event.preventDefault();
    void session.refresh().then(() => isWaiting(session.basket) || location.assign(session.basket.fine ? order : address));
  });
  const clear = button({ icon: { svg: Trash2 }, label: t('Remove all'), named: true, run: () => {
    for (const line of seen(session.basket)) void session.wish({ deed: 'set', code: line.code, quantity: 0 });
    context.store.dispatch({ type: 'announce', text: t('There are no items in your cart') });
  } });
  clear.dataset.does = 'clear';
  const sheet = element('a', { class: 'button', href: `${address}.csv`, download: '' }, t('As a spreadsheet (CSV)'));
  const away = standing === 'offline' || standing === 'closed' || standing === 'apart';
  const out = standing === 'apart' ? element('a', { class: 'button button-solid', href: broughtTo(address, session), target: '_blank', rel: 'noopener' }, t('Order in a window of its own')) : null;
  return element('div', { class: 'cart-actions' }, out, !basket.live || away ? null : go, leave, element('div', { class: 'cart-rest' }, away ? null : sheet, clear));
}

/** The cart's page, with what lies here along: in a window of its own the house may keep it. */
function broughtTo(address: string, session: Session): string {
  const lines = JSON.stringify(seen(session.basket).map((line) => [line.code, line.quantity, line.from ?? '']));
  return `${address}?cart=${session.name}&lines=${encodeURIComponent(lines)}`;
}
