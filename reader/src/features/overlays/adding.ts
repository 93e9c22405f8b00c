/** On a product's card: what is in stock, how many somebody wants, and the button that puts them into the cart. */

import type { OverlayEntry } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { formatNumber, t } from '../../strings';
import { button } from '../../ui/button';
import { addToCart, cart } from '../../ui/cart';
import { element, uniqueId } from '../../ui/dom';
import { quantityField, quantityOf } from '../../ui/quantity';

const FEW = 10; // so many left are worth a word

/** The control; null where this product cannot be ordered here. `price` is that of one, as it is written. */
export function adding(context: ReaderContext, one: OverlayEntry, price: string): HTMLElement | null {
  if (!cart(context) || !one.can_be_ordered || one.sold_out) return null;
  const { minimum = 1, step = 1, stock } = one;
  const rule = element('p', { class: 'adding-rule', id: uniqueId('rule') }, ruleOf(minimum, step));
  const quantity = quantityField({ name: one.name ?? '', value: minimum, minimum, step, most: stock, does: 'card', describedBy: rule.textContent ? rule.id : undefined });
  const field = quantity.querySelector('input')!;
  const said = element('p', { class: 'adding-said', role: 'status' });
  const see = button({ icon: 'cart', label: t('See the cart'), named: true, class: 'button-outline', run: () => {
    context.store.dispatch({ type: 'overlay', overlay: '' });
    context.store.dispatch({ type: 'panel', panel: 'cart' });
  } });
  see.hidden = true;
  const add = async (): Promise<void> => {
    const wanted = quantityOf(field.value);
    const wrong = wanted === null ? t('Write a whole number.') : faultOf(wanted, one);
    field.setAttribute('aria-invalid', String(wrong !== ''));
    said.classList.toggle('is-wrong', wrong !== '');
    if (wrong || wanted === null) {
      said.textContent = wrong;
      field.focus();
      return;
    }
    if (!(await addToCart(context, { code: one.code!, quantity: wanted, name: one.name, price }))) return;
    said.textContent = t('{name} is in the cart.', { name: `${formatNumber(wanted)} × ${one.name ?? ''}` });
    see.hidden = false;
  };
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    void add();
  });
  return element(
    'div',
    { class: 'adding' },
    element('div', { class: 'adding-row' }, quantity, button({ icon: 'cart', label: t('Add to the cart'), named: true, class: 'button-solid', run: () => void add() })),
    rule.textContent ? rule : null,
    said,
    see,
  );
}

/** What is said of the stock; '' where nobody counts it. */
export function stockOf(one: OverlayEntry): string {
  if (one.sold_out) return t('Sold out');
  if (one.stock === undefined) return '';
  return one.stock <= FEW ? t('{count} left', { count: formatNumber(one.stock) }) : t('In stock');
}

function ruleOf(minimum: number, step: number): string {
  if (step > 1) return t('{minimum}, or more in steps of {step}', { minimum, step });
  return minimum > 1 ? t('At least {minimum}', { minimum }) : '';
}

function faultOf(wanted: number, { minimum = 1, step = 1, stock }: OverlayEntry): string {
  if (wanted < minimum || (wanted - minimum) % step) return step > 1 ? t('Order {minimum}, or more in steps of {step}.', { minimum, step }) : t('Order at least {minimum}.', { minimum });
  return stock !== undefined && wanted > stock ? t('Only {stock} are left. Order fewer.', { stock: formatNumber(stock) }) : '';
}
