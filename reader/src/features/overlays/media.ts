/** Films and sounds: the publisher's own files with their captions; those of a video service only after a yes. */

import { CirclePlay } from 'lucide-static';
import type { OverlayEntry } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { t } from '../../strings';
import { button } from '../../ui/button';
import { element } from '../../ui/dom';
import { editionLanguage } from './cards';
import type { Shown } from './dialog';

export function video(context: ReaderContext, one: OverlayEntry): Shown {
  const player = one.embed ? asked(one) : film(one);
  return { content: element('div', {}, player, transcript(context, one)), wide: true };
}

export function sound(context: ReaderContext, one: OverlayEntry): Shown {
  const player = element('audio', { class: 'overlay-sound', controls: true, preload: 'metadata', src: one.src, 'aria-label': one.title });
  return { content: element('div', {}, player, trouble(player), transcript(context, one)) };
}

function film(one: OverlayEntry): HTMLElement {
  const track = one.captions && element('track', { kind: 'captions', src: one.captions, srclang: one.captions_language, label: t('Captions'), default: true });
  const player = element('video', { class: 'overlay-film', controls: true, playsinline: true, preload: 'metadata', poster: one.poster, src: one.src, 'aria-label': one.title }, track || null);
  // Whoever opened it asked for it, but not whoever wants no motion.
  if (!matchMedia('(prefers-reduced-motion: reduce)').matches) queueMicrotask(() => void player.play().catch(() => undefined));
  return element('div', {}, player, trouble(player));
}

/** Said where the file cannot be played. */
function trouble(player: HTMLMediaElement): HTMLElement {
  const said = element('p', { class: 'overlay-trouble', role: 'alert' });
  player.addEventListener('error', () => (said.textContent = t('This cannot be played here. Is the device connected?')));
  return said;
}

/** Nothing is loaded from the service, and it hears nothing of the reader, before somebody says yes. */
function asked(one: OverlayEntry): HTMLElement {
  const service = one.service ?? '';
  const room = element('div', { class: 'overlay-embed' });
  const play = (): void => {
    const inner = element('iframe', {
      class: 'overlay-frame', title: one.title, src: one.embed, allow: 'autoplay; fullscreen; picture-in-picture; encrypted-media',
      sandbox: 'allow-scripts allow-same-origin allow-presentation allow-popups', referrerpolicy: 'strict-origin-when-cross-origin', tabindex: 0,
    });
    room.replaceChildren(inner);
    inner.focus();
  };
  room.append(
    element('p', {}, t('The video lies at {service}. When you play it, {service} learns that you watch it, from which address and with which device.', { service })),
    element(
      'p',
      { class: 'overlay-choices' },
      button({ icon: { svg: CirclePlay }, label: t('Play the video from {service}', { service }), named: true, class: 'button-solid', run: play }),
      element('a', { class: 'button button-outline', href: one.address, target: '_blank', rel: 'noopener nofollow' }, t('Open {service} instead', { service })),
    ),
  );
  return room;
}

function transcript(context: ReaderContext, one: OverlayEntry): HTMLElement | null {
  if (!one.transcript) return null;
  return element('details', { class: 'overlay-transcript' }, element('summary', {}, t('What is said')), element('p', { class: 'overlay-lines', lang: editionLanguage(context), dir: 'auto' }, one.transcript));
}
