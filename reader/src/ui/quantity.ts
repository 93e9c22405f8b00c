/** How many of something: a field between two buttons, which keep to the least quantity and to its steps. */

import { t } from '../strings';
import { button } from './button';
import { element } from './dom';
import { Minus, Plus } from 'lucide-static';

export interface QuantityOptions {
  /** Of what, for those who do not see it. */
  readonly name: string;
  readonly value: number;
  readonly minimum: number;
  readonly step: number;
  readonly most?: number | undefined;
  /** Names the parts, so that the focus finds them again when they are drawn anew. */
  readonly does: string;
  readonly set?: ((quantity: number) => void) | undefined;
  readonly describedBy?: string | undefined;
}

/** The number that somebody typed, in the digits of any script; null where it is none. */
export function quantityOf(typed: string): number | null {
  const plain = typed.trim().replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15));
  return /^\d{1,7}$/.test(plain) ? Number(plain) : null;
}

/** The next quantity that can be ordered, up or down; the least one where there is no other. */
export function stepped(value: number, by: 1 | -1, { minimum, step, most }: Pick<QuantityOptions, 'minimum' | 'step' | 'most'>): number {
  if (value < minimum) return minimum;
  const steps = (value - minimum) / step;
  const next = minimum + step * (by === 1 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1);
  const last = most === undefined ? next : minimum + step * Math.floor((most - minimum) / step);
  return Math.max(minimum, Math.min(next, Math.max(last, minimum)));
}

/** The field with its buttons. It holds what was typed, whatever that is. */
export function quantityField(options: QuantityOptions): HTMLElement {
  const field = element('input', {
    class: 'field quantity-field', inputmode: 'numeric', autocomplete: 'off', dir: 'ltr', value: String(options.value),
    'aria-label': t('Quantity of {name}', { name: options.name }), 'aria-describedby': options.describedBy,
  });
  field.dataset.does = `quantity ${options.does}`;
  const go = (by: 1 | -1) => (): void => {
    const next = stepped(quantityOf(field.value) ?? options.value, by, options);
    field.value = String(next);
    options.set?.(next);
  };
  const less = button({ icon: { svg: Minus }, label: t('Less of {name}', { name: options.name }), run: go(-1) });
  const more = button({ icon: { svg: Plus }, label: t('More of {name}', { name: options.name }), run: go(1) });
  less.dataset.does = `less ${options.does}`;
  more.dataset.does = `more ${options.does}`;
  const typed = (): void => {
    const found = quantityOf(field.value);
    if (found === null) field.value = String(options.value);
    else if (found !== options.value) options.set?.(found);
  };
  if (options.set) {
    field.addEventListener('change', typed);
    field.addEventListener('keydown', (event) => event.key === 'Enter' && field.blur());
  }
  return element('div', { class: 'quantity', role: 'group' }, less, field, more);
}
