/**
 * What a device knows of one annotation and of what the server knows: pure steps from one record to the next. A change
 * that is under way keeps its name until it is answered, so that it counts once however often it is sent.
 */

import { merge, same, type Version } from './merge';

export interface Ledger {
  readonly id: string;
  /** As it is on this device; null where it was deleted. */
  readonly local: Version;
  /** What this device and the server last agreed on. */
  readonly base: Version;
  /** The server's count of its changes at that time; 0 if the server never had it. */
  readonly revision: number;
  /** What was sent and not yet answered. */
  readonly pending: { readonly change: string; readonly content: Version } | null;
  /** Why the server keeps it not; '' if it does. It is sent again when it was changed. */
  readonly fault: string;
}

/** A change as it is sent. */
export interface Change {
  readonly id: string;
  readonly change: string;
  readonly base: number;
  readonly content: Version;
}

export interface Row {
  readonly id: string;
  readonly revision: number;
  readonly content: Version;
}

export interface Result extends Row {
  readonly outcome: 'applied' | 'replayed' | 'conflict' | 'gone' | 'refused';
  readonly fault?: string;
}

/** Nothing known yet. */
export const blank = (id: string): Ledger => ({ id, local: null, base: null, revision: 0, pending: null, fault: '' });

/** Somebody wrote, or deleted. */
export const edit = (ledger: Ledger, local: Version): Ledger => ({ ...ledger, local, fault: '' });

/** Whether the server has not heard of it, or not of its latest change. */
export const isDirty = (ledger: Ledger): boolean => ledger.pending !== null || (!ledger.fault && !same(ledger.local, ledger.base));

/** Whether nobody needs to know of it any more. */
export const isOver = (ledger: Ledger): boolean => !ledger.local && !ledger.base && !ledger.pending;

/** Make ready what has to be sent; the record has to be kept before it leaves. `name` makes a name for a change. */
export function prepare(ledger: Ledger, name: () => string): { ledger: Ledger; change: Change } | null {
  if (!isDirty(ledger)) return null;
  const pending = ledger.pending ?? { change: name(), content: ledger.local };
  return { ledger: { ...ledger, pending }, change: { id: ledger.id, change: pending.change, base: ledger.revision, content: pending.content } };
}

/** The server answered what was sent. */
export function settle(ledger: Ledger, result: Result): Ledger {
  const { pending } = ledger;
  if (!pending) return ledger;
  const free = { ...ledger, pending: null };
  switch (result.outcome) {
    case 'applied':
      return { ...free, base: pending.content, revision: result.revision };
    case 'replayed':
      return receive({ ...free, base: pending.content, revision: 0 }, result);
    case 'conflict':
      return receive(free, result);
    case 'gone':
      return { ...free, base: null, revision: 0 };
    case 'refused':
      return { ...free, fault: same(ledger.local, pending.content) ? (result.fault ?? 'invalid') : '' };
  }
}

/** The server says how it is by now. What is under way is answered first. */
export function receive(ledger: Ledger, row: Row): Ledger {
  if (ledger.pending || row.revision <= ledger.revision) return ledger;
  return { ...ledger, local: merge(ledger.base, ledger.local, row.content), base: row.content, revision: row.revision };
}
