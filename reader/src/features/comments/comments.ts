/**
 * Comments as the server writes them: the same part that stands on their own page, fetched and put in its place. Links
 * and forms of the part that can be answered by another part are followed here, so that nobody leaves the reader.
 */

import type { ReaderContext } from '../../store/context';
import { t } from '../../strings';
import { element } from '../../ui/dom';

/** Fill `host` with the comments at an address; says what is wrong where they cannot be had, with a way to try again. */
export async function fill(context: ReaderContext, host: HTMLElement, address: string): Promise<void> {
  if (!host.dataset.listens) {
    host.dataset.listens = '1';
    host.addEventListener('click', (event) => onClick(context, host, event));
    host.addEventListener('submit', (event) => onSubmit(context, host, event));
    // What is typed here is no shortcut of the reader.
    host.addEventListener('keydown', (event) => (event.target as Element).matches('input, textarea') && event.key !== 'Escape' && event.stopPropagation());
  }
  host.setAttribute('aria-busy', 'true');
  host.dataset.asked = address; // an answer that comes late gives way to what was asked for since
  const isWanted = (): boolean => host.dataset.asked === address;
  try {
    const html = await fetchPart(address);
    if (isWanted()) put(host, html);
  } catch {
    if (isWanted()) host.replaceChildren(failure(() => void fill(context, host, address)));
  } finally {
    if (isWanted()) host.removeAttribute('aria-busy');
  }
}

async function fetchPart(address: string, sent?: FormData): Promise<string> {
  const answer = await fetch(address, { credentials: 'same-origin', ...(sent ? { method: 'POST', body: sent } : {}) });
  // A form that came back with mistakes is a part too.
  if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
  return answer.text();
}

function put(host: HTMLElement, html: string): void {
  const template = document.createElement('template');
  template.innerHTML = html;
  host.replaceChildren(template.content);
}

function onClick(context: ReaderContext, host: HTMLElement, event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const inside = /^#(comment-[\w-]+)$/.exec(link.getAttribute('href')!)?.[1];
  if (inside) {
    event.preventDefault();
    event.stopPropagation();
    show(host.querySelector<HTMLElement>(`[id="${CSS.escape(inside)}"]`));
    return;
  }
  if (!('part' in link.dataset)) return;
  event.preventDefault();
  event.stopPropagation();
  const target = new URL(link.href).hash.slice(1);
  void replace(context, host, link.href, undefined, target);
}

function onSubmit(context: ReaderContext, host: HTMLElement, event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  if (!('part' in form.dataset)) return;
  event.preventDefault();
  const button = event.submitter as HTMLButtonElement | null;
  if (button) button.disabled = true;
  void replace(context, host, form.action, new FormData(form), '').finally(() => button && (button.disabled = false));
}

/** Take another part in the place of this one; where it cannot be had, what was typed stays. */
async function replace(context: ReaderContext, host: HTMLElement, address: string, sent: FormData | undefined, target: string): Promise<void> {
  host.setAttribute('aria-busy', 'true');
  try {
    put(host, await fetchPart(address, sent));
    const wrong = host.querySelector<HTMLElement>('[aria-invalid="true"], .is-wrong');
    const form = host.querySelector<HTMLElement>('.comment .comment-form');
    const first = form?.querySelector<HTMLElement>('input:not([type="hidden"]), textarea');
    show(wrong ?? first ?? host.querySelector<HTMLElement>('.comments-status') ?? (target ? host.querySelector<HTMLElement>(`[id="${CSS.escape(target)}"]`) : null) ?? host.querySelector<HTMLElement>('h2'));
  } catch {
    context.store.dispatch({ type: 'announce', text: t('This part could not be loaded. Is the device connected?'), toast: true });
  } finally {
    host.removeAttribute('aria-busy');
  }
}

function show(part: HTMLElement | null): void {
  part?.focus({ preventScroll: true });
  part?.scrollIntoView({ block: 'center' });
}

function failure(again: () => void): HTMLElement {
  return element('div', { class: 'comments-failure', role: 'alert' },
    element('p', {}, t('The comments could not be loaded.')),
    element('button', { type: 'button', class: 'button button-outline', onclick: again }, t('Try again')));
}
