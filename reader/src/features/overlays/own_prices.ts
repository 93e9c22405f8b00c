/** What somebody who has signed in pays for a product: a list of prices may be theirs. Asked when its card opens. */

import type { OverlayEntry, PriceStep } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { hasAccount } from '../../ui/cart';

export interface OwnPrice {
  readonly code: string;
  readonly price?: string;
  readonly scale?: readonly PriceStep[];
  /** What others pay, where it is more. */
  readonly usual?: string;
}

/** By code; none where nobody has signed in, or the house does not answer: then what everybody pays is shown. */
export async function ownPrices(context: ReaderContext, one: OverlayEntry): Promise<ReadonlyMap<string, OwnPrice>> {
  if (!hasAccount() || !one.code || !one.can_be_ordered) return new Map();
  try {
    const answer = await fetch(`${context.home}product.json?code=${encodeURIComponent(one.code)}`, { cache: 'no-store' });
    if (!answer.ok) return new Map();
    const { products } = (await answer.json()) as { products: readonly OwnPrice[] };
    return new Map(products.filter((each) => each.price).map((each) => [each.code, each]));
  } catch {
    return new Map();
  }
}
