/** The sentences people see, in the language they chose. The English sentence names its translation. */

type Forms = Readonly<Record<string, string>>;
interface Strings {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Readonly<Record<string, string | Forms>>;
}
type Values = Readonly<Record<string, string | number>>;

const ENGLISH: Strings = { language: 'en', direction: 'ltr', messages: {} };
const CHOICE = 'masthead-language';

let strings: Strings = ENGLISH;
let plurals = new Intl.PluralRules('en');
let numbers = new Intl.NumberFormat('en');

/** The languages that can be chosen, each named in itself. */
export const LANGUAGES: Readonly<Record<string, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

/** The sentence for an English one; `{name}` is replaced by the value of that name. */
export function t(sentence: string, values: Values = {}): string {
  const found = strings.messages[sentence];
  return fill(typeof found === 'string' && found ? found : sentence, values);
}

/** The sentence whose form fits a number; `{count}` is that number. */
export function tn(one: string, many: string, count: number, values: Values = {}): string {
  const forms = strings.messages[one];
  const found = typeof forms === 'object' ? (forms[plurals.select(count)] ?? forms.other) : undefined;
  return fill(found || (count === 1 ? one : many), { count: formatNumber(count), ...values });
}

/** Names a sentence for the catalogues where it is not yet shown; answers it unchanged. */
export const mark = (sentence: string): string => sentence;

/** A number as the language groups it, with the digits that page labels use. */
export const formatNumber = (value: number): string => numbers.format(value);

export const language = (): string => strings.language;
export const direction = (): 'ltr' | 'rtl' => strings.direction;

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{([a-z]\w*)\}/gi, (whole, name: string) => String(values[name] ?? whole));
}

/** Speak these sentences from now on. */
export function useStrings(next: Strings): void {
  strings = next;
  plurals = new Intl.PluralRules(next.language);
  numbers = new Intl.NumberFormat(`${next.language}-u-nu-latn`);
}

/** The language somebody chose on this device, else `offered`; only languages that exist are answered. */
export function chosenLanguage(offered: string): string {
  const base = (tag: string): string => tag.toLowerCase().split('-')[0]!;
  return [remembered(), base(offered)].find((tag) => tag && tag in LANGUAGES) ?? 'en';
}

function remembered(): string {
  try {
    return localStorage.getItem(CHOICE) ?? '';
  } catch {
    return '';
  }
}

/** Keep a choice on this device, where that is allowed. */
export function rememberLanguage(tag: string): void {
  try {
    localStorage.setItem(CHOICE, tag);
  } catch {
    // A browser that keeps nothing still shows the language until the page is left.
  }
}

/** Load the sentences of a language. `address` is that of any language's file; English stays if none can be had. */
export async function loadStrings(address: string | null, tag: string): Promise<void> {
  // English needs no file, unless the publication says some sentences in its own way.
  if (!address || (tag === 'en' && !address.includes('/own-words-'))) {
    useStrings(ENGLISH);
    return;
  }
  try {
    const answer = await fetch(address.replace(/[^/]*\.json/, `${tag}.json`));
    if (!answer.ok) throw new Error(`strings: ${answer.status}`);
    useStrings((await answer.json()) as Strings);
  } catch {
    useStrings(ENGLISH);
  }
}
