/** The card of a note or highlight: its words, to be written and changed; move, colour, delete. What is typed is kept at once. */

import { pagesOf, type Kept } from '../../../book/annotations';
import { direction, t } from '../../../strings';
import { button } from '../../../ui/button';
import { element } from '../../../ui/dom';
import { pageLabel } from '../../../ui/edition';
import type { Session } from '../session';
import { colourButtons } from './colours';
import type { Typed } from './early_typing';
import { ask, float, offerUndo, type Floating } from './floating';
import { BIN, MOVE } from './icons';
import { shortened, summary } from './words';

const WRITTEN_MS = 500;
const LONGEST = 10_000; // characters, as the schema has it

/** Opens cards, one at a time. `move` begins to move a note. */
export class Cards {
  private card: { id: string; floating: Floating } | null = null;

  constructor(
    private readonly session: Session,
    private readonly move: (id: string) => void,
  ) {
    session.context.store.subscribe((state, before) => {
      if (state.page !== before.page || state.article !== before.article || state.zoom !== before.zoom) this.close();
      if (this.card && !state.annotations.some(({ id }) => id === this.card!.id)) this.close();
    });
  }

  close(): void {
    this.card?.floating.close();
  }

  /** Open the card of an annotation beside an element or box. `typed`: it was just made, with these first letters, and goes again if nothing is written. */
  open(id: string, anchor: HTMLElement | DOMRect, typed?: Typed): void {
    this.close();
    if (typed?.text) this.session.update(id, { text: typed.text }, true);
    const content = this.session.get(id);
    if (!content) return;
    const { context } = this.session;
    const { part, field, settle } = this.content({ id, content });
    const floating = float(context, part, () => {
      settle();
      this.card = null;
      if (typed && content.kind === 'note' && !this.session.get(id)?.text?.trim()) this.session.remove([id]);
      const back = anchor instanceof HTMLElement && anchor.isConnected ? anchor : context.element.querySelector<HTMLElement>(`[data-annotation="${CSS.escape(id)}"]`);
      if (back && back.checkVisibility()) back.focus({ preventScroll: true });
      else if (!document.activeElement || document.activeElement === document.body) context.stage.focus();
    });
    this.card = { id, floating };
    const place = (): void => floating.place(anchor instanceof HTMLElement ? anchor.getBoundingClientRect() : anchor);
    place();
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
    if (typed?.finished) this.close();
  }

  private content({ id, content }: Kept): { part: HTMLElement; field: HTMLTextAreaElement; settle: () => void } {
    const { session } = this;
    const isNote = content.kind === 'note';
    let timer = 0;
    const settle = (): void => {
      clearTimeout(timer);
      const text = field.value.trim();
      if (session.get(id) && text !== (session.get(id)!.text ?? '')) session.update(id, { text: text || (isNote ? '' : undefined!) }, true);
    };
    const field = element('textarea', { class: 'field note-field', rows: isNote ? 5 : 3, maxlength: LONGEST, dir: 'auto', 'aria-label': isNote ? t('Your note') : t('Your note on these words'), placeholder: t('Write here'), oninput: () => {
      clearTimeout(timer);
      timer = window.setTimeout(settle, WRITTEN_MS);
    } });
    field.value = content.text ?? '';
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.close();
      if (event.key !== 'Escape' && event.key !== 'Tab') event.stopPropagation();
    });
    const quoted = content.kind === 'highlight' && content.locator.quote ? element('blockquote', { class: 'card-quote', dir: 'auto' }, shortened(content.locator.quote.exact, 140)) : null;
    const page = pagesOf(content)[0];
    const part = element('div', { class: 'note-card', role: 'dialog', 'aria-label': `${isNote ? t('Note') : content.kind === 'highlight' ? t('Highlight') : t('Drawing')}${page ? `, ${t('Page {label}', { label: pageLabel(session.context, page) })}` : ''}` },
      quoted,
      content.kind === 'drawing' ? element('p', { class: 'panel-hint' }, summary({ id, content })) : null,
      content.kind === 'highlight' ? element('div', { class: 'card-colours', role: 'group', 'aria-label': t('Colour') }, ...colourButtons((colour) => {
        session.update(id, { colour });
        part.querySelectorAll<HTMLElement>('.colour-button').forEach((each) => each.setAttribute('aria-pressed', String(each.dataset.colour === colour)));
      }, content.colour ?? 'yellow')) : null,
      field,
      element('div', { class: 'card-tools' },
        button({ icon: BIN, label: t('Delete'), run: () => deleteAsked(session, [{ id, content: session.get(id) ?? content }]) }),
        isNote ? button({ icon: MOVE, label: t('Move the note'), run: () => {
          this.close();
          this.move(id);
        } }) : null,
        element('button', { type: 'button', class: 'button button-solid card-done', onclick: () => this.close() }, t('Done'))));
    part.dir = direction();
    return { part, field, settle };
  }
}

/** Delete after a question; it can still be taken back. */
export function deleteAsked(session: Session, kept: readonly Kept[], done: () => void = () => undefined): void {
  const { kind } = kept[0]!.content;
  const question = kind === 'note' ? t('Delete this note?') : kind === 'highlight' ? t('Delete this highlight?') : kind === 'drawing' ? t('Delete this drawing?') : t('Delete this bookmark?');
  ask(session.context, question, shortened(summary(kept[0]!)), t('Delete'), () => {
    const restore = session.remove(kept.map(({ id }) => id));
    const said = kind === 'note' ? t('Note deleted.') : kind === 'highlight' ? t('Highlight deleted.') : kind === 'drawing' ? t('Drawing deleted.') : t('Bookmark removed.');
    offerUndo(session.context, said, restore);
    done();
  });
}
