/** The foot of the lists: where annotations are kept, whether devices agree, what was made without an account, files out and in. */

import { t, tn } from '../../../strings';
import { button } from '../../../ui/button';
import { element } from '../../../ui/dom';
import { download } from '../../../ui/commands';
import { icon } from '../../../ui/icons';
import { save, takeIn } from '../leaving/files';
import { savePdf } from '../leaving/pdf';
import type { Session } from '../session';
import type { Synchroniser } from '../synchronising';
import { ask } from './floating';
import { DATA_FILE, IMPORT, TEXT_FILE } from './icons';

/** The part, and how it follows. */
export function keepingPart(session: Session, synchroniser: Synchroniser): { part: HTMLElement; update: () => void } {
  const part = element('div', { class: 'keeping' });
  const state = element('div', { role: 'status' });
  const files = filesPart(session, synchroniser);
  part.append(state, files.part);
  let shown = '';
  const update = (): void => {
    const lines = standing(session, synchroniser);
    const now = JSON.stringify([lines, synchroniser.offered, synchroniser.signIn, session.all().length > 0]);
    files.update();
    if (now === shown) return;
    shown = now;
    state.replaceChildren(
      element('p', { class: 'keeping-line', 'data-standing': synchroniser.standing }, icon(lines.bad ? 'offline' : 'check'), element('span', {}, lines.text)),
      ...(lines.again ? [button({ icon: 'retry', label: t('Try again'), named: true, class: 'button-outline', run: () => void synchroniser.refresh() })] : []),
      ...(synchroniser.signIn ? [element('p', {}, element('a', { href: synchroniser.signIn, class: 'keeping-link', target: '_top' }, t('Sign in to have them on all your devices')))] : []),
      ...(synchroniser.offered ? [offerPart(session, synchroniser)] : []),
    );
  };
  update();
  return { part, update };
}

function standing(session: Session, { standing: now, name }: Synchroniser): { text: string; bad?: boolean; again?: boolean } {
  const refused = session.all().filter(({ fault }) => fault).length;
  if (!session.shelf.lasting && now === 'device') return { text: t('This browser keeps nothing here, as in a private window: what you add lasts until you close this page.'), bad: true };
  if (refused) return { text: tn('{count} item could not be kept with your account; it stays on this device.', '{count} items could not be kept with your account; they stay on this device.', refused), bad: true };
  switch (now) {
    case 'device':
      return { text: t('Kept on this device.') };
    case 'working':
      return { text: t('Synchronising …') };
    case 'agreed':
      return { text: t('Synchronised with the account of {name}.', { name }) };
    case 'offline':
      return { text: t('No connection. What you add is kept on this device and synchronised later.'), bad: true };
    case 'signed-out':
      return { text: t('You are no longer signed in. What you add is kept on this device.'), bad: true, again: true };
    case 'closed':
      return { text: t('This edition can no longer be read with your account. What you added stays on this device.'), bad: true };
    case 'failed':
      return { text: t('Synchronising did not work. Everything is kept on this device.'), bad: true, again: true };
  }
}

/** What was made before signing in: added to the account, or forgotten, as its owner says. */
function offerPart(session: Session, synchroniser: Synchroniser): HTMLElement {
  const count = synchroniser.offered;
  const forget = (): void =>
    ask(session.context, tn('Discard {count} item that was made on this device?', 'Discard {count} items that were made on this device?', count), '', t('Discard'), () => void synchroniser.settleOffer(false));
  return element('div', { class: 'keeping-offer' },
    element('p', {}, tn('{count} item was made on this device without an account.', '{count} items were made on this device without an account.', count)),
    element('div', { class: 'panel-actions' },
      element('button', { type: 'button', class: 'button button-solid', onclick: () => void synchroniser.settleOffer(true) }, t('Add to my account')),
      element('button', { type: 'button', class: 'button button-outline', onclick: forget }, t('Discard'))));
}

function filesPart(session: Session, synchroniser: Synchroniser): { part: HTMLElement; update: () => void } {
  const { context } = session;
  const said = element('p', { class: 'panel-hint', role: 'status' });
  const file = element('input', { type: 'file', class: 'visually-hidden', accept: '.jsonld,.json,application/ld+json,application/json', tabindex: -1, 'aria-hidden': 'true', onchange: () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    takeIn(session, chosen).then(
      ({ added, known }) => (said.textContent = `${tn('{count} item was imported.', '{count} items were imported.', added)}${known ? ` ${tn('{count} item was here already.', '{count} items were here already.', known)}` : ''}`),
      () => (said.textContent = t('There are no annotations in this file. Choose a Web Annotation file (.jsonld or .json).')),
    ).finally(() => (file.value = ''));
  } });
  const out = [
    button({ icon: DATA_FILE, label: t('Web Annotation (JSON)'), named: true, class: 'button-outline', run: () => save(session, 'json') }),
    button({ icon: TEXT_FILE, label: t('Markdown'), named: true, class: 'button-outline', run: () => save(session, 'markdown') }),
    ...(synchroniser.possible && download(context) ? [button({ icon: 'download', label: t('PDF with notes'), named: true, class: 'button-outline', run: () => {
      said.textContent = t('One moment…');
      savePdf(session, synchroniser).then(() => (said.textContent = ''), () => (said.textContent = t('The PDF could not be made. Try again in a moment.')));
    } })] : []),
  ];
  const part = element('details', { class: 'keeping-files' },
    element('summary', {}, t('Export and import')),
    element('div', { class: 'keeping-buttons' }, ...out, button({ icon: IMPORT, label: t('Import …'), named: true, class: 'button-outline', run: () => file.click() })),
    file, said);
  const everything = element('p', {}, element('a', { class: 'keeping-link', href: '/own-notes.jsonld', download: '' }, t('Everything that you added, in all editions')));
  part.append(everything);
  return {
    part,
    update: () => {
      out.forEach((each) => (each.disabled = context.store.state.annotations.length === 0));
      everything.hidden = !session.whose;
    },
  };
}
