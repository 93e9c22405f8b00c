/** The cart as a device keeps it: what the house last said, and what was changed here and is not yet told. Pure. */

import type { CartLine, CartChange } from '../../ui/cart';

/** What the house answers about a cart. */
export interface Told {
  readonly token: string;
  /** The name of the cart that the house keeps; '' where it keeps none. */
  readonly cart: string;
  /** Whether it belongs to somebody who has signed in. */
  readonly account: boolean;
  readonly live: boolean;
  /** Whether every line can be ordered as it is. */
  readonly fine: boolean;
  readonly lines: readonly CartLine[];
  readonly total: string;
  readonly taxes: readonly string[];
}

/** What stays on the device. */
export interface Basket {
  readonly cart: string;
  readonly account: boolean;
  readonly live: boolean;
  readonly fine: boolean;
  readonly lines: readonly CartLine[];
  readonly total: string;
  readonly taxes: readonly string[];
  readonly pending: readonly CartChange[];
}

export const EMPTY: Basket = { cart: '', account: false, live: true, fine: false, lines: [], total: '', taxes: [], pending: [] };
const MOST = 1_000_000;

/** Codes are compared as the house compares them. */
export const keyOf = (code: string): string => code.split(/\s+/).filter(Boolean).join(' ').toLowerCase();

/** The lines as the reader sees them: what the house said, with what was changed since. */
export function seen(basket: Basket): CartLine[] {
  const lines = new Map(basket.lines.map((line) => [line.key, line]));
  for (const change of basket.pending) {
    const key = keyOf(change.code);
    const before = lines.get(key);
    const quantity = Math.min(MOST, change.quantity + (change.deed === 'add' ? (before?.quantity ?? 0) : 0));
    if (quantity <= 0) lines.delete(key);
    // What it comes to is known again when the house was asked.
    else lines.set(key, { ...(before ?? { key, code: change.code, name: change.name ?? '', price: change.price, from: change.from }), quantity, amount: undefined, trouble: undefined });
  }
  return [...lines.values()];
}

/** Whether something is not yet told. */
export const isWaiting = (basket: Basket): boolean => basket.pending.length > 0;

/** How many products lie in it. */
export const countOf = (basket: Basket): number => seen(basket).length;

/** The basket after a wish of the reader; what was set before is overtaken by what is set now. */
export function wished(basket: Basket, change: CartChange): Basket {
  const key = keyOf(change.code);
  const rest = change.deed === 'set' ? basket.pending.filter((one) => keyOf(one.code) !== key) : basket.pending;
  return { ...basket, pending: [...rest, change] };
}

/** The basket after an answer to the changes that were sent; what was wished meanwhile still waits. */
export function answered(basket: Basket, told: Told, sent: readonly CartChange[] = []): Basket {
  const gone = new Set(sent.map((change) => change.id));
  const { cart, account, live, fine, lines, total, taxes } = told;
  return { cart, account, live, fine, lines, total, taxes, pending: basket.pending.filter((change) => !gone.has(change.id)) };
}

/** Whether the house must hear from this device, having said this. */
export function mustTell(basket: Basket, told: Told): boolean {
  if (isWaiting(basket)) return true;
  // It knows another cart, or none: what lies here comes along. An account's is there already.
  return basket.cart !== told.cart && !basket.account && basket.lines.length > 0;
}
