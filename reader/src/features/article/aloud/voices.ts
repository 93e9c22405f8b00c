/** The voices of the device: which there are, which reads a language, which one was chosen before. */

const WAIT_MS = 1500; // browsers find their voices some time after the page
const base = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0]!;

/** The device's voices, waited for; empty where it has none. */
export async function voices(speech: SpeechSynthesis): Promise<SpeechSynthesisVoice[]> {
  const now = speech.getVoices();
  if (now.length) return now;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, WAIT_MS);
    speech.addEventListener?.('voiceschanged', () => (clearTimeout(timer), resolve()), { once: true });
  });
  return speech.getVoices();
}

/** Those that speak a language, the device's own first; all where none does or the language is unknown. */
export function fitting(all: readonly SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice[] {
  const able = language === 'und' ? [] : all.filter((voice) => base(voice.lang) === base(language));
  const rank = (voice: SpeechSynthesisVoice): number =>
    Number(voice.lang.toLowerCase().replace('_', '-') !== language.toLowerCase()) * 4 + Number(!voice.localService) * 2 + Number(!voice.default);
  return [...(able.length ? able : all)].sort((one, other) => rank(one) - rank(other));
}

/** Whether one of the voices speaks a language. */
export const speaks = (all: readonly SpeechSynthesisVoice[], language: string): boolean =>
  language === 'und' || all.some((voice) => base(voice.lang) === base(language));

/** The voice chosen for a language on this device, else the best one. */
export function voiceFor(all: readonly SpeechSynthesisVoice[], language: string): SpeechSynthesisVoice | null {
  const chosen = kept(`masthead-voice-${base(language)}`);
  const fit = fitting(all, language);
  return fit.find((voice) => voice.voiceURI === chosen) ?? fit[0] ?? null;
}

export const keepVoice = (language: string, voice: SpeechSynthesisVoice): void => keep(`masthead-voice-${base(language)}`, voice.voiceURI);

/** How fast is read: 1 is the voice's own speed. */
export const RATES = [0.75, 1, 1.25, 1.5, 1.75, 2] as const;
export const keptRate = (): number => RATES.find((rate) => String(rate) === kept('masthead-rate')) ?? 1;
export const keepRate = (rate: number): void => keep('masthead-rate', String(rate));

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing still reads with it until the page is left.
  }
}
