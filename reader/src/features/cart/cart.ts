/** What the rest of the reader asks of the cart: the one door of this folder, and so the one file that is loaded. */

import type { ReaderContext } from '../../store/context';
import type { CartChange } from '../../ui/cart';
import { sessionOf } from './session';

export { open } from './panel';

/** Show how many products lie in it, on this device or with the account. */
export function start(context: ReaderContext): void {
  void sessionOf(context).refresh();
}

/** Put something in, or change how many there are. */
export async function change(context: ReaderContext, wanted: Omit<CartChange, 'id'>): Promise<void> {
  await sessionOf(context).wish(wanted);
}
