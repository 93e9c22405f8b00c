/** The door to forms beside pages: loaded only where an edition has some, after the first page. */

import type { ReaderContext } from '../store/context';
import { calm } from '../store/calm';
import { visiblePages } from './edition';

/** Offer forms as their pages come into sight. */
export async function mountAsking(context: ReaderContext): Promise<void> {
  await calm.slice();
  const forms = (await context.client.laid()).overlays.filter((one) => one.kind === 'form' && one.asked && one.address?.startsWith(`${location.origin}/`));
  if (!forms.length) return;
  const show = (await import('../features/asking/asking')).mountAsking(context, forms);
  show(visiblePages(context, context.store.state));
  context.store.subscribe((state, before) => {
    if (state.page !== before.page || state.view !== before.view) void calm.slice().then(() => show(visiblePages(context, context.store.state)));
  });
}
