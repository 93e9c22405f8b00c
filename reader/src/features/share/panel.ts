/** The share panel: what, and to whom; plain links, nothing is loaded from the networks. */

import type { ReaderContext } from '../../store/context';
import { t } from '../../strings';
import { button } from '../../ui/button';
import { share } from '../../ui/commands';
import { element, uniqueId } from '../../ui/dom';
import { icon } from '../../ui/icons';
import type { Panel } from '../../ui/panels';
import { COPY, DEVICE, MAIL, OUTSIDE } from './icons';
import { fetchTold, toldAddress, type Clipping, type Thing, type Told } from './things';

const SVG = 'http://www.w3.org/2000/svg';

/** Open the panel for what is read now; thrown where the house does not answer. */
export async function open(context: ReaderContext): Promise<Panel> {
  const here = (): string => toldAddress(share(context)!, context.store.state, location.hash);
  const place = (): string => `${context.store.state.page} ${context.store.state.article}`;
  let asked = place();
  const content = element('div', { class: 'share' });
  const show = (told: Told): void => content.replaceChildren(...parts(context, told));
  show(await fetchTold(here()));
  return {
    content,
    focus: () => content.querySelector<HTMLElement>('input:checked'),
    update: () => {
      // Only another page or article asks again: words that are no longer selected can still be shared.
      if (place() === asked) return;
      const wanted = (asked = place());
      fetchTold(here()).then((told) => wanted === asked && show(told)).catch(() => undefined); // what is shown stays true
    },
  };
}

function parts(context: ReaderContext, told: Told): HTMLElement[] {
  if (!told.live || !told.things.length) return [element('p', { class: 'panel-hint', role: 'status' }, t('This edition is not live, so it cannot be shared yet.'))];
  const name = uniqueId('share');
  const ways = element('div', { class: 'share-ways' });
  const choose = (thing: Thing): void => ways.replaceChildren(...waysOf(context, told, thing));
  const rows = told.things.map((thing, at) =>
    element('div', { class: 'choice-row' }, element('label', { class: 'choice' },
      element('input', { type: 'radio', name, checked: at === 0, onchange: () => choose(thing) }),
      element('span', { dir: 'auto' }, nameOf(thing)))));
  choose(told.things[0]!);
  return [element('fieldset', { class: 'choices' }, element('legend', {}, t('What to share')), ...rows), ways];
}

function nameOf(thing: Thing): string {
  if (thing.what === 'passage') return t('The selected words');
  if (thing.what === 'page') return t('Page {label}', { label: thing.label });
  return thing.what === 'cover' ? t('The whole edition') : thing.label;
}

function waysOf(context: ReaderContext, told: Told, thing: Thing): HTMLElement[] {
  const found: HTMLElement[] = thing.clipping ? [clippingOf(context, thing.clipping)] : [];
  const count = (way: string): void => tell(context, thing, way);
  if (told.ways.includes('link')) {
    const address = element('input', { type: 'text', class: 'field share-address', readonly: true, dir: 'ltr', value: thing.address, 'aria-label': t('Link'), onfocus: () => address.select() });
    const copy = button({ icon: COPY, label: t('Copy the link'), named: true, class: 'button-solid', run: () => void copyLink(context, address, count) });
    found.push(element('div', { class: 'share-link' }, address, copy));
  }
  const rest: HTMLElement[] = [];
  if (told.ways.includes('device') && 'share' in navigator) {
    rest.push(button({ icon: DEVICE, label: t('Share by this device'), named: true, class: 'button-outline', run: () => void shareByDevice(context, thing, count) }));
  }
  if (told.ways.includes('email')) rest.push(outward(thing.email, t('By e-mail'), MAIL));
  for (const { way, name, address } of thing.networks) rest.push(outward(address, name, OUTSIDE, () => count(way)));
  if (rest.length) found.push(element('div', { class: 'share-rest' }, ...rest));
  return found;
}

/** The clipping as a mail shows it. */
function clippingOf(context: ReaderContext, { picture, width, height, marks, words }: Clipping): HTMLElement {
  const over = document.createElementNS(SVG, 'svg');
  over.setAttribute('viewBox', `0 0 ${width} ${height}`);
  over.setAttribute('aria-hidden', 'true');
  for (const [x, y, wide, high] of marks) {
    const mark = document.createElementNS(SVG, 'rect');
    for (const [side, value] of Object.entries({ x: x - 1, y: y - 1, width: wide + 2, height: high + 2, rx: 1.5 })) mark.setAttribute(side, String(value));
    over.append(mark);
  }
  return element('div', { class: 'share-clipping' },
    element('img', { src: picture, width, height, alt: words, lang: context.book.manifest.language }), over);
}

function outward(address: string, name: string, drawing: { readonly svg: string; readonly directed?: boolean }, followed?: () => void): HTMLElement {
  return element('a', { class: 'button button-outline', href: address, target: '_blank', rel: 'noopener noreferrer nofollow', onclick: followed }, icon(drawing), element('span', { class: 'button-name' }, name));
}

async function copyLink(context: ReaderContext, field: HTMLInputElement, count: (way: string) => void): Promise<void> {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // Without a secure address the browser gives no clipboard: the link stands selected, to be copied by hand.
    field.select();
    context.store.dispatch({ type: 'announce', text: t('The browser does not let us copy. The link is selected: copy it by hand.'), toast: true });
    return;
  }
  count('link');
  context.store.dispatch({ type: 'announce', text: t('The link is copied.'), toast: true });
}

async function shareByDevice(context: ReaderContext, thing: Thing, count: (way: string) => void): Promise<void> {
  try {
    await navigator.share({ title: thing.title, url: thing.address });
    count('device');
  } catch (error) {
    if ((error as DOMException).name === 'AbortError') return; // they thought better of it
    context.store.dispatch({ type: 'announce', text: t('This device cannot share from here. Copy the link instead.'), toast: true });
  }
}

function tell(context: ReaderContext, thing: Thing, way: string): void {
  const detail = thing.article ? { kind: 'share', way, article: thing.article } : { kind: 'share', way, page: thing.page };
  context.element.dispatchEvent(new CustomEvent('masthead-count', { detail }));
}
