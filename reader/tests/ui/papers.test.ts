/** The papers of the article view have the contrast that words need. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const style = readFileSync(new URL('../../src/features/article/article_view.css', import.meta.url), 'utf8');

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high! + 0.05) / (low! + 0.05);
}

/** The tokens that a paper sets. */
function paper(name: string): Record<string, string> {
  const rules = [...style.matchAll(/masthead-reader\[data-article\]\[data-paper="(\w+)"\] \{([^}]*)\}/g)];
  const rule = rules.find(([, found, tokens]) => found === name && tokens!.includes('--ink'))!;
  return Object.fromEntries([...rule[2]!.matchAll(/(--[\w-]+): (#\w{6})/g)].map(([, token, value]) => [token!, value!]));
}

describe('papers', () => {
  it.each([
    ['sepia', '--ink', '--surface', 7], ['sepia', '--ink-soft', '--surface', 4.5], ['sepia', '--ink-soft', '--surface-pressed', 4.5], ['sepia', '--accent', '--surface', 4.5],
    ['sepia', '--accent', '--accent-wash', 4.5], ['sepia', '--line-strong', '--surface', 3], ['sepia', '--ink', '--desk', 7],
    ['contrast', '--ink', '--surface', 15], ['contrast', '--ink-soft', '--surface', 15], ['contrast', '--accent', '--surface', 7], ['contrast', '--on-accent', '--accent', 7], ['contrast', '--ink', '--hit-word', 7],
  ])('%s: %s on %s is at least %s', (name, front, back, least) => {
    const tokens = paper(name);
    expect(contrast(tokens[front]!, tokens[back]!)).toBeGreaterThanOrEqual(least);
  });
});
