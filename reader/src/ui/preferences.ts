/** What is remembered on this device: theme, view, and whether the guide was seen. */

import type { Theme, ViewChoice } from '../store/state';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
const VIEW_CHOICES: readonly ViewChoice[] = ['auto', 'spread', 'single', 'scroll'];

function read(name: string): string | null {
  try {
    return localStorage.getItem(`masthead-${name}`);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`masthead-${name}`, value);
  } catch {
    // A browser that keeps nothing just forgets.
  }
}

export const rememberedTheme = (): Theme => THEMES.find((theme) => theme === read('theme')) ?? 'auto';
export const rememberTheme = (theme: Theme): void => write('theme', theme);
const choice = (name: string | null): ViewChoice | undefined => VIEW_CHOICES.find((view) => view === name);

/** The view that somebody chose, else the one that the publisher offers. */
export const rememberedView = (offered: string | null): ViewChoice => choice(read('view')) ?? choice(offered) ?? 'auto';
/** Keep a view that was chosen; one that was only offered is not a choice, and the next publisher may offer another. */
export function rememberView(view: ViewChoice, offered: string | null): void {
  if (read('view') !== null || view !== (choice(offered) ?? 'auto')) write('view', view);
}
/** The forms beside pages that somebody sent or closed: they are not offered again on this device. */
export const wasAsked = (id: string): boolean => (read('asked') ?? '').split(' ').includes(id);
export const rememberAsked = (id: string): void => write('asked', [...(read('asked') ?? '').split(' ').filter((one) => one && one !== id), id].slice(-100).join(' '));
export const guideSeen = (): boolean => read('guide') === 'seen';
export const rememberGuide = (): void => write('guide', 'seen');
