/** The bar at the top: what is being read at its start, what can be done at its end. */

import type { ReaderContext } from '../store/context';
import type { PanelName, ReaderState } from '../store/state';
import { direction, formatNumber, t } from '../strings';
import { hasArticle, toggleArticle } from './article';
import { button, rename } from './button';
import { cart } from './cart';
import { canBeKept } from './keeping';
import { archive, canFullScreen, comments, download, offers, PANELS, parts, share, startDownload, toggleFullScreen, togglePanel, VIEWS, zoomText } from './commands';
import { element, setAttribute } from './dom';
import { icon } from './icons';
import { menuFor, type MenuItem } from './menu';
import { actOnNotes, isBookmarked, noteItems } from './notes';
import { pageBox } from './page_box';
import { rove } from './roving';

export type Update = (state: ReaderState) => void;

/** Fill the toolbar's place. The answer brings it up to date with a state. */
export function mountToolbar(context: ReaderContext): Update {
  const slot = context.slots.toolbar;
  const panels = (['search', 'contents', 'pages'] as const).map((name) => panelButton(context, name));
  const article = button({ icon: 'article', label: t('Read as an article'), keys: 'A', run: () => toggleArticle(context) });
  const notes = notesTools(context);
  const zoom = zoomTools(context);
  const view = viewTool(context);
  const rest = restTools(context);
  const more = moreTool(context);
  const basket = cart(context) ? cartTool(context) : null;
  const box = pageBox(context, 'bar-box');
  const row = element(
    'div',
    { class: 'tools', role: 'toolbar', 'aria-label': t('Tools') },
    element('div', { class: 'tool-group tools-find' }, ...panels, article),
    notes.part,
    zoom.part,
    element('div', { class: 'tool-group tools-rest' }, view.part, ...rest.parts),
    more,
    basket && element('div', { class: 'tool-group tools-cart' }, basket.part),
  );
  const title = element('p', { class: 'bar-title', dir: 'auto' }, context.book.manifest.title);
  const logo = context.element.getAttribute('logo');
  if (logo) title.prepend(element('img', { class: 'bar-logo', src: logo, alt: context.element.getAttribute('logo-text') ?? '' }));
  slot.replaceChildren(title, box.part, row);
  const settle = rove(row, () => [...row.querySelectorAll<HTMLElement>('.button')], direction);
  addEventListener('resize', settle);
  return (state) => {
    for (const tool of [...panels, ...rest.parts]) showPressed(tool, state.panel);
    article.disabled = !hasArticle(context, state);
    notes.update(state);
    zoom.update(state);
    view.update(state);
    rest.update(state);
    basket?.update(state);
    box.update(state);
  };
}

function panelButton(context: ReaderContext, name: PanelName): HTMLButtonElement {
  const { icon: iconName, name: label, keys } = PANELS[name];
  const made = button({ icon: iconName, label: t(label), keys, run: () => togglePanel(context, name) });
  made.dataset.panel = name;
  setAttribute(made, 'aria-expanded', 'false');
  // A press must not take away the words that are selected: they may be what is shared.
  if (name === 'share') made.addEventListener('pointerdown', (event) => event.preventDefault());
  return made;
}

/** Say which panel is open on the button that opens it. */
export function showPressed(tool: HTMLElement, panel: PanelName | null): void {
  if (tool.dataset.panel) setAttribute(tool, 'aria-expanded', String(tool.dataset.panel === panel));
}

function notesTools(context: ReaderContext): { part: HTMLElement; update: Update } {
  const mark = button({ icon: 'bookmark', label: t('Bookmark this page'), keys: 'B', run: () => actOnNotes(context, 'bookmark') });
  const opener = button({ icon: 'annotate', label: t('Highlight, write, draw'), run: () => undefined });
  return {
    part: element('div', { class: 'tool-group tools-notes' }, mark, menuFor(opener, t('Highlight, write, draw'), () => noteItems(context).slice(1))),
    update: (state) => {
      const isOn = isBookmarked(state);
      rename(mark, isOn ? 'bookmarked' : 'bookmark', isOn ? t('Remove the bookmark') : t('Bookmark this page'), 'B');
      setAttribute(mark, 'aria-pressed', String(isOn));
    },
  };
}

function zoomTools(context: ReaderContext): { part: HTMLElement; update: Update } {
  const { dispatch } = context.store;
  const smaller = button({ icon: 'zoom-out', label: t('Zoom out'), keys: '-', run: () => dispatch({ type: 'zoom-out' }) });
  const bigger = button({ icon: 'zoom-in', label: t('Zoom in'), keys: '+', run: () => dispatch({ type: 'zoom-in' }) });
  const value = element('button', { type: 'button', class: 'button zoom-value' });
  const choose = menuFor(value, t('Zoom'), () => {
    const state = context.store.state;
    return [
      { label: t('Whole page'), icon: 'fit-page', chosen: state.fit === 'page', run: () => dispatch({ type: 'fit', fit: 'page' }) },
      { label: t('Page width'), icon: 'fit-width', chosen: state.fit === 'width', run: () => dispatch({ type: 'fit', fit: 'width' }) },
      ...[1.5, 2, 4].map((zoom) => ({
        label: t('{count}%', { count: zoom * 100 }),
        chosen: state.fit === 'free' && Math.abs(state.zoom - zoom) < 0.01,
        run: () => dispatch({ type: 'zoom', zoom }),
      })),
    ];
  });
  return {
    part: element('div', { class: 'tool-group tools-zoom' }, smaller, choose, bigger),
    update: (state) => {
      value.textContent = zoomText(state);
      setAttribute(value, 'aria-label', `${t('Zoom')}: ${zoomText(state)}`);
    },
  };
}

const views = (context: ReaderContext): MenuItem[] =>
  (Object.keys(VIEWS) as (keyof typeof VIEWS)[]).map((view) => ({
    label: t(VIEWS[view].name),
    icon: VIEWS[view].icon,
    chosen: context.store.state.viewChoice === view,
    run: () => context.store.dispatch({ type: 'choose-view', view }),
  }));

function viewTool(context: ReaderContext): { part: HTMLElement; update: Update } {
  const opener = button({ icon: 'auto', label: t('View'), run: () => undefined });
  return {
    part: menuFor(opener, t('View'), () => views(context)),
    update: (state) => rename(opener, VIEWS[state.viewChoice].icon, `${t('View')}: ${t(VIEWS[state.viewChoice].name)}`),
  };
}

/** The whole PDF, pages of it, and all of it on this device. */
const downloads = (context: ReaderContext): MenuItem[] => [
  ...(download(context) ? [{ label: t('Download the PDF'), icon: 'download' as const, run: () => startDownload(context) }] : []),
  ...(parts(context) ? [{ label: t('Download chosen pages'), icon: 'pages' as const, run: () => context.store.dispatch({ type: 'panel', panel: 'print' }) }] : []),
  ...(canBeKept(context) ? [{ label: t(PANELS.keep.name), icon: PANELS.keep.icon, run: () => togglePanel(context, 'keep') }] : []),
];

/** One way is a button, two are a menu. */
function downloadTool(context: ReaderContext): HTMLElement[] {
  const ways = downloads(context);
  if (ways.length < 2) return ways.map(({ label, icon: drawing, run }) => button({ icon: drawing ?? 'download', label, run }));
  return [menuFor(button({ icon: 'download', label: t('Download'), run: () => undefined }), t('Download'), () => downloads(context))];
}

function restTools(context: ReaderContext): { parts: HTMLElement[]; update: Update } {
  const full = button({ icon: 'full-screen', label: t('Full screen'), keys: 'F', run: () => void toggleFullScreen(context) });
  const parts = [
    ...(archive(context) ? [panelButton(context, 'archive')] : []),
    panelButton(context, 'settings'),
    ...(share(context) ? [panelButton(context, 'share')] : []),
    ...(comments(context) ? [panelButton(context, 'comments')] : []),
    ...(offers(context, 'print') ? [panelButton(context, 'print')] : []),
    ...downloadTool(context),
    ...(canFullScreen() ? [full] : []),
    panelButton(context, 'help'),
  ];
  return {
    parts,
    update: (state) => {
      if (state.fullScreen) rename(full, 'leave-full-screen', t('Leave full screen'), 'F');
      else rename(full, 'full-screen', t('Full screen'), 'F');
      setAttribute(full, 'aria-pressed', String(state.fullScreen));
    },
  };
}

/** The button of the cart, with how many products lie in it. */
export function cartTool(context: ReaderContext, named = false): { part: HTMLButtonElement; update: Update } {
  const { icon: drawing, name, keys } = PANELS.cart;
  const part = button({ icon: drawing, label: t(name), keys, named, class: named ? 'bar-button cart-tool' : 'cart-tool', run: () => togglePanel(context, 'cart') });
  const count = element('span', { class: 'cart-count', 'aria-hidden': 'true' });
  part.dataset.panel = 'cart';
  setAttribute(part, 'aria-expanded', 'false');
  part.append(count);
  return {
    part,
    update: (state) => {
      showPressed(part, state.panel);
      count.textContent = state.cart ? formatNumber(state.cart) : '';
      setAttribute(part, 'aria-label', state.cart ? `${t(name)}: ${formatNumber(state.cart)}` : named ? null : t(name));
    },
  };
}

/** What does not fit into a smaller window, as a menu. */
export function moreTool(context: ReaderContext, named = false): HTMLElement {
  const opener = button({ icon: 'more', label: t('More'), named, class: named ? 'bar-button' : 'more-button', run: () => undefined });
  const panel = (name: PanelName): MenuItem => ({
    label: t(PANELS[name].name),
    icon: PANELS[name].icon,
    run: () => context.store.dispatch({ type: 'panel', panel: name }),
  });
  const wrapper = menuFor(opener, t('More'), () => [
    ...(named ? noteItems(context) : []),
    ...(archive(context) ? [panel('archive')] : []),
    panel('settings'),
    ...(share(context) ? [panel('share')] : []),
    ...(comments(context) ? [panel('comments')] : []),
    ...(offers(context, 'print') ? [panel('print')] : []),
    ...downloads(context),
    ...(canFullScreen()
      ? [{ label: context.store.state.fullScreen ? t('Leave full screen') : t('Full screen'), icon: 'full-screen' as const, run: () => void toggleFullScreen(context) }]
      : []),
    panel('help'),
  ]);
  wrapper.classList.add('more');
  return wrapper;
}

/** The tools at the bottom of a small window, with their names. */
export function bottomBar(context: ReaderContext): { part: HTMLElement; update: Update } {
  const tools = (['contents', 'pages', 'search'] as const).map((name) => {
    const made = element('button', { type: 'button', class: 'button bar-button', 'aria-expanded': 'false', onclick: () => togglePanel(context, name) },
      icon(PANELS[name].icon), element('span', { class: 'button-name' }, t(PANELS[name].name)));
    made.dataset.panel = name;
    return made;
  });
  const article = button({ icon: 'article', label: t('Article'), named: true, class: 'bar-button', run: () => toggleArticle(context) });
  const basket = cart(context) ? cartTool(context, true) : null;
  return {
    part: element('div', { class: 'bottom-bar' }, article, ...tools, basket?.part, moreTool(context, true)),
    update: (state) => {
      basket?.update(state);
      article.disabled = !hasArticle(context, state);
      tools.forEach((tool) => showPressed(tool, state.panel));
    },
  };
}
