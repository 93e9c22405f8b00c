/** Says to whoever counts what was done with a product. */

import type { ReaderContext } from '../../store/context';

export function tellCount(context: ReaderContext, detail: { kind: 'product' | 'cart'; page: number; code: string }): void {
  context.element.dispatchEvent(new CustomEvent('masthead-count', { detail }));
}
