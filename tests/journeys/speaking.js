// A device that speaks at the test's word: headless browsers have no voices.
(() => {
  const log = [];
  const voices = [
    { name: 'Ada', lang: 'en-GB', voiceURI: 'ada', localService: true, default: true },
    { name: 'Bert', lang: 'en-US', voiceURI: 'bert', localService: true, default: false },
    { name: 'Cora', lang: 'de-DE', voiceURI: 'cora', localService: true, default: false },
  ];
  let current = null;
  const over = (end) => {
    const spoken = current;
    current = null;
    if (spoken) end(spoken);
  };
  const speech = {
    getVoices: () => voices,
    addEventListener() {},
    speak(utterance) {
      current = utterance;
      log.push({ text: utterance.text, rate: utterance.rate, lang: utterance.lang, voice: utterance.voice?.name });
    },
    cancel: () => over((spoken) => spoken.onerror?.({ error: 'canceled' })),
  };
  Object.defineProperty(window, 'speechSynthesis', { value: speech, configurable: true });
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
      this.rate = 1;
    }
  };
  window.device = {
    log,
    voices,
    texts: () => log.map((entry) => entry.text),
    speaks: () => current !== null,
    // The voice has come to a word of the sentence, counted from 0.
    word(at) {
      const found = [...current.text.matchAll(/\S+/g)][at];
      current.onboundary({ name: 'word', charIndex: found.index, charLength: found[0].length });
    },
    // The voice is at the end of the sentence.
    end: () => over((spoken) => spoken.onend?.({})),
  };
})();
