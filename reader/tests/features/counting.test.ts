/** The time that counts: the window shows it, somebody is there, and it was more than a passing glance. */

import { describe, expect, it } from 'vitest';
import { IDLE_MS, Meter } from '../../src/features/counting/meter';

const started = (): Meter => {
  const meter = new Meter();
  meter.visible(true, 1000);
  meter.show('1', 1000);
  return meter;
};

describe('the meter', () => {
  it('tells what was seen when something else is shown', () => {
    expect(started().show('2', 6500)).toEqual({ shown: '1', first: true, seconds: 5 });
  });
  it('does not tell of what was passed by', () => expect(started().show('2', 1900)).toBeNull());
  it('tells once that it was seen, then only more time, and loses no part of a second', () => {
    const meter = started();
    expect(meter.take(2600)).toEqual({ shown: '1', first: true, seconds: 1 });
    expect(meter.take(3100)).toEqual({ shown: '1', first: false, seconds: 1 });
  });
  it('stands still while the window is hidden', () => {
    const meter = started();
    meter.visible(false, 3000);
    meter.visible(true, 500_000);
    expect(meter.show('2', 501_000)?.seconds).toBe(3);
  });
  it('stands still while nobody is there, and goes on when somebody is', () => {
    const meter = started();
    meter.touch(1000 + IDLE_MS + 60_000);
    expect(meter.show('2', 1000 + IDLE_MS + 65_000)?.seconds).toBe(IDLE_MS / 1000 + 5);
  });
  it('begins anew where the same is shown again later', () => {
    const meter = started();
    meter.show('2', 4000);
    meter.show('1', 9000);
    expect(meter.take(12_000)).toEqual({ shown: '1', first: true, seconds: 3 });
  });
  it('is told nothing by the same page', () => expect(started().show('1', 9000)).toBeNull());
});
