/** Speaks to the server about annotations: who has signed in, what is new, what was changed here. */

import type { Change, Result, Row } from './agreeing/ledger';

/** Who has signed in and what the server has of theirs. */
export interface Greeting {
  readonly signed_in: boolean;
  /** Proves to the server that a change comes from this page. */
  readonly token: string;
  readonly sign_in?: string;
  readonly owner?: string;
  readonly name?: string;
  readonly rows?: Row[];
  readonly sequence?: number;
}

export interface Agreement {
  readonly owner: string;
  readonly results: Result[];
  readonly rows: Row[];
  readonly sequence: number;
}

/** Why an exchange came to nothing. `later`: seconds after which it may be tried again. */
export class ExchangeError extends Error {
  constructor(
    readonly reason: 'offline' | 'signed-out' | 'closed' | 'too-often' | 'failed',
    readonly later = 0,
  ) {
    super(reason);
  }
}

/** Ask who has signed in and what changed since a number. */
export async function greet(address: string, since: number): Promise<Greeting> {
  return (await asked(`${address}?since=${since}`, {})) as Greeting;
}

/** Send changes, hear results and what others changed. */
export async function agree(address: string, token: string, device: string, since: number, changes: readonly Change[]): Promise<Agreement> {
  const body = JSON.stringify({ device, since, changes });
  const headers = { 'Content-Type': 'application/json', 'X-CSRFToken': token };
  return (await asked(address, { method: 'POST', headers, body })) as Agreement;
}

async function asked(address: string, options: RequestInit): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(address, { credentials: 'same-origin', cache: 'no-store', ...options });
  } catch {
    throw new ExchangeError('offline');
  }
  if (answer.ok) return answer.json();
  if (answer.status === 401 || answer.status === 403) throw new ExchangeError('signed-out');
  if (answer.status === 404 || answer.status === 410) throw new ExchangeError('closed');
  if (answer.status === 429) throw new ExchangeError('too-often', Number(answer.headers.get('Retry-After')) || 60);
  throw new ExchangeError('failed');
}
