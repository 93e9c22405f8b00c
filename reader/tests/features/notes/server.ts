/** The server's side of agreeing, as masthead.annotations.services has it; tests/annotations/agreeing.json proves that both are alike. */

import type { Change, Result, Row } from '../../../src/features/notes/agreeing/ledger';
import { same, type Version } from '../../../src/features/notes/agreeing/merge';

interface Held {
  content: Version;
  revision: number;
  sequence: number;
  applied: Map<string, string>;
}

export class Server {
  private readonly rows = new Map<string, Held>();
  private sequence = 0;

  synchronise(device: string, since: number, changes: readonly Change[]): { results: Result[]; rows: Row[]; sequence: number } {
    const results = changes.map((change) => this.take(device, change));
    const own = new Set(changes.map(({ id }) => id));
    const rows = [...this.rows]
      .filter(([id, held]) => held.sequence > since && !own.has(id) && (since > 0 || held.content))
      .sort(([, one], [, other]) => one.sequence - other.sequence)
      .map(([id, { revision, content }]) => ({ id, revision, content }));
    return { results, rows, sequence: this.sequence };
  }

  /** What a new device would get. */
  all(): Map<string, Version> {
    return new Map([...this.rows].filter(([, { content }]) => content).map(([id, { content }]) => [id, content]));
  }

  private take(device: string, { id, change, base, content }: Change): Result {
    const held = this.rows.get(id);
    if (!held) {
      if (base || !content) return { id, outcome: 'gone', revision: 0, content: null };
      this.rows.set(id, { content, revision: 1, sequence: ++this.sequence, applied: new Map([[device, change]]) });
      return { id, outcome: 'applied', revision: 1, content };
    }
    const answer = (outcome: Result['outcome']): Result => ({ id, outcome, revision: held.revision, content: held.content });
    if (held.applied.get(device) === change) return answer('replayed');
    if (same(held.content, content)) return answer('applied');
    if (held.revision !== base) return answer('conflict');
    Object.assign(held, { content, revision: held.revision + 1, sequence: ++this.sequence });
    held.applied.set(device, change);
    return answer('applied');
  }
}
