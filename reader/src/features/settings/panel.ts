/** The settings panel: view, theme, language; kept on this device. */

import type { ReaderContext } from '../../store/context';
import type { Theme, ViewChoice } from '../../store/state';
import { language, LANGUAGES, loadStrings, mark, rememberLanguage, t } from '../../strings';
import { VIEWS } from '../../ui/commands';
import { element, uniqueId } from '../../ui/dom';
import { icon, type IconName } from '../../ui/icons';
import type { Panel } from '../../ui/panels';

const THEMES: Readonly<Record<Theme, string>> = { auto: mark('As the device'), light: mark('Light'), dark: mark('Dark') };

/** Open the settings. */
export function open(context: ReaderContext): Panel {
  const { store, element: root } = context;
  const view = choices(t('View'), Object.entries(VIEWS).map(([value, { icon: name, name: label }]) => ({ value, label: t(label), icon: name })), store.state.viewChoice,
    (value) => store.dispatch({ type: 'choose-view', view: value as ViewChoice }));
  const theme = choices(t('Light and dark'), Object.entries(THEMES).map(([value, label]) => ({ value, label: t(label) })), store.state.theme,
    (value) => store.dispatch({ type: 'theme', theme: value as Theme }));
  const tongue = choices(t('Language of the reader'), Object.entries(LANGUAGES).map(([value, label]) => ({ value, label, lang: value })), language(), (value) => {
    rememberLanguage(value);
    void loadStrings(root.getAttribute('strings'), value).then(() => root.dispatchEvent(new CustomEvent('masthead-language')));
  });
  return {
    content: element('div', { class: 'settings' }, view, theme, tongue,
      element('p', { class: 'panel-hint' }, t('Pages turn without movement if your device asks for less motion. Your choices stay on this device.'))),
    focus: () => view.querySelector<HTMLInputElement>('input:checked'),
    update: (state) => {
      for (const [group, value] of [[view, state.viewChoice], [theme, state.theme]] as const) {
        const input = group.querySelector<HTMLInputElement>(`input[value="${value}"]`);
        if (input) input.checked = true;
      }
    },
  };
}

interface Option {
  readonly value: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly lang?: string;
}

function choices(legend: string, options: readonly Option[], chosen: string, choose: (value: string) => void): HTMLElement {
  const name = uniqueId('choice');
  return element('fieldset', { class: 'choices choices-tiles' }, element('legend', {}, legend), element('div', { class: 'tiles' }, ...options.map((option) =>
    element('label', { class: 'tile', lang: option.lang },
      element('input', { type: 'radio', name, value: option.value, checked: option.value === chosen, onchange: () => choose(option.value) }),
      option.icon ? icon(option.icon) : null, element('span', {}, option.label)))));
}
