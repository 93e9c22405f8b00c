/** The door to the cart: loads it when there is something in it, or when somebody puts something in. */

import type { ReaderContext } from '../store/context';
import { t } from '../strings';

/** A product in the cart, as the house tells it; without what it does not know. */
export interface CartLine {
  readonly key: string;
  readonly code: string;
  readonly name?: string | undefined;
  readonly quantity: number;
  readonly minimum?: number | undefined;
  readonly step?: number | undefined;
  /** Of one and of all, as they are written; absent where they are not known. */
  readonly price?: string | undefined;
  readonly amount?: string | undefined;
  /** Why it cannot be ordered as it is. */
  readonly trouble?: string | undefined;
  readonly picture?: string | undefined;
  readonly page?: number | undefined;
  /** The slug of the edition in which it was chosen: the cart is one for all editions of a publication. */
  readonly from?: string | undefined;
  /** The name of that edition and the address of the page, where it is another one than this. */
  readonly edition?: string | undefined;
  readonly address?: string | undefined;
}

/** A wish, under a name of its own, so that it counts once. */
export interface CartChange {
  readonly id: string;
  readonly deed: 'add' | 'set';
  readonly code: string;
  readonly quantity: number;
  /** What the card said, until the house says more. */
  readonly name?: string | undefined;
  readonly price?: string | undefined;
  /** The edition in which it is chosen. */
  readonly from?: string | undefined;
}

const WAIT_MS = 1500; // after the reader is ready: nothing of it is needed before the first page

const feature = (): Promise<typeof import('../features/cart/cart')> => import('../features/cart/cart');

/** Where the cart is; null where nothing can be ordered. */
export const cart = (context: { readonly element: HTMLElement }): string | null => context.element.getAttribute('cart');

/** Show what lies in the cart as soon as there is time, where something may: on this device, or with an account. */
export function mountCart(context: ReaderContext): void {
  if (!cart(context) || !mayHaveSome(context)) return;
  const load = (): void => void feature().then(({ start }) => start(context)).catch(() => undefined);
  setTimeout(() => {
    if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 2000 });
    else load();
  }, WAIT_MS);
}

/** Put a product into the cart. Answers whether that could be done. */
export async function addToCart(context: ReaderContext, wanted: Omit<CartChange, 'id' | 'deed'>): Promise<boolean> {
  try {
    const { change } = await feature();
    void change(context, { ...wanted, deed: 'add' });
    return true;
  } catch {
    context.store.dispatch({ type: 'announce', text: t('This part could not be loaded. Is the device connected?'), toast: true });
    return false;
  }
}

/** Whether somebody has signed in at the house. */
export const hasAccount = (): boolean => /(^|;\s*)signed-in=1/.test(document.cookie);

/** By which slug the house knows this edition. */
export const ownSlug = (context: { readonly element: HTMLElement }): string => new URL(cart(context)!).pathname.split('/').at(-2) ?? '';

/** Under which name the cart lies on the device: one for all editions of a publication. */
export const cartPlace = (context: { readonly element: HTMLElement }): string => `masthead-cart ${new URL('..', cart(context)!).pathname}`;

function mayHaveSome(context: ReaderContext): boolean {
  try {
    return hasAccount() || localStorage.getItem(cartPlace(context)) !== null;
  } catch {
    return hasAccount();
  }
}
