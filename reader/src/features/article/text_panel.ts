/** The text panel: how the article is set. Every choice shows at once behind it. */

import type { ReaderContext } from '../../store/context';
import { mark, t } from '../../strings';
import { button } from '../../ui/button';
import { choices, showChoice } from '../../ui/choices';
import { element } from '../../ui/dom';
import type { Panel } from '../../ui/panels';
import { choose, FACES, follow, LETTERS, LINES, PAPERS, setting, SIZES, step, USUAL, WIDTHS, type Setting } from './type';

type Choice = Exclude<keyof Setting, 'size' | 'justified'>;

const NAMES: Readonly<Record<Choice, { readonly legend: string; readonly values: Readonly<Record<string, string>> }>> = {
  paper: { legend: mark('Paper'), values: { auto: mark('As the reader'), light: mark('Light'), sepia: mark('Sepia'), dark: mark('Dark'), contrast: mark('High contrast') } },
  face: { legend: mark('Typeface'), values: { serif: mark('Serif'), sans: mark('Sans'), clear: mark('Clear letters'), dyslexic: mark('For dyslexia') } },
  lines: { legend: mark('Line spacing'), values: { tight: mark('Tight'), normal: mark('Normal'), loose: mark('Loose') } },
  width: { legend: mark('Width of the text'), values: { narrow: mark('Narrow'), normal: mark('Normal'), wide: mark('Wide') } },
  letters: { legend: mark('Letter spacing'), values: { normal: mark('Normal'), open: mark('Loose'), wide: mark('Very loose') } },
};
const VALUES: Readonly<Record<Choice, readonly string[]>> = { paper: PAPERS, face: FACES, lines: LINES, width: WIDTHS, letters: LETTERS };

/** Open the settings of the text. */
export function open(_context: ReaderContext): Panel {
  const groups = (Object.keys(NAMES) as Choice[]).map((name) => ({ name, part: group(name) }));
  const size = sizeStepper();
  const even = element('input', { type: 'checkbox', onchange: () => choose({ justified: even.checked }) });
  const draw = (now: Setting): void => {
    groups.forEach(({ name, part }) => showChoice(part, now[name]));
    size.show(now);
    even.checked = now.justified;
  };
  draw(setting());
  const stop = follow(draw);
  const [paper, face, ...rest] = groups.map(({ part }) => part);
  return {
    content: element('div', { class: 'text-settings' }, size.part, paper, face, ...rest,
      element('label', { class: 'choice' }, even, t('Both edges even')),
      element('div', { class: 'panel-actions' }, button({ icon: 'retry', label: t('As usual'), named: true, class: 'button-outline', run: () => choose(USUAL) })),
      element('p', { class: 'panel-hint' }, t('Your choices stay on this device.'))),
    focus: () => size.part.querySelector<HTMLElement>('button:not(:disabled)'),
    close: stop,
  };
}

function group(name: Choice): HTMLElement {
  const { legend, values } = NAMES[name];
  const options = VALUES[name].map((value) => ({ value, label: t(values[value]!), class: `tile-${name} tile-${name}-${value}` }));
  return choices(t(legend), options, setting()[name], (value) => choose({ [name]: value } as Partial<Setting>));
}

function sizeStepper(): { part: HTMLElement; show: (now: Setting) => void } {
  const sign = (text: string): HTMLElement => element('span', { 'aria-hidden': 'true' }, text);
  const make = (label: string, keys: string, text: string, by: 1 | -1): HTMLButtonElement =>
    element('button', { type: 'button', class: `button size-step size-step-${by > 0 ? 'up' : 'down'}`, 'aria-label': label, title: `${label} (${keys})`, 'aria-keyshortcuts': keys, onclick: () => step(by) }, sign(text));
  const smaller = make(t('Smaller text'), '-', 'A', -1);
  const bigger = make(t('Larger text'), '+', 'A', 1);
  const value = element('output', { class: 'size-value', 'aria-label': t('Text size') });
  return {
    part: element('div', { class: 'size-stepper', role: 'group', 'aria-label': t('Text size') }, smaller, value, bigger),
    show: ({ size }) => {
      value.textContent = t('{count}%', { count: size });
      smaller.disabled = size <= SIZES[0];
      bigger.disabled = size >= SIZES.at(-1)!;
    },
  };
}
