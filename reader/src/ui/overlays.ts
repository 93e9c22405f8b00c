/** Opens what lies on a page: loads its code when somebody first presses such a thing, and gives the focus back. */

import type { ReaderContext } from '../store/context';
import { t } from '../strings';
import type { Update } from './toolbar';

/** Follow the state's `overlay`. */
export function mountOverlays(context: ReaderContext): Update {
  let shown = '';
  let close: (() => void) | null = null;
  const { store } = context;

  const open = async (id: string): Promise<void> => {
    const opener = document.activeElement as HTMLElement | null;
    try {
      const [feature, laid] = await Promise.all([import('../features/overlays/dialog'), context.client.laid()]);
      const entry = laid.overlays.find((one) => one.id === id);
      if (shown !== id) return;
      if (!entry) return void store.dispatch({ type: 'overlay', overlay: '' });
      context.element.dispatchEvent(new CustomEvent('masthead-count', { detail: { kind: 'overlay', page: entry.page, overlay: id } }));
      close = feature.open(context, entry, () => {
        if (opener?.isConnected) opener.focus({ preventScroll: true });
        if (store.state.overlay === id) store.dispatch({ type: 'overlay', overlay: '' });
      });
    } catch {
      if (shown === id) store.dispatch({ type: 'overlay', overlay: '' });
      store.dispatch({ type: 'announce', text: t('This part could not be loaded. Is the device connected?'), toast: true });
    }
  };
  return (state) => {
    if (state.overlay === shown) return;
    shown = state.overlay;
    close?.();
    close = null;
    if (shown) void open(shown);
  };
}
