/** Everything the tools can do, each named once: the toolbar, the phone's bar and the menus show parts of it. */

import type { ReaderContext } from '../store/context';
import type { PanelName, ReaderState, ViewChoice } from '../store/state';
import { mark, t } from '../strings';
import type { IconName } from './icons';

export interface PanelCommand {
  readonly panel: PanelName;
  readonly icon: IconName;
  /** English; ask t() for what to show. */
  readonly name: string;
  readonly keys: string;
}

export const PANELS: Readonly<Record<PanelName, PanelCommand>> = {
  search: { panel: 'search', icon: 'search', name: mark('Search'), keys: '/' },
  contents: { panel: 'contents', icon: 'contents', name: mark('Contents'), keys: 'C' },
  pages: { panel: 'pages', icon: 'pages', name: mark('Pages'), keys: 'P' },
  settings: { panel: 'settings', icon: 'settings', name: mark('Settings'), keys: 'S' },
  print: { panel: 'print', icon: 'print', name: mark('Print'), keys: 'Control+P' },
  text: { panel: 'text', icon: 'text', name: mark('Text'), keys: 'T' },
  archive: { panel: 'archive', icon: 'archive', name: mark('Other editions'), keys: 'E' },
  share: { panel: 'share', icon: 'share', name: mark('Share'), keys: 'R' },
  comments: { panel: 'comments', icon: 'comments', name: mark('Comments'), keys: 'K' },
  cart: { panel: 'cart', icon: 'cart', name: mark('Cart'), keys: 'O' },
  keep: { panel: 'keep', icon: 'keep', name: mark('Keep on this device'), keys: 'W' },
  help: { panel: 'help', icon: 'help', name: mark('Help'), keys: '?' },
};

export const VIEWS: Readonly<Record<ViewChoice, { readonly icon: IconName; readonly name: string }>> = {
  auto: { icon: 'auto', name: mark('Fits the window') },
  spread: { icon: 'spread', name: mark('Two pages') },
  single: { icon: 'single', name: mark('One page') },
  scroll: { icon: 'scroll', name: mark('Scroll') },
};

/** Open a panel, or close it if it is the open one. */
export function togglePanel(context: ReaderContext, panel: PanelName): void {
  context.store.dispatch({ type: 'panel', panel: context.store.state.panel === panel ? null : panel });
}

/** Where the publication's editions are listed; null where the edition stands alone. */
export const archive = (context: ReaderContext): string | null => context.element.getAttribute('archive');

/** Where something of the edition is shared; null where nothing can be. */
export const share = (context: ReaderContext): string | null => context.element.getAttribute('share');

/** Where comments are read and written; null where the publisher wants none. */
export const comments = (context: ReaderContext): string | null => context.element.getAttribute('comments');

/** What a publisher can leave out of the reader. */
export type Offer = 'print' | 'aloud' | 'guide';

/** Whether the publisher offers it. */
export const offers = (context: { readonly element: HTMLElement }, what: Offer): boolean =>
  !(context.element.getAttribute('without') ?? '').split(' ').includes(what);

/** Where the PDF can be had, if the publisher offers it. */
export const download = (context: ReaderContext): string | null => context.element.getAttribute('source');

/** Where chosen pages can be had as a PDF; null where they cannot. */
export const parts = (context: ReaderContext): string | null => context.element.getAttribute('parts');

/** Whether there is anything in the panel for paper and files. */
export const takesOut = (context: ReaderContext): boolean => offers(context, 'print') || parts(context) !== null;

/** What stands over an open panel: that for paper and files says which of both it is good for. */
export function panelTitle(context: ReaderContext, panel: PanelName): string {
  if (panel !== 'print' || !parts(context)) return t(PANELS[panel].name);
  return offers(context, 'print') ? t('Print or download') : t('Download chosen pages');
}

/** Fetch the PDF, named by the browser as the server says. */
export function startDownload(context: ReaderContext): void {
  const link = document.createElement('a');
  link.href = download(context) ?? '';
  link.download = '';
  link.click();
}

export const canFullScreen = (): boolean => document.fullscreenEnabled === true;

/** Fill the screen with the reader, or give it back. */
export async function toggleFullScreen(context: ReaderContext): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await context.element.requestFullscreen();
  } catch {
    context.store.dispatch({ type: 'announce', text: t('This browser does not allow full screen here.'), toast: true });
  }
}

/** '125 %' as shown between the zoom buttons. */
export const zoomText = (state: ReaderState): string => t('{count}%', { count: Math.round(state.zoom * 100) });
