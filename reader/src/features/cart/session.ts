/** The cart of a publication during a visit: kept on the device, told to the house as soon as it can be reached. */

import type { ReaderContext } from '../../store/context';
import { language } from '../../strings';
import { cart as addressOf, cartPlace, ownSlug, type CartChange } from '../../ui/cart';
import { answered, countOf, EMPTY, isWaiting, mustTell, wished, type Basket, type Told } from './keeping';

/** `device`: not asked yet; `refused`: the house said no; `apart`: in another site's frame the browser lets it keep nothing. */
export type Standing = 'device' | 'apart' | 'working' | 'agreed' | 'offline' | 'closed' | 'refused';

const RETRY_MS = 15_000;
const AT_ONCE = 200; // changes in a request, as the house takes them
const started = new WeakMap<HTMLElement, Session>();

export class Session {
  basket: Basket = EMPTY;
  standing: Standing = 'device';
  /** What the house said when it refused, in its English words. */
  refusal = '';
  private token = '';
  private timer = 0;
  private turn: Promise<void> = Promise.resolve();
  private readonly listeners = new Set<() => void>();
  private readonly place: string;

  constructor(private readonly context: ReaderContext) {
    this.place = cartPlace(context);
    this.load();
    addEventListener('storage', (event) => event.key === this.place && (this.load(), this.changed()));
    addEventListener('online', () => void this.refresh());
    addEventListener('pageshow', (event) => event.persisted && void this.refresh());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void this.refresh());
  }

  /** What the cart of this device is called where the house could not name it: the same as long as it lies here. */
  get name(): string {
    if (!this.basket.cart) this.take({ ...this.basket, cart: `d${Math.random().toString(36).slice(2, 14)}` });
    return this.basket.cart;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Take a wish of the reader: it counts at once, and is told as soon as possible. */
  wish(change: Omit<CartChange, 'id'>): Promise<void> {
    this.load(); // another window may have changed it
    this.basket = wished(this.basket, { from: ownSlug(this.context), ...change, id: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}` });
    this.save();
    this.changed();
    return this.refresh();
  }

  /** Hear what the cart is now, after telling what the house does not know. One after the other. */
  refresh(): Promise<void> {
    this.turn = this.turn.then(() => this.exchange());
    return this.turn;
  }

  private async exchange(): Promise<void> {
    clearTimeout(this.timer);
    this.stand('working');
    try {
      let told = this.token && isWaiting(this.basket) ? null : await this.ask('GET');
      if (told && !mustTell(this.basket, told)) this.take(answered(this.basket, told));
      else {
        const { cart, account, lines, pending } = this.basket;
        const sent = pending.slice(0, AT_ONCE);
        const bare = sent.map(({ id, deed, code, quantity, from }) => ({ id, deed, code, quantity, from }));
        told = await this.ask('POST', { cart, account, lines: lines.map((line) => [line.code, line.quantity, line.from ?? '']), changes: bare });
        this.take(answered(this.basket, told, sent));
      }
      this.stand('agreed');
    } catch (error) {
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    if (error instanceof Refusal && error.status === 404) return this.stand('closed');
    if (error instanceof Refusal && error.status === 409) {
      // It cannot take what is waiting, and will not next time either.
      this.refusal = error.sentence;
      this.take({ ...this.basket, pending: [] });
      return this.stand('refused');
    }
    if (error instanceof Refusal && error.status === 403) {
      this.token = '';
      if (window.top !== window) return this.stand('apart');
    }
    this.stand('offline');
    if (isWaiting(this.basket)) this.timer = window.setTimeout(() => void this.refresh(), RETRY_MS);
  }

  private async ask(method: 'GET' | 'POST', body?: unknown): Promise<Told> {
    const address = `${addressOf(this.context)}.json?lang=${language()}`;
    const answer = await fetch(address, {
      method, cache: 'no-store',
      ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', 'X-CSRFToken': this.token } } : {}),
    });
    if (!answer.ok) {
      const said = (await answer.json().catch(() => ({}))) as { sentence?: string; hint?: string };
      throw new Refusal(answer.status, said.sentence ?? '');
    }
    const told = (await answer.json()) as Told;
    this.token = told.token;
    return told;
  }

  private take(basket: Basket): void {
    this.basket = basket;
    this.save();
    this.changed();
  }

  private stand(standing: Standing): void {
    this.standing = standing;
    this.changed();
  }

  private changed(): void {
    this.context.store.dispatch({ type: 'cart', cart: countOf(this.basket) });
    for (const listener of this.listeners) listener();
  }

  private load(): void {
    try {
      const kept = localStorage.getItem(this.place);
      if (kept) this.basket = { ...EMPTY, ...(JSON.parse(kept) as Basket) };
    } catch {
      // A browser that keeps nothing has its cart for the visit, and at the house.
    }
  }

  private save(): void {
    try {
      localStorage.setItem(this.place, JSON.stringify(this.basket));
    } catch {
      // As above.
    }
  }
}

class Refusal extends Error {
  constructor(readonly status: number, readonly sentence: string) {
    super(`${status}`);
  }
}

/** The session of this reader; the first who asks begins it. */
export function sessionOf(context: ReaderContext): Session {
  const found = started.get(context.element) ?? new Session(context);
  started.set(context.element, found);
  return found;
}
