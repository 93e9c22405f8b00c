/** The page elements that exist: those shown, those about to be, and none besides, so that memory stays flat. */

import type { Mark } from '../store/state';
import type { ReaderContext } from '../store/context';
import { PageView } from './page-view';

export type StageContext = Omit<ReaderContext, 'stage' | 'slots'>;

export class Views {
  private readonly views = new Map<number, PageView>();
  private marks: readonly Mark[] = [];

  constructor(
    private readonly context: StageContext,
    private readonly host: HTMLElement,
  ) {}

  get(number: number): PageView {
    let view = this.views.get(number);
    if (!view) {
      view = new PageView(this.context, number);
      view.setMarks(this.marks.filter((mark) => mark.page === number));
      this.views.set(number, view);
      this.host.append(view.element);
      view.stand('near');
      // Features lay their own layers on pages as these come.
      this.context.element.dispatchEvent(new CustomEvent('masthead-page-made', { detail: view.element }));
    }
    return view;
  }

  has(number: number): boolean {
    return this.views.has(number);
  }

  /**
   * Show exactly these pages in this order of reading. The others stay out of sight: those that may be turned to next
   * (`near`) painted and ready, the rest without anything painted.
   */
  show(numbers: readonly number[], near: readonly number[] = numbers): void {
    for (const [number, view] of this.views) {
      view.stand(numbers.includes(number) ? 'here' : near.includes(number) ? 'near' : 'far');
    }
    this.order(numbers);
  }

  /** The order in the document is the order of reading, whatever was made first. Moves no more than it must. */
  private order(numbers: readonly number[]): void {
    let next: Element | null = null;
    for (const number of [...numbers].reverse()) {
      const part = this.get(number).element;
      if (next && !(part.compareDocumentPosition(next) & Node.DOCUMENT_POSITION_FOLLOWING)) next.before(part);
      next = part;
    }
  }

  /** What is known of the pages has changed. */
  renew(): void {
    for (const view of this.views.values()) view.renew();
  }

  /** Forget all pages but these. */
  keep(numbers: ReadonlySet<number>): void {
    for (const [number, view] of this.views) {
      if (numbers.has(number)) continue;
      view.close();
      this.views.delete(number);
    }
  }

  setMarks(marks: readonly Mark[]): void {
    this.marks = marks;
    for (const [number, view] of this.views) view.setMarks(marks.filter((mark) => mark.page === number));
  }

  close(): void {
    this.keep(new Set());
  }
}
