/** On a product's card: its options and prices, what is in stock, how many somebody wants, and the button for the cart. */

import type { OverlayEntry, OverlayOption } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { formatNumber, t } from '../../strings';
import { button } from '../../ui/button';
import { addToCart, cart } from '../../ui/cart';
import { element, uniqueId } from '../../ui/dom';
import { tellCount } from './counted';
import { quantityField, quantityOf } from '../../ui/quantity';

const FEW = 10; // so many left are worth a word

/** What of a product decides how it can be ordered; an option has the same. */
export type Orderable = Pick<OverlayEntry, 'code' | 'name' | 'price' | 'currency' | 'can_be_ordered' | 'minimum' | 'step' | 'stock' | 'sold_out' | 'scale'> & { option?: string };

export interface Adding {
  readonly part: HTMLElement;
  /** The choice of an option, which stands above the facts; null where there is none to choose. */
  readonly choice: HTMLElement | null;
}

/** The control; null where this product cannot be ordered here. `chosen` is told which option was chosen. */
export function adding(context: ReaderContext, one: OverlayEntry, written: (of: Orderable) => string, chosen: (of: Orderable) => void): Adding | null {
  if (!cart(context) || !one.can_be_ordered) return null;
  const part = element('div', { class: 'adding' });
  const show = (of: Orderable): void => {
    part.replaceChildren(...control(context, one, of, () => written(of)));
    chosen(of);
  };
  show(one.options?.find((option) => option.code === one.code) ?? one);
  return { part, choice: one.options ? choiceOf(one, one.options, show) : null };
}

function choiceOf(one: OverlayEntry, options: readonly OverlayOption[], show: (of: Orderable) => void): HTMLElement {
  const rows = options.map((option) => element('option', { value: option.code, selected: option.code === one.code }, option.sold_out ? `${option.option} (${t('Sold out')})` : option.option));
  const select = element('select', { class: 'field', onchange: () => show(options.find((option) => option.code === select.value)!) }, ...rows);
  return element('label', { class: 'adding-option' }, element('span', {}, t('Option')), select);
}

function control(context: ReaderContext, one: OverlayEntry, of: Orderable, price: () => string): (HTMLElement | string)[] {
  if (of.sold_out) return [];
  const name = of.name ?? one.name ?? '';
  const { minimum = 1, step = 1, stock } = of;
  const rule = element('p', { class: 'adding-rule', id: uniqueId('rule') }, ruleOf(minimum, step));
  const quantity = quantityField({ name, value: minimum, minimum, step, most: stock, does: 'card', describedBy: rule.textContent ? rule.id : undefined });
  const field = quantity.querySelector('input')!;
  const said = element('p', { class: 'adding-said', role: 'status' });
  const see = button({ icon: 'cart', label: t('See the cart'), named: true, class: 'button-outline', run: () => {
    context.store.dispatch({ type: 'overlay', overlay: '' });
    context.store.dispatch({ type: 'panel', panel: 'cart' });
  } });
  see.hidden = true;
  const add = async (): Promise<void> => {
    const wanted = quantityOf(field.value);
    const wrong = wanted === null ? t('Write a whole number.') : faultOf(wanted, of);
    field.setAttribute('aria-invalid', String(wrong !== ''));
    said.classList.toggle('is-wrong', wrong !== '');
    if (wrong || wanted === null) {
      said.textContent = wrong;
      field.focus();
      return;
    }
    if (!(await addToCart(context, { code: of.code!, quantity: wanted, name, price: price() }))) return;
    tellCount(context, { kind: 'cart', page: one.page, code: of.code! });
    said.textContent = t('{name} is in the cart.', { name: `${formatNumber(wanted)} × ${name}` });
    see.hidden = false;
  };
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void add();
  });
  const go = button({ icon: 'cart', label: t('Add to the cart'), named: true, class: 'button-solid', run: () => void add() });
  return [element('div', { class: 'adding-row' }, quantity, go), ...(rule.textContent ? [rule] : []), said, see];
}

/** What is said of the stock; '' where nobody counts it. */
export function stockOf(one: Orderable): string {
  if (one.sold_out) return t('Sold out');
  if (one.stock === undefined) return '';
  return one.stock <= FEW ? t('{count} left', { count: formatNumber(one.stock) }) : t('In stock');
}

function ruleOf(minimum: number, step: number): string {
  if (step > 1) return t('{minimum}, or more in steps of {step}', { minimum, step });
  return minimum > 1 ? t('At least {minimum}', { minimum }) : '';
}

function faultOf(wanted: number, { minimum = 1, step = 1, stock }: Orderable): string {
  if (wanted < minimum || (wanted - minimum) % step) return step > 1 ? t('Order {minimum}, or more in steps of {step}.', { minimum, step }) : t('Order at least {minimum}.', { minimum });
  return stock !== undefined && wanted > stock ? t('Only {stock} are left. Order fewer.', { stock: formatNumber(stock) }) : '';
}
