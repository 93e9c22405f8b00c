/** Devices that write at the same time, lose their connection, send twice and have wrong clocks: nothing is lost or doubled. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import agreeing from '../../../../tests/annotations/agreeing.json';
import type { Annotation } from '../../../src/contract/annotation';
import { blank, edit, isDirty, isOver, prepare, receive, settle, type Change, type Ledger } from '../../../src/features/notes/agreeing/ledger';
import { merge, same } from '../../../src/features/notes/agreeing/merge';
import { Server } from './server';

const IDS = ['note-a', 'note-b', 'note-c'];
const made = (text: string, strokes: string[] = [], at: [number, number] = [0.5, 0.5], year = 2026): Annotation => ({
  kind: 'note',
  locator: { build: 'b', page: 1, places: [], spans: [] },
  text,
  at,
  strokes: strokes.map((id) => ({ id, colour: 'red' as const, width: 0.01, points: [0, 0, 1] })),
  created: `${year}-01-01T00:00:00Z`,
  changed: `${year}-01-01T00:00:00Z`,
});

/** A device: its ledgers, and what of the traffic reached it. */
class Device {
  readonly ledgers = new Map<string, Ledger>();
  private since = 0;
  private names = 0;

  constructor(
    private readonly name: string,
    private readonly year: number, // its clock
  ) {}

  now(id: string): Annotation | null {
    return this.ledgers.get(id)?.local ?? null;
  }

  write(id: string, change: (before: Annotation | null, year: number) => Annotation | null): void {
    const ledger = this.ledgers.get(id) ?? blank(id);
    this.ledgers.set(id, edit(ledger, change(ledger.local, this.year)));
  }

  /** One exchange; `lost` says at which leg the connection breaks. */
  synchronise(server: Server, lost: 'none' | 'there' | 'back' = 'none'): void {
    const changes: Change[] = [];
    for (const [id, ledger] of this.ledgers) {
      const ready = prepare(ledger, () => `${this.name}-${++this.names}`);
      if (!ready) continue;
      this.ledgers.set(id, ready.ledger);
      changes.push(ready.change);
    }
    if (lost === 'there') return;
    const answer = server.synchronise(this.name, this.since, structuredClone(changes));
    if (lost === 'back') return;
    for (const result of answer.results) this.ledgers.set(result.id, settle(this.ledgers.get(result.id)!, result));
    for (const row of answer.rows) this.ledgers.set(row.id, receive(this.ledgers.get(row.id) ?? blank(row.id), row));
    this.since = answer.sequence;
    for (const [id, ledger] of this.ledgers) if (isOver(ledger)) this.ledgers.delete(id);
  }

  get isQuiet(): boolean {
    return [...this.ledgers.values()].every((ledger) => !isDirty(ledger));
  }
}

type Step =
  | { do: 'write'; on: 0 | 1; id: string; word: string }
  | { do: 'draw'; on: 0 | 1; id: string; stroke: string }
  | { do: 'move'; on: 0 | 1; id: string; to: number }
  | { do: 'delete'; on: 0 | 1; id: string }
  | { do: 'synchronise'; on: 0 | 1; lost: 'none' | 'there' | 'back' };

const id = fc.constantFrom(...IDS);
const on = fc.constantFrom<0 | 1>(0, 1);
const unique = fc.uuid().map((text) => text.slice(0, 8));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('write' as const), on, id, word: unique }),
  fc.record({ do: fc.constant('draw' as const), on, id, stroke: unique }),
  fc.record({ do: fc.constant('move' as const), on, id, to: fc.integer({ min: 0, max: 10 }) }),
  fc.record({ do: fc.constant('delete' as const), on, id }),
  fc.record({ do: fc.constant('synchronise' as const), on, lost: fc.constantFrom('none' as const, 'there' as const, 'back' as const) }),
);

function run(device: Device, each: Exclude<Step, { do: 'synchronise' }>): void {
  device.write(each.id, (before, year) => {
    const from = before ?? made('', [], [0.5, 0.5], year);
    const changed = `${year}-06-01T00:00:00Z`;
    if (each.do === 'delete') return null;
    if (each.do === 'write') return { ...from, text: `${from.text} ${each.word}`.trim(), changed };
    if (each.do === 'draw') return { ...from, strokes: [...from.strokes!, { id: each.stroke, colour: 'red', width: 0.01, points: [0, 0, 1] }], changed };
    return { ...from, at: [each.to / 10, 0.5], changed };
  });
}

describe('two devices and a bad connection', () => {
  it('come to the same, whatever happens on the way', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.tuple(fc.constantFrom(1970, 2026, 2999), fc.constantFrom(1970, 2026, 2999)), (steps, clocks) => {
        const server = new Server();
        const devices = [new Device('device-1', clocks[0]), new Device('device-2', clocks[1])] as const;
        const written = new Map<string, Set<string>>(); // words that nobody deleted, by annotation
        for (const each of steps) {
          const device = devices[each.on];
          if (each.do === 'synchronise') {
            device.synchronise(server, each.lost);
            continue;
          }
          if (each.do === 'delete') for (const word of device.now(each.id)?.text?.split(/\s+/) ?? []) written.get(each.id)?.delete(word);
          run(device, each);
          if (each.do === 'write') written.set(each.id, (written.get(each.id) ?? new Set()).add(each.word));
        }
        for (let round = 0; round < 6; round += 1) devices.forEach((device) => device.synchronise(server));
        const [one, other] = devices;
        expect(one.isQuiet && other.isQuiet).toBe(true);
        for (const name of IDS) {
          expect(same(one.now(name), other.now(name))).toBe(true);
          expect(same(one.now(name), server.all().get(name) ?? null)).toBe(true);
          const words = (one.now(name)?.text ?? '').split(/\s+/).filter(Boolean);
          for (const word of written.get(name) ?? []) expect(words).toContain(word); // nothing is lost
          const strokes = one.now(name)?.strokes?.map((stroke) => stroke.id) ?? [];
          expect(new Set(strokes).size).toBe(strokes.length); // and no stroke is there twice
        }
      }),
      { numRuns: 400 },
    );
  });

  it('take what is sent again once', () => {
    const server = new Server();
    const device = new Device('device-1', 2026);
    device.write('note-a', () => made('once'));
    device.synchronise(server, 'back');
    device.synchronise(server, 'back');
    device.synchronise(server);
    expect([...server.all().values()].map((each) => each!.text)).toEqual(['once']);
    expect(device.isQuiet).toBe(true);
  });

  it('do not double a text that was taken before its answer was lost and then went on', () => {
    const server = new Server();
    const [phone, desk] = [new Device('the-phone', 2026), new Device('the-desk', 2026)];
    phone.write('note-a', () => made('first'));
    phone.synchronise(server);
    desk.synchronise(server);
    phone.write('note-a', () => made('first, and from the phone'));
    phone.synchronise(server, 'back');
    desk.synchronise(server);
    desk.write('note-a', (before) => ({ ...before!, text: `${before!.text!.replace('first', 'First')}` }));
    desk.synchronise(server);
    phone.synchronise(server);
    expect(phone.now('note-a')!.text).toBe('First, and from the phone');
  });
});

describe('merging three versions', () => {
  const base = made('base', ['s1', 's2']);

  it('keeps both texts and what only one side changed', () => {
    const merged = merge(base, { ...base, text: 'mine', at: [0.1, 0.1] }, { ...base, text: 'theirs', colour: 'pink' });
    expect(merged).toEqual({ ...base, text: 'theirs\n\nmine', at: [0.1, 0.1], colour: 'pink' });
  });

  it('keeps all strokes but those erased', () => {
    const merged = merge(base, made('base', ['s1', 's2', 's3']), made('base', ['s2', 's4']));
    expect(merged!.strokes!.map(({ id: name }) => name)).toEqual(['s2', 's4', 's3']);
  });

  it('lets writing win over deleting, on either side', () => {
    const written = { ...base, text: 'went on' };
    expect(merge(base, null, written)).toEqual(written);
    expect(merge(base, written, null)).toEqual(written);
    expect(merge(base, null, base)).toBeNull();
    expect(merge(base, base, null)).toBeNull();
  });

  it('is settled: merging the result again changes nothing', () => {
    const text = fc.string({ maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, (one, two, three) => {
        const [before, mine, theirs] = [made(one), made(two), made(three)];
        const merged = merge(before, mine, theirs);
        expect(merge(theirs, merged, merged)).toEqual(merged);
        expect(merge(theirs, merged, theirs)).toEqual(merged);
      }),
    );
  });
});

describe('the server', () => {
  const cases = agreeing as unknown as { says: string; requests: { device: string; since: number; changes: Change[]; answer: unknown }[] }[];

  it.each(cases)('$says', ({ requests }) => {
    const server = new Server();
    for (const { device, since, changes, answer } of requests) expect(server.synchronise(device, since, changes)).toEqual(answer);
  });
});
