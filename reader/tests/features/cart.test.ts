/** The cart as a device keeps it: wishes count once, in any order of answers; quantities keep to their steps. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { answered, countOf, EMPTY, mustTell, seen, wished, type Told } from '../../src/features/cart/keeping';
import type { CartChange, CartLine } from '../../src/ui/cart';
import { quantityOf, stepped } from '../../src/ui/quantity';

const line = (code: string, quantity: number): CartLine => ({ key: code.toLowerCase(), code, name: code, quantity, price: '€1', amount: '€1' });
const told = (lines: CartLine[], more: Partial<Told> = {}): Told => ({ token: 't', cart: 'A', account: false, live: true, fine: true, lines, total: '', taxes: [], ...more });
let serial = 0;
const wish = (deed: CartChange['deed'], code: string, quantity: number): CartChange => ({ id: `id-${serial++}`, deed, code, quantity });
const quantities = (lines: readonly CartLine[]): Record<string, number> => Object.fromEntries(lines.map((one) => [one.key, one.quantity]));

describe('a basket', () => {
  it('shows wishes at once, and says no price that it does not know', () => {
    let basket = answered(EMPTY, told([line('Rope', 2)]));
    basket = wished(basket, wish('add', 'ROPE', 1));
    basket = wished(basket, wish('add', 'Bell', 4));
    expect(quantities(seen(basket))).toEqual({ rope: 3, bell: 4 });
    expect(seen(basket)[0]!.amount).toBeUndefined();
    basket = wished(basket, wish('set', 'Rope', 0));
    expect(countOf(basket)).toBe(1);
  });
  it('keeps what was wished while an answer was on its way', () => {
    const first = wish('add', 'Rope', 2);
    let basket = wished(EMPTY, first);
    const sent = basket.pending;
    basket = wished(basket, wish('add', 'Rope', 1));
    basket = answered(basket, told([line('Rope', 2)]), sent);
    expect(quantities(seen(basket))).toEqual({ rope: 3 });
    expect(basket.pending).toHaveLength(1);
  });
  it('tells the house what it does not know, but never an account’s cart', () => {
    const basket = answered(EMPTY, told([line('Rope', 2)]));
    expect(mustTell(basket, told([line('Rope', 2)]))).toBe(false);
    expect(mustTell(basket, told([], { cart: '' }))).toBe(true);
    expect(mustTell(answered(EMPTY, told([line('Rope', 2)], { account: true })), told([], { cart: '' }))).toBe(false);
  });
  it('comes to the same whenever wishes are told', () => {
    const wishes = fc.array(fc.record({ deed: fc.constantFrom('add' as const, 'set' as const), code: fc.constantFrom('a', 'b', 'c'), quantity: fc.nat(9), tell: fc.boolean() }));
    fc.assert(
      fc.property(wishes, (all) => {
        const plain = new Map<string, number>();
        let basket = EMPTY;
        let house = new Map<string, number>();
        const tell = (): void => {
          for (const { deed, code, quantity } of basket.pending) house.set(code, deed === 'add' ? (house.get(code) ?? 0) + quantity : quantity);
          house = new Map([...house].filter(([, quantity]) => quantity > 0));
          basket = answered(basket, told([...house].map(([code, quantity]) => line(code, quantity))), basket.pending);
        };
        for (const { deed, code, quantity, tell: now } of all) {
          plain.set(code, deed === 'add' ? (plain.get(code) ?? 0) + quantity : quantity);
          basket = wished(basket, wish(deed, code, quantity));
          if (now) tell();
        }
        expect(quantities(seen(basket))).toEqual(Object.fromEntries([...plain].filter(([, quantity]) => quantity > 0)));
      }),
    );
  });
});

describe('quantities', () => {
  it('are read in the digits of any script', () => {
    expect([quantityOf(' 12 '), quantityOf('١٢'), quantityOf('۱۲'), quantityOf('1.5'), quantityOf(''), quantityOf('-1')]).toEqual([12, 12, 12, null, null, null]);
  });
  it('go in steps from the least one on, and no further than there are', () => {
    const rule = { minimum: 4, step: 3, most: 12 };
    expect([stepped(4, 1, rule), stepped(5, 1, rule), stepped(10, 1, rule), stepped(4, -1, rule), stepped(9, -1, rule), stepped(1, 1, rule)]).toEqual([7, 7, 10, 4, 7, 4]);
  });
});
