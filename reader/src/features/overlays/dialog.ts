/** The dialog of what lies on a page: its title, what it shows, and the ways out of it. The one door of this folder. */

import './overlays.css';

import type { OverlayEntry } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { direction, language, t } from '../../strings';
import { button } from '../../ui/button';
import { element, uniqueId } from '../../ui/dom';
import { showModal } from '../../ui/modal';
import { frame, popup, product } from './cards';
import { form } from './form';
import { gallery } from './gallery';
import { sound, video } from './media';

/** A title that comes with the content. */
export interface Titled {
  readonly words: string;
  readonly language: string;
  readonly direction: string;
}

/** What a kind hands over: its content, and what ends with it. */
export interface Shown {
  readonly content: HTMLElement;
  /** Wide things take the room there is. */
  readonly wide?: boolean;
  readonly keys?: (event: KeyboardEvent) => void;
  /** What it calls itself once it has come; null: as the overlay is called. */
  readonly title?: Promise<Titled | null>;
}

const KINDS: Readonly<Partial<Record<OverlayEntry['kind'], (context: ReaderContext, one: OverlayEntry) => Shown>>> = {
  video, audio: sound, gallery, popup, product, form, html: frame,
};

/** Show it over everything; `closed` is called once it is gone. Answers how to close it. */
export function open(context: ReaderContext, one: OverlayEntry, closed: () => void): () => void {
  const shown = KINDS[one.kind]!(context, one);
  const { manifest } = context.book;
  const heading = element('h2', { id: uniqueId('overlay'), class: 'overlay-title', tabindex: -1, autofocus: true, dir: 'auto', lang: manifest.language === 'und' ? null : manifest.language }, one.title);
  const part = element(
    'dialog',
    { class: `overlay-dialog overlay-${one.kind}${shown.wide ? ' is-wide' : ''}`, role: 'dialog', 'aria-labelledby': heading.id, lang: language(), dir: direction() },
    element('div', { class: 'overlay-head' }, heading, button({ icon: 'close', label: t('Close'), keys: 'Escape', run: () => leave() })),
    element('div', { class: 'overlay-body' }, shown.content),
  );
  // Keys belong to what is open: they turn no page below it and open no panel.
  part.addEventListener('keydown', (event) => {
    shown.keys?.(event);
    event.stopPropagation();
  });
  part.addEventListener('click', (event) => event.target === part && leave());
  void shown.title?.then((told) => {
    if (!told) return;
    heading.textContent = told.words;
    heading.lang = told.language;
    heading.dir = told.direction;
  });
  context.element.append(part);
  const leave = showModal(part, closed);
  return leave;
}
