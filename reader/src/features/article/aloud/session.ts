/** Reading aloud: which sentence is spoken, from where, how fast, by which voice. It goes on when the view changes. */

import { articleOf, articlesOn } from '../../../book/articles';
import type { ArticleEntry } from '../../../contract/manifest';
import type { ReaderContext } from '../../../store/context';
import { underEye } from '../eye';
import { articleText } from '../text';
import { showSpoken } from './marking';
import { showPlayer } from './player';
import { sentencesOf, stretchesOf, type Sentence } from './sentences';
import { keepRate, keepVoice, keptRate, voiceFor, voices } from './voices';

export type Doing = 'waiting' | 'speaking' | 'paused' | 'silent';

export class AloudSession {
  doing: Doing = 'waiting';
  at = 0;
  /** The word that is spoken, as characters of the sentence; null where the voice does not tell. */
  word: readonly [number, number] | null = null;
  rate = keptRate();
  voice: SpeechSynthesisVoice | null = null;
  voices: readonly SpeechSynthesisVoice[] = [];
  sentences: readonly Sentence[] = [];
  private turn = 0; // what an utterance says after another has begun is not heard
  private utterance: SpeechSynthesisUtterance | null = null; // kept: browsers forget one that nobody holds
  private readonly listeners = new Set<() => void>();

  private readonly endings = new Set<() => void>();

  constructor(
    readonly article: ArticleEntry,
    readonly language: string,
  ) {}

  get sentence(): Sentence | null {
    return this.sentences[this.at] ?? null;
  }

  /** The block of the sentence that is being spoken; '' before and after. */
  place(): string {
    return this.sentence && this.doing !== 'silent' ? (stretchesOf(this.sentence)[0]?.block ?? '') : '';
  }

  /** Hear of every change until the answer is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called once when it is over. */
  whenEnded(ending: () => void): void {
    this.endings.add(ending);
  }

  /** Begin with a sentence; 'silent' where the device has no voice. */
  async begin(sentences: readonly Sentence[], at: number): Promise<void> {
    this.sentences = sentences;
    this.at = Math.max(0, at);
    const speech = window.speechSynthesis as SpeechSynthesis | undefined;
    this.voices = speech ? await voices(speech) : [];
    this.voice = voiceFor(this.voices, this.language);
    if (this.doing !== 'waiting') return;
    if (this.voice && sentences.length) this.speak();
    else this.become('silent');
  }

  pause(): void {
    this.hush();
    this.become('paused');
  }

  /** Go on with the word where it was interrupted. */
  resume(): void {
    if (this.doing === 'paused') this.speak(this.word?.[0] ?? 0);
  }

  /** To a sentence after (1) or before (-1) this one. */
  step(by: 1 | -1): void {
    this.to(this.at + by);
  }

  to(at: number): void {
    if (!this.sentences[at] || this.doing === 'silent') return;
    this.at = at;
    this.word = null;
    if (this.doing === 'paused') this.become('paused');
    else this.speak();
  }

  setRate(rate: number): void {
    this.rate = rate;
    keepRate(rate);
    this.again();
  }

  setVoice(voice: SpeechSynthesisVoice): void {
    this.voice = voice;
    keepVoice(this.language, voice);
    this.again();
  }

  end(): void {
    this.hush();
    this.doing = 'paused';
    this.listeners.clear();
    const endings = [...this.endings];
    this.endings.clear();
    for (const ending of endings) ending();
  }

  /** What was chosen is heard at once. */
  private again(): void {
    if (this.doing === 'speaking') this.speak(this.word?.[0] ?? 0);
    else this.become(this.doing);
  }

  private speak(from = 0): void {
    const sentence = this.sentence;
    if (!sentence) return this.end();
    this.hush();
    const turn = ++this.turn;
    const spoken = new SpeechSynthesisUtterance(sentence.text.slice(from));
    if (this.voice) spoken.voice = this.voice;
    spoken.lang = this.voice?.lang ?? this.language;
    spoken.rate = this.rate;
    spoken.onboundary = (event) => {
      if (turn !== this.turn || event.name === 'sentence') return;
      const start = from + event.charIndex;
      const length = event.charLength || /^\S*/.exec(sentence.text.slice(start))![0].length;
      this.word = [start, Math.min(sentence.text.length, start + length)];
      this.tell();
    };
    spoken.onend = () => turn === this.turn && this.onEnd();
    spoken.onerror = (event) => {
      if (turn === this.turn && event.error !== 'interrupted' && event.error !== 'canceled') this.become('silent');
    };
    this.utterance = spoken;
    this.word = from ? this.word : null;
    this.become('speaking');
    window.speechSynthesis.speak(spoken);
  }

  private onEnd(): void {
    this.word = null;
    if (this.at + 1 >= this.sentences.length) return this.end();
    this.at += 1;
    this.speak();
  }

  private hush(): void {
    this.turn += 1;
    if (this.utterance) window.speechSynthesis.cancel();
    this.utterance = null;
  }

  private become(doing: Doing): void {
    this.doing = doing;
    this.tell();
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

const sessions = new WeakMap<ReaderContext, AloudSession>();

/** What is being read aloud; null if nothing is. */
export const active = (context: ReaderContext): AloudSession | null => sessions.get(context) ?? null;

/** Begin at the place that is seen; pause, or go on, if that has happened. */
export async function toggle(context: ReaderContext): Promise<void> {
  const session = active(context);
  if (session?.doing === 'speaking') return session.pause();
  if (session?.doing === 'paused') return session.resume();
  if (session) session.end();
  await start(context);
}

export async function stop(context: ReaderContext): Promise<void> {
  active(context)?.end();
  return Promise.resolve();
}

async function start(context: ReaderContext): Promise<void> {
  const { book, store } = context;
  const seen = store.state.article ? null : await underEye(context);
  const article = articleOf(book.manifest, store.state.article) ?? seen?.article ?? articlesOn(book.manifest, context.stage.visiblePages())[0];
  if (!article) return;
  const { language } = book.manifest;
  const session = new AloudSession(article, language);
  sessions.set(context, session);
  session.whenEnded(() => sessions.delete(context));
  const leave = store.subscribe((state) => {
    if (active(context) !== session) leave();
    else if (state.article && state.article !== article.slug) session.end();
  });
  showPlayer(context, session);
  const text = await articleText(context, article);
  const sentences = sentencesOf(text, language);
  session.whenEnded(showSpoken(context, session));
  await session.begin(sentences, firstSeen(context, sentences, text, seen?.block ?? ''));
}

/** The sentence that reading begins with: the one selected, the first one seen, or the first of a block. */
function firstSeen(context: ReaderContext, sentences: readonly Sentence[], text: HTMLElement, block: string): number {
  const scroller = text.closest<HTMLElement>('.article-scroll');
  if (!scroller || !context.store.state.article) {
    const part = block ? text.querySelector<HTMLElement>(`[data-block="${CSS.escape(block)}"]`) : null;
    return part ? sentences.findIndex((sentence) => part.contains(sentence.part) || sentence.part.contains(part)) : 0;
  }
  const selection = document.getSelection();
  const chosen = selection && !selection.isCollapsed && text.contains(selection.anchorNode) ? selection.getRangeAt(0) : null;
  if (chosen) return sentences.findIndex((sentence) => chosen.comparePoint(...endOf(sentence)) >= 0);
  const edge = scroller.getBoundingClientRect().top + 8;
  return sentences.findIndex((sentence) => sentence.part.getBoundingClientRect().bottom > edge && topOf(sentence) >= edge);
}

function endOf(sentence: Sentence): [Node, number] {
  const piece = sentence.pieces.findLast((each) => each.from < sentence.to)!;
  return [piece.node, Math.min(piece.node.data.length, sentence.to - piece.from)];
}

function topOf(sentence: Sentence): number {
  const range = document.createRange();
  const piece = sentence.pieces.findLast((each) => each.from <= sentence.from)!;
  range.setStart(piece.node, sentence.from - piece.from);
  range.setEnd(...endOf(sentence));
  return range.getBoundingClientRect().top;
}
