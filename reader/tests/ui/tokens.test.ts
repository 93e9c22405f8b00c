/** The styles of the first paint agree with the design tokens, stay small, and colours have the contrast they need. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (name: string): string => readFileSync(new URL(`../../src/styles/${name}`, import.meta.url), 'utf8');
const tokens = read('tokens.css');
const critical = read('critical.css');


function values(style: string, name: string): string[] {
  return [...style.matchAll(new RegExp(`${name}:\\s*([^;]+);`, 'g'))].map((found) => found[1]!.trim());
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

const pair = (name: string): [string, string] => {
  const found = /light-dark\((#\w{6}), (#\w{6})\)/.exec(values(tokens, name)[0]!)!;
  return [found[1]!, found[2]!];
};

describe('first paint', () => {
  const names = ['--desk', '--surface', '--ink', '--ink-soft', '--line', '--accent', '--shadow-page', '--bar-height', '--foot-height', '--stage-margin', '--type-tool', '--type-edition'];
  it.each(names)('%s is the same in both', (name) => expect(values(critical, name).slice(0, 3)).toEqual(values(tokens, name).slice(0, 3)));
  it('stays under 8 KB', () => expect(critical.length).toBeLessThan(8192));
});

describe('contrast', () => {
  it.each([
    ['--ink', '--surface', 7], ['--ink', '--desk', 7], ['--ink-soft', '--surface', 4.5], ['--ink-soft', '--desk', 4.5], ['--ink-soft', '--surface-pressed', 4.5],
    ['--accent', '--surface', 4.5], ['--accent', '--accent-wash', 4.5], ['--on-accent', '--accent', 4.5], ['--ink', '--warning-wash', 7], ['--ink', '--hit-word', 7], ['--line-strong', '--surface', 3],
  ])('%s on %s is at least %s', (front, back, least) => {
    const [fronts, backs] = [pair(front), pair(back)];
    expect(contrast(fronts[0], backs[0])).toBeGreaterThanOrEqual(least);
    expect(contrast(fronts[1], backs[1])).toBeGreaterThanOrEqual(least);
  });
});
