/** What the reader added to this edition during a visit: kept, changed, undone, and shown to the rest of the reader. */

import { inOrder, newName, type Kept } from '../../book/annotations';
import type { Annotation } from '../../contract/annotation';
import type { ReaderContext } from '../../store/context';
import { blank, edit, isOver, type Ledger } from './agreeing/ledger';
import { same, type Version } from './agreeing/merge';
import type { Setting } from './placing/locating';
import { placed, type Text } from './placing/finding';
import { openShelf, type Owner, type Shelf } from './shelf';

/** A change that can be taken back: the versions before it, by name. */
type Step = ReadonlyMap<string, Version>;

const STEPS = 100; // that can be undone
const CHANNEL = 'masthead-notes';

export class Session {
  readonly setting: Setting & Text;
  private ledgers = new Map<string, Ledger>();
  private owner: Owner = '';
  private readonly places = new Map<string, { of: Annotation; to: Annotation }>();
  private undone: Step[] = [];
  private redone: Step[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly channel = 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : null;

  private constructor(
    readonly context: ReaderContext,
    readonly shelf: Shelf,
    readonly book: string,
  ) {
    const { client, book: edition } = context;
    const { pages, chunks } = { pages: edition.count, chunks: edition.manifest.search.chunks };
    this.setting = { build: buildOf(client.base), pages, chunks, page: (number) => client.page(number), chunk: (number) => client.searchChunk(number) };
    if (this.channel) this.channel.onmessage = ({ data }: MessageEvent<string>) => data === this.book && void this.reload();
  }

  /** Take from the shelf what this device has of the edition. */
  static async open(context: ReaderContext, owner: Owner): Promise<Session> {
    const book = `${location.protocol === 'file:' ? 'file' : location.origin}${context.home}`;
    const session = new Session(context, await openShelf(book), book);
    await session.become(owner);
    return session;
  }

  /** Whose annotations are shown. */
  get whose(): Owner {
    return this.owner;
  }

  /** Show those of another owner. */
  async become(owner: Owner): Promise<void> {
    this.owner = owner;
    this.undone = [];
    this.redone = [];
    await this.reload();
  }

  all(): readonly Ledger[] {
    return [...this.ledgers.values()];
  }

  get(id: string): Annotation | null {
    return this.context.store.state.annotations.find((kept) => kept.id === id)?.content ?? null;
  }

  /** Told after every change. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Add an annotation; answers its name. */
  add(content: Omit<Annotation, 'created' | 'changed'>): string {
    const id = newName();
    const now = moment();
    this.change(new Map([[id, { ...content, created: now, changed: now }]]));
    return id;
  }

  /** Add what was made elsewhere, as one change. */
  takeIn(kept: readonly Kept[]): void {
    this.change(new Map(kept.map(({ id, content }) => [id, content])));
  }

  /** Change an annotation; `steady` joins it to the change before, as while somebody types. */
  update(id: string, values: Partial<Annotation>, steady = false): void {
    const before = this.get(id);
    if (!before) return;
    const content = { ...before, ...values, changed: moment() };
    for (const name of Object.keys(values) as (keyof Annotation)[]) if (values[name] === undefined) delete content[name];
    if (!same({ ...content, changed: before.changed }, before)) this.change(new Map([[id, content]]), steady);
  }

  /** Delete; answers how to take exactly that back. */
  remove(ids: readonly string[]): () => void {
    const before = this.change(new Map(ids.map((id) => [id, null])));
    return () => {
      this.undone = this.undone.filter((step) => step !== before);
      this.write(before);
    };
  }

  get canUndo(): boolean {
    return this.undone.length > 0;
  }

  get canRedo(): boolean {
    return this.redone.length > 0;
  }

  /** Take back the latest change. */
  undo(): void {
    const step = this.undone.pop();
    if (!step) return;
    this.redone.push(this.write(step));
    this.tell();
  }

  redo(): void {
    const step = this.redone.pop();
    if (!step) return;
    this.undone.push(this.write(step));
    this.tell();
  }

  /** What synchronising made of ledgers; it is kept before anything else happens. */
  async replace(ledgers: readonly Ledger[]): Promise<void> {
    for (const ledger of ledgers) {
      if (isOver(ledger)) this.ledgers.delete(ledger.id);
      else this.ledgers.set(ledger.id, ledger);
    }
    await this.keep(ledgers);
    await this.show();
  }

  /** The ledger as it is in this very moment. */
  ledger(id: string): Ledger {
    return this.ledgers.get(id) ?? blank(id);
  }

  private change(versions: ReadonlyMap<string, Version>, steady = false): Step {
    const before = this.write(versions);
    this.redone = [];
    const last = this.undone.at(-1);
    if (steady && last && [...before.keys()].every((id) => last.has(id))) return last;
    this.undone.push(before);
    if (this.undone.length > STEPS) this.undone.shift();
    this.tell();
    return before;
  }

  /** Write versions; answers those before. */
  private write(versions: ReadonlyMap<string, Version>): Step {
    const before = new Map<string, Version>();
    const changed: Ledger[] = [];
    for (const [id, version] of versions) {
      const ledger = this.ledger(id);
      before.set(id, this.get(id));
      const next = edit(ledger, version);
      if (isOver(next)) this.ledgers.delete(id);
      else this.ledgers.set(id, next);
      changed.push(next);
    }
    this.present();
    void this.keep(changed);
    return before;
  }

  private async keep(ledgers: readonly Ledger[]): Promise<void> {
    const over = ledgers.filter(isOver).map(({ id }) => id);
    const kept = ledgers.filter((ledger) => !isOver(ledger));
    try {
      if (kept.length) await this.shelf.put(this.owner, kept);
      if (over.length) await this.shelf.remove(this.owner, over);
      this.channel?.postMessage(this.book);
    } catch {
      this.context.element.dispatchEvent(new CustomEvent('masthead-notes-unkept'));
    }
  }

  /** Another window of this browser may have written: what it left as it was stays the same object. */
  async reload(): Promise<void> {
    const owner = this.owner;
    const loaded = await this.shelf.load(owner);
    if (owner !== this.owner) return;
    const known = this.ledgers;
    this.ledgers = new Map(loaded.map((ledger) => [ledger.id, same(ledger, known.get(ledger.id)) ? known.get(ledger.id)! : ledger]));
    await this.show();
  }

  /** Find the places of what was made in another build, then show all. */
  private async show(): Promise<void> {
    this.present();
    const strays = this.all().filter(({ id, local }) => local && (local.locator.build !== this.setting.build || local.locator.unplaced !== undefined) && this.places.get(id)?.of !== local);
    for (const { id, local } of strays) {
      try {
        this.places.set(id, { of: local!, to: await placed(local!, this.setting) });
      } catch {
        return; // the pages could not be fetched: another time
      }
    }
    if (!strays.length) return;
    // What nobody else places is written down as found.
    if (!this.owner) {
      const found = strays.map(({ id }) => edit(this.ledger(id), this.places.get(id)!.to));
      found.forEach((ledger) => this.ledgers.set(ledger.id, ledger));
      await this.keep(found);
    }
    this.present();
  }

  private present(): void {
    const kept: Kept[] = [];
    for (const { id, local } of this.ledgers.values()) {
      const place = this.places.get(id);
      if (local) kept.push({ id, content: place?.of === local ? place.to : local });
    }
    const { store } = this.context;
    const next = inOrder(kept);
    const shown = store.state.annotations;
    const isNew = next.length !== shown.length || next.some(({ id, content }, at) => shown[at]!.id !== id || shown[at]!.content !== content);
    if (isNew) store.dispatch({ type: 'annotations', annotations: next });
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

const moment = (): string => new Date().toISOString();

/** The name of the build whose files lie at an address; a folder of files has them all at one place. */
export const buildOf = (base: string): string => /\/b\/([\w-]{1,40})\/$/.exec(base)?.[1] ?? 'folder';
