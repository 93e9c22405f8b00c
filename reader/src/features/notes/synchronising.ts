/** Keeps this device and the account of whoever has signed in in step; without an account it rests. */

import { newName } from '../../book/annotations';
import { blank, edit, isDirty, prepare, receive, settle, type Change, type Ledger, type Row } from './agreeing/ledger';
import { same } from './agreeing/merge';
import { agree, ExchangeError, greet, type Greeting } from './exchange';
import type { Session } from './session';

/** `device`: there is no account to keep in step with. */
export type Standing = 'device' | 'working' | 'agreed' | 'offline' | 'failed' | 'signed-out' | 'closed';

const SOON_MS = 1500; // somebody who writes goes on writing
const AGAIN_MS = 60_000; // what other devices wrote is asked for while somebody reads
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 300_000;
const AT_ONCE = 100; // changes in a request, as the server takes them
const LONG_AGO_MS = 90 * 24 * 3_600_000; // after so long everything is asked for: graves may have gone
const OWNER = 'masthead-notes-owner';
const DEVICE = 'masthead-notes-device';

export class Synchroniser {
  standing: Standing = 'device';
  /** Where to sign in; '' where there are no accounts. */
  signIn = '';
  name = '';
  /** Changes that were made without an account and are not yet merged or discarded. */
  offered = 0;
  private token = '';
  private timer = 0;
  private retry = FIRST_RETRY_MS;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly session: Session,
    private readonly address: string | null,
  ) {
    session.subscribe(() => this.dirty().length > 0 && this.soon(SOON_MS));
    addEventListener('online', () => void this.refresh());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.refresh();
      else if (this.dirty().length > 0) this.soon(0);
    });
  }

  /** Whether there are accounts at all: not in a folder of files. */
  get possible(): boolean {
    return this.address !== null;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Proof for the server, for what else is asked of it; '' where there is none to be had. */
  async proof(): Promise<string> {
    if (!this.token && this.address) this.token = (await greet(this.address, Number.MAX_SAFE_INTEGER)).token;
    return this.token;
  }

  /** Ask who has signed in, take what is new, send what is not yet sent. */
  async refresh(): Promise<void> {
    if (!this.address) return;
    clearTimeout(this.timer);
    await alone(async () => {
      try {
        if (this.session.whose) this.stand('working');
        await this.session.reload();
        if (!(await this.greeted(this.address!))) return;
        await this.push(this.address!);
        this.retry = FIRST_RETRY_MS;
        this.stand('agreed');
        this.soon(AGAIN_MS);
      } catch (error) {
        this.failed(error);
      }
    });
  }

  /** Add what was made without an account to the account, or forget it. */
  async settleOffer(keep: boolean): Promise<void> {
    const { shelf } = this.session;
    const found = await shelf.load('');
    if (keep) await this.session.replace(found.map(({ id, local }) => edit(blank(id), local)));
    await shelf.remove('', found.map(({ id }) => id));
    this.offered = 0;
    this.tell();
    if (keep) await this.refresh();
  }

  private dirty(): Ledger[] {
    return this.session.whose ? this.session.all().filter(isDirty) : [];
  }

  private soon(ms: number): void {
    if (!this.address || !this.session.whose || this.standing === 'closed') return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => document.visibilityState === 'visible' || ms === 0 ? void this.refresh() : undefined, ms);
  }

  /** Whether somebody has signed in; then theirs is shown and what is new was taken. */
  private async greeted(address: string): Promise<boolean> {
    const { session } = this;
    let progress = await session.shelf.progress(session.whose);
    const since = (): number => (session.whose && Date.now() - progress.at < LONG_AGO_MS ? progress.sequence : 0);
    let greeting = await greet(address, since());
    this.token = greeting.token;
    this.signIn = greeting.sign_in ?? '';
    if (!greeting.signed_in) {
      await this.left();
      return false;
    }
    if (greeting.owner !== session.whose) {
      await session.become(greeting.owner!);
      remember(OWNER, greeting.owner!);
      progress = await session.shelf.progress(session.whose);
      greeting = await greet(address, since());
    }
    this.name = greeting.name ?? '';
    await this.take(greeting, since());
    this.offered = session.shelf.lasting ? (await session.shelf.load('')).filter(({ local }) => local).length : 0;
    return true;
  }

  private async take(greeting: Greeting, since: number): Promise<void> {
    const rows = greeting.rows ?? [];
    const changed = rows.map((row) => receive(this.session.ledger(row.id), row));
    if (!since) changed.push(...this.forgotten(rows));
    await this.session.replace(changed);
    await this.session.shelf.remember(this.session.whose, { sequence: greeting.sequence ?? 0, at: Date.now() });
  }

  /** What the server knew once and does not know any more: deleted long ago, unless it was changed here since. */
  private forgotten(rows: readonly Row[]): Ledger[] {
    const known = new Set(rows.map(({ id }) => id));
    return this.session
      .all()
      .filter(({ id, revision, pending }) => revision > 0 && !pending && !known.has(id))
      .map((ledger) => ({ ...ledger, local: same(ledger.local, ledger.base) ? null : ledger.local, base: null, revision: 0 }));
  }

  private async push(address: string): Promise<void> {
    const { session } = this;
    for (let round = 0; round < 50; round += 1) {
      const changes: Change[] = [];
      const ready: Ledger[] = [];
      // What is under way comes first: it must be sent as it was.
      for (const ledger of this.dirty().sort((one, other) => Number(other.pending !== null) - Number(one.pending !== null)).slice(0, AT_ONCE)) {
        const next = prepare(ledger, newName);
        if (!next) continue;
        ready.push(next.ledger);
        changes.push(next.change);
      }
      if (!changes.length) return;
      await session.replace(ready);
      const progress = await session.shelf.progress(session.whose);
      const answer = await agree(address, this.token, device(), progress.sequence, changes);
      if (answer.owner !== session.whose) throw new ExchangeError('signed-out');
      const settled = answer.results.map((result) => settle(session.ledger(result.id), result));
      const received = answer.rows.map((row) => receive(session.ledger(row.id), row));
      await session.replace([...settled, ...received]);
      await session.shelf.remember(session.whose, { sequence: answer.sequence, at: Date.now() });
    }
  }

  /** Nobody has signed in: what the account has leaves this device, what is not yet sent waits for its owner. */
  private async left(): Promise<void> {
    const { session } = this;
    if (session.whose) {
      const sent = session.all().filter((ledger) => !isDirty(ledger)).map(({ id }) => id);
      await session.shelf.remove(session.whose, sent);
      await session.shelf.remember(session.whose, { sequence: 0, at: 0 });
      remember(OWNER, '');
      await session.become('');
    }
    this.stand('device');
  }

  private failed(error: unknown): void {
    const reason = error instanceof ExchangeError ? error.reason : 'failed';
    if (reason === 'signed-out') this.token = '';
    this.stand(reason === 'too-often' ? 'failed' : this.session.whose || reason === 'closed' ? reason : 'device');
    const later = error instanceof ExchangeError ? error.later * 1000 : 0;
    this.retry = Math.min(LAST_RETRY_MS, this.retry * 2);
    this.soon(Math.max(later, this.retry));
  }

  private stand(standing: Standing): void {
    this.standing = standing;
    this.tell();
  }

  private tell(): void {
    this.listeners.forEach((listener) => listener());
  }
}

/** Who had signed in here the last time; '' for nobody. */
export const rememberedOwner = (): string => recalled(OWNER);

/** This browser's name, by which the server knows a change that is sent again. */
function device(): string {
  const known = recalled(DEVICE);
  if (known) return known;
  const name = newName();
  remember(DEVICE, name);
  return recalled(DEVICE) || (fallback ||= name);
}
let fallback = '';

function recalled(name: string): string {
  try {
    return localStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

function remember(name: string, value: string): void {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing asks the server the next time.
  }
}

/** One window of this browser at a time, where the browser can say so. */
async function alone(task: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request('masthead-notes', task);
  else await task();
}
