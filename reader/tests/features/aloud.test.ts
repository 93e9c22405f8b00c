/** Sentences and voices for reading aloud. */

import { describe, expect, it } from 'vitest';

import { cutter } from '../../src/features/article/aloud/sentences';
import { fitting, speaks } from '../../src/features/article/aloud/voices';

const cut = (text: string, language = 'en'): string[] => cutter(language)(text).map(([from, to]) => text.slice(from, to));

describe('sentences', () => {
  it('end where the language ends them', () => {
    expect(cut('The lamp went out. Nobody saw it!  “Who?” he said.')).toEqual(['The lamp went out.', 'Nobody saw it!', '“Who?” he said.']);
    expect(cut('Dr. Ray met J. R. Lee. They sang.')).toEqual(['Dr. Ray met J. R. Lee.', 'They sang.']);
    expect(cut('灯が消えた。誰も見なかった。', 'ja')).toEqual(['灯が消えた。', '誰も見なかった。']);
    expect(cut('  ')).toEqual([]);
    expect(cut('Und so weiter', 'und')).toEqual(['Und so weiter']);
  });
  it('that are too long for a voice are cut at a pause, and lose no word', () => {
    const long = `${'one two three four five six seven, '.repeat(30)}the end.`;
    const parts = cut(long);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.every((part) => part.length <= 320)).toBe(true);
    expect(parts.join(' ')).toBe(long);
    expect(cut('x'.repeat(900)).join('')).toBe('x'.repeat(900));
  });
});

const voice = (name: string, lang: string, localService = true, isDefault = false): SpeechSynthesisVoice => ({ name, lang, localService, default: isDefault, voiceURI: name });

describe('voices', () => {
  const all = [voice('far', 'en-GB', false), voice('us', 'en_US', true, true), voice('gb', 'en-GB'), voice('de', 'de-DE')];
  it('are those of the language, the nearest and the device’s own first', () => {
    expect(fitting(all, 'en-GB').map(({ name }) => name)).toEqual(['gb', 'far', 'us']);
    expect(fitting(all, 'de').map(({ name }) => name)).toEqual(['de']);
  });
  it('are all where none speaks the language', () => {
    expect(fitting(all, 'ar').length).toBe(4);
    expect([speaks(all, 'ar'), speaks(all, 'de-AT'), speaks(all, 'und'), speaks([], 'de')]).toEqual([false, true, true, false]);
  });
});
