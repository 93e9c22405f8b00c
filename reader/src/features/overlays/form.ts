/** A form of the house in the dialog: the part that the server writes, with its own style and script, loaded when it opens. */

import type { OverlayEntry } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { language, t } from '../../strings';
import { element } from '../../ui/dom';
import { rememberAsked } from '../../ui/preferences';
import type { Shown, Titled } from './dialog';

/** What the form's script offers; it is served beside the pages of forms, and the same there. */
interface FormScript {
  prepare(root: HTMLElement, ways: { language: string; done: () => void; close: () => void }): void;
}

/** Forms that were opened: what was typed stays until it is sent. */
const kept = new Map<string, HTMLElement>();

export function form(context: ReaderContext, one: OverlayEntry): Shown {
  const content = kept.get(one.id) ?? element('div', { class: 'overlay-form' });
  const loaded = kept.has(one.id) ? Promise.resolve() : load(context, one, content);
  return { content, title: loaded.then(() => titleOf(content)) };
}

/** What the form calls itself: the area on the page that opens it may be called something else. */
function titleOf(content: HTMLElement): Titled | null {
  const { title, titleLanguage, titleDirection } = content.querySelector<HTMLElement>('.reader-form')?.dataset ?? {};
  return title ? { words: title, language: titleLanguage!, direction: titleDirection! } : null;
}

async function load(context: ReaderContext, one: OverlayEntry, content: HTMLElement): Promise<void> {
  content.replaceChildren(element('p', { role: 'status' }, t('The form is loading.')));
  const address = new URL(one.address!, location.href);
  address.searchParams.set('page', String(one.page));
  address.searchParams.set('lang', language());
  try {
    const answer = await fetch(address, { headers: { 'X-Part': 'yes' } });
    if (!answer.ok) throw new Error(String(answer.status));
    // The server wrote it for this place and escaped what others typed.
    content.innerHTML = await answer.text();
    const { script, style } = content.querySelector<HTMLElement>('.reader-form')!.dataset;
    if (!document.querySelector(`link[href="${style}"]`)) document.head.append(element('link', { rel: 'stylesheet', href: style }));
    const { prepare } = (await import(/* @vite-ignore */ new URL(script!, location.href).href)) as FormScript;
    prepare(content, {
      language: language(),
      done: () => {
        kept.delete(one.id);
        rememberAsked(one.id);
        context.element.dispatchEvent(new CustomEvent('masthead-asked', { detail: one.id }));
      },
      close: () => context.store.dispatch({ type: 'overlay', overlay: '' }),
    });
    kept.set(one.id, content);
  } catch {
    content.replaceChildren(
      element('p', { role: 'alert' }, t('This part could not be loaded. Is the device connected?')),
      element('p', {}, element('a', { href: address.href, target: '_blank', rel: 'noopener' }, t('Open it in a window of its own'))),
    );
  }
}
