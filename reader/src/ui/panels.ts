/** The sheet beside the page: loads a panel's code when it is first opened, moves the focus in and back out. */

import type { ReaderContext } from '../store/context';
import type { PanelName, ReaderState } from '../store/state';
import { t } from '../strings';
import { button } from './button';
import { panelTitle } from './commands';
import { compact, element, uniqueId } from './dom';
import { icon } from './icons';
import type { Update } from './toolbar';

/** What a feature hands over: its content, and how it follows the state. */
export interface Panel {
  readonly content: HTMLElement;
  /** What gets the focus when the panel opens; the heading if absent. */
  readonly focus?: () => HTMLElement | null;
  readonly update?: Update;
  readonly close?: () => void;
}
type Loader = () => Promise<{ open: (context: ReaderContext) => Panel | Promise<Panel> }>;

const LOADERS: Readonly<Record<PanelName, Loader>> = {
  search: () => import('../features/search/panel'),
  contents: () => import('../features/contents/panel'),
  pages: () => import('./tabs'),
  print: () => import('../features/print/panel'),
  help: () => import('../features/help/panel'),
  settings: () => import('../features/settings/panel'),
  text: () => import('../features/article/article'),
  archive: () => import('../features/archive/panel'),
  share: () => import('../features/share/panel'),
  comments: () => import('../features/comments/panel'),
  cart: () => import('../features/cart/cart'),
  keep: () => import('../features/keeping/panel'),
};

/** Follow the state's `panel`. The answer brings an open panel up to date. */
export function mountPanels(context: ReaderContext): Update {
  const slot = context.slots.panel;
  slot.hidden = true;
  let shown: PanelName | null = null;
  let panel: Panel | null = null;
  let opener: HTMLElement | null = null;

  const close = (): void => {
    panel?.close?.();
    panel = null;
    slot.replaceChildren();
    slot.hidden = true;
    cover(context, false);
    delete context.element.dataset.panel;
  };
  const open = async (name: PanelName): Promise<void> => {
    const sheet = frame(context, name);
    slot.replaceChildren(sheet.part);
    slot.hidden = false;
    context.element.dataset.panel = name;
    cover(context, compact());
    sheet.heading.focus({ preventScroll: true });
    try {
      const loaded = await (await LOADERS[name]()).open(context);
      if (shown !== name) {
        loaded.close?.();
        return;
      }
      panel = loaded;
      sheet.body.replaceChildren(loaded.content);
      loaded.update?.(context.store.state);
      if (slot.contains(document.activeElement)) (loaded.focus?.() ?? sheet.heading).focus({ preventScroll: true });
    } catch {
      if (shown === name) sheet.body.replaceChildren(failure(() => void open(name)));
    }
  };
  slot.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    context.store.dispatch({ type: 'panel', panel: null });
  });
  return (state: ReaderState) => {
    if (state.panel === shown) {
      panel?.update?.(state);
      return;
    }
    const inside = slot.contains(document.activeElement);
    const active = document.activeElement as HTMLElement | null;
    if (state.panel && !inside) opener = active;
    close();
    shown = state.panel;
    if (shown) void open(shown);
    else if (inside || active === document.body || !active) giveBack(context, opener);
  };
}

/** The focus goes back to what opened the panel, or to the stage where that has gone. */
function giveBack(context: ReaderContext, opener: HTMLElement | null): void {
  if (opener?.isConnected && opener !== document.body && opener.offsetParent !== null) opener.focus({ preventScroll: true });
  else (context.element.querySelector<HTMLElement>('.article-scroll') ?? context.element.querySelector<HTMLElement>('.reader-stage'))?.focus({ preventScroll: true });
}

/** On small windows a panel covers the rest, which then must not be reached. */
function cover(context: ReaderContext, on: boolean): void {
  for (const part of context.element.querySelectorAll<HTMLElement>('.reader-toolbar, .reader-stage, .reader-footer, .edges, .article-view')) {
    part.inert = on;
  }
}

function frame(context: ReaderContext, name: PanelName): { part: HTMLElement; heading: HTMLElement; body: HTMLElement } {
  const heading = element('h2', { class: 'panel-title', tabindex: -1, id: uniqueId('panel') }, panelTitle(context, name));
  const body = element('div', { class: 'panel-body' }, element('p', { class: 'panel-waiting', role: 'status' }, t('One moment…')));
  const shut = (): void => context.store.dispatch({ type: 'panel', panel: null });
  const part = element(
    'section',
    { class: `panel panel-${name}`, role: 'dialog', 'aria-labelledby': heading.id, 'aria-modal': compact() ? 'true' : null },
    element('div', { class: 'panel-head' }, heading, button({ icon: 'close', label: t('Close'), keys: 'Escape', run: shut })),
    body,
  );
  return { part: element('div', { class: 'panel-frame' }, element('div', { class: 'panel-veil', onclick: shut }), part), heading, body };
}

function failure(again: () => void): HTMLElement {
  return element(
    'div',
    { class: 'panel-failure', role: 'alert' },
    icon('offline'),
    element('p', {}, t('This part could not be loaded. Is the device connected?')),
    button({ icon: 'retry', label: t('Try again'), named: true, class: 'button-solid', run: again }),
  );
}
