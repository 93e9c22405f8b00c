/** The player of reading aloud: a small bar over whichever view is shown, with its state in words. */

import type { ReaderContext } from '../../../store/context';
import { direction, language, t } from '../../../strings';
import { button, rename } from '../../../ui/button';
import { element } from '../../../ui/dom';
import { menuFor } from '../../../ui/menu';
import { BACKWARD, FORWARD, PAUSE, PLAY, STOP, VOICE } from '../icons';
import type { AloudSession } from './session';
import { fitting, RATES, speaks } from './voices';

const MOST_VOICES = 30;

/** Show the player of a session until it ends. */
export function showPlayer(context: ReaderContext, session: AloudSession): void {
  const opener = document.activeElement as HTMLElement | null;
  const part = element('section', { class: 'player', 'aria-label': t('Read aloud'), lang: language(), dir: direction() });
  const status = element('p', { class: 'player-status', role: 'status' });
  const play = button({ icon: PAUSE, label: t('Pause'), keys: 'L', class: 'player-play', run: () => (session.doing === 'speaking' ? session.pause() : session.resume()) });
  const backward = button({ icon: BACKWARD, label: t('Previous sentence'), keys: ',', run: () => session.step(-1) });
  const forward = button({ icon: FORWARD, label: t('Next sentence'), keys: '.', run: () => session.step(1) });
  const rate = rateTool(session);
  const voice = voiceTool(session);
  const end = button({ icon: STOP, label: t('Stop reading aloud'), keys: 'Shift+L', run: () => session.end() });
  part.append(element('div', { class: 'player-tools' }, backward, play, forward, rate.part, voice, end), status);
  const draw = (): void => {
    const speaking = session.doing === 'speaking';
    if (speaking) rename(play, PAUSE, t('Pause'), 'L');
    else rename(play, PLAY, t('Go on reading aloud'), 'L');
    backward.disabled = session.at <= 0 || session.doing === 'silent';
    forward.disabled = session.at + 1 >= session.sentences.length || session.doing === 'silent';
    play.disabled = session.doing === 'waiting' || session.doing === 'silent';
    rate.update();
    voice.hidden = session.voices.length < 2;
    part.classList.toggle('is-silent', session.doing === 'silent' && !session.voices.length);
    const words = statusText(session);
    status.hidden = !words;
    if (status.textContent !== words) status.textContent = words;
  };
  const finish = (): void => {
    const inside = part.contains(document.activeElement);
    part.remove();
    if (!inside) return;
    if (opener?.isConnected && opener.checkVisibility()) opener.focus();
    else (context.element.querySelector<HTMLElement>('.article-view:not([hidden]) .article-scroll') ?? context.element.querySelector<HTMLElement>('.reader-stage'))?.focus({ preventScroll: true });
  };
  session.subscribe(draw);
  session.whenEnded(finish);
  context.element.querySelector('.reader-shell')!.append(part);
  draw();
}

function statusText(session: AloudSession): string {
  if (session.doing === 'waiting') return t('One moment…');
  if (session.doing === 'silent') {
    return session.voices.length
      ? t('The device could not read this aloud. Another voice may.')
      : t('This device has no voice for reading aloud. Voices can be added in its settings, under speech or accessibility.');
  }
  if (!speaks(session.voices, session.language)) return t('No voice of this device speaks the language of the text; {name} reads it.', { name: session.voice?.name ?? '' });
  return '';
}

function rateTool(session: AloudSession): { part: HTMLElement; update: () => void } {
  const text = (value: number): string => t('{rate}×', { rate: value });
  const opener = element('button', { type: 'button', class: 'button player-rate' });
  return {
    part: menuFor(opener, t('Speed'), () => RATES.map((value) => ({ label: text(value), chosen: session.rate === value, run: () => session.setRate(value) }))),
    update: () => {
      opener.textContent = text(session.rate);
      opener.setAttribute('aria-label', `${t('Speed')}: ${text(session.rate)}`);
    },
  };
}

function voiceTool(session: AloudSession): HTMLElement {
  const opener = button({ icon: VOICE, label: t('Voice'), run: () => undefined });
  return menuFor(opener, t('Voice'), () =>
    fitting(session.voices, session.language).slice(0, MOST_VOICES).map((each) => ({ label: each.name, chosen: each === session.voice, run: () => session.setVoice(each) })));
}
