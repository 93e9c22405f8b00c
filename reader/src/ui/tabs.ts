/** The panel of pages and its lists: Pages, Bookmarks, Highlights, Notes, each loaded when it is first shown. */

import type { ReaderContext } from '../store/context';
import type { ReaderState, TabName } from '../store/state';
import { direction, mark, t } from '../strings';
import { element, uniqueId } from './dom';
import { rove } from './roving';
import type { Panel } from './panels';

const TABS: Readonly<Record<TabName, string>> = { pages: mark('Pages'), bookmarks: mark('Bookmarks'), highlights: mark('Highlights'), notes: mark('Notes') };

interface Shown {
  readonly part: HTMLElement;
  readonly update?: (state: ReaderState) => void;
  readonly focus?: () => HTMLElement | null;
  readonly close?: () => void;
}

/** Open the panel at the list that the state names. */
export async function open(context: ReaderContext): Promise<Panel> {
  const { store } = context;
  const body = element('div', { class: 'tab-body', role: 'tabpanel', id: uniqueId('tab'), tabindex: -1 });
  const tabs = (Object.keys(TABS) as TabName[]).map((name) =>
    element('button', { type: 'button', class: 'button tab', role: 'tab', id: uniqueId('tab'), 'data-tab': name, 'aria-controls': body.id, onclick: () => store.dispatch({ type: 'tab', tab: name }) }, t(TABS[name])));
  const row = element('div', { class: 'tab-row', role: 'tablist', 'aria-label': t('Pages and notes') }, ...tabs);
  rove(row, () => tabs, direction);
  let shown: Shown | null = null;
  let name: TabName | null = null;

  const show = async (wanted: TabName): Promise<void> => {
    name = wanted;
    for (const tab of tabs) {
      const isOn = tab.dataset.tab === wanted;
      tab.setAttribute('aria-selected', String(isOn));
      tab.tabIndex = isOn ? 0 : -1;
      if (isOn) body.setAttribute('aria-labelledby', tab.id);
    }
    const loaded = await load(context, wanted);
    if (name !== wanted) {
      loaded.close?.();
      return;
    }
    shown?.close?.();
    shown = loaded;
    body.replaceChildren(loaded.part);
    loaded.update?.(store.state);
  };
  await show(store.state.tab);
  return {
    content: element('div', { class: 'tabs' }, row, body),
    focus: () => (store.state.tab === 'pages' ? shown?.focus?.() : null) ?? tabs.find((tab) => tab.tabIndex === 0) ?? null,
    update: (state) => {
      if (state.tab !== name) {
        void show(state.tab).then(() => state.tab === 'pages' && shown?.focus?.()).catch(() => {
          store.dispatch({ type: 'announce', text: t('This part could not be loaded. Is the device connected?'), toast: true });
        });
      } else shown?.update?.(state);
    },
    close: () => shown?.close?.(),
  };
}

async function load(context: ReaderContext, name: TabName): Promise<Shown> {
  if (name !== 'pages') return (await import('../features/notes/notes')).openList(context, name);
  const panel = (await import('../features/pages/panel')).open(context);
  return { ...panel, part: panel.content };
}
