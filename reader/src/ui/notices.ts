/** What is said in passing: announcements for screen readers, short notes, and the banner when the network is away. */

import type { ReaderContext } from '../store/context';
import { t } from '../strings';
import { element } from './dom';
import { whereText } from './edition';
import { icon } from './icons';
import type { Update } from './toolbar';

const TOAST_TIME = 5000;
const SETTLED = 250;
const STANDS = 10_000;

/** Fill the live region and the place for notes. */
export function mountNotices(context: ReaderContext): { part: HTMLElement; update: Update } {
  const spoken = element('p', { class: 'spoken', 'aria-live': 'polite', 'aria-atomic': 'true' });
  const toast = element('p', { class: 'toast', role: 'status', hidden: true });
  const banner = element('p', { class: 'banner', role: 'status', hidden: true }, icon('offline'), element('span', {}));
  context.slots.live.replaceChildren(spoken);
  let serial = context.store.state.notice.serial;
  let where = whereText(context, context.store.state);
  let speaking = 0;
  let fading = 0;
  let standing = 0;
  let told = '';

  const speak = (text: string): void => {
    clearTimeout(speaking);
    // Quick turning would otherwise queue every page that went by.
    speaking = window.setTimeout(() => (spoken.textContent = text), SETTLED);
  };
  return {
    part: element('div', { class: 'notices' }, banner, toast),
    update: (state) => {
      const now = whereText(context, state);
      if (state.status === 'ready' && now !== where) speak(now);
      where = now;
      if (state.notice.serial !== serial) {
        serial = state.notice.serial;
        if (state.notice.toast) {
          toast.textContent = state.notice.text;
          toast.hidden = false;
          clearTimeout(fading);
          fading = window.setTimeout(() => (toast.hidden = true), TOAST_TIME);
        } else speak(state.notice.text);
      }
      const kept = context.element.hasAttribute('data-kept');
      const text = state.online ? '' : kept ? t('No connection. This edition is on this device and can be read.') : t('No connection. Pages already seen stay readable.');
      if (text === told) return;
      told = text;
      banner.hidden = !text;
      banner.lastElementChild!.textContent = text;
      clearTimeout(standing);
      // Who reads from the device misses nothing: once it was said, it need not lie on the page.
      if (kept && text) standing = window.setTimeout(() => (banner.hidden = true), STANDS);
    },
  };
}
