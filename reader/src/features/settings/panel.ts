/** The settings panel: view, theme, language; kept on this device. */

import type { ReaderContext } from '../../store/context';
import type { Theme, ViewChoice } from '../../store/state';
import { language, LANGUAGES, loadStrings, mark, rememberLanguage, t } from '../../strings';
import { VIEWS } from '../../ui/commands';
import { choices } from '../../ui/choices';
import { element } from '../../ui/dom';
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
