/**
 * Brings together what two devices made of one annotation since they last agreed (a merge of three versions, as version
 * control does it). Nothing that somebody wrote is lost, and nothing is there twice; no clock has a say. Pure.
 */

import type { Annotation, Stroke } from '../../../contract/annotation';

/** An annotation, or null where it was deleted or not yet made. */
export type Version = Annotation | null;

/** What both come to. `base` is what they agreed on before; `theirs` comes first where an order must be. */
export function merge(base: Version, mine: Version, theirs: Version): Version {
  if (same(mine, theirs) || same(mine, base)) return theirs;
  if (same(theirs, base)) return mine;
  // One deleted what the other went on writing: the writing stays.
  if (!mine || !theirs) return mine ?? theirs;
  const merged: Annotation = { ...theirs };
  const write = <Name extends keyof Annotation>(name: Name, value: Annotation[Name] | undefined): void => {
    if (value === undefined) delete merged[name];
    else merged[name] = value;
  };
  for (const name of ['locator', 'colour', 'at', 'foreign'] as const) {
    if (same(theirs[name], base?.[name])) write(name, mine[name]);
  }
  write('text', mergeText(base?.text, mine.text, theirs.text));
  write('strokes', mergeStrokes(base?.strokes, mine.strokes, theirs.strokes));
  merged.created = mine.created < theirs.created ? mine.created : theirs.created;
  merged.changed = mine.changed > theirs.changed ? mine.changed : theirs.changed;
  return merged;
}

/** Both texts where both were changed, unless one holds the other. */
function mergeText(base: string | undefined, mine: string | undefined, theirs: string | undefined): string | undefined {
  if (mine === theirs || mine === base) return theirs;
  if (theirs === base) return mine;
  if (!mine || !theirs) return mine || theirs;
  if (theirs.includes(mine)) return theirs;
  if (mine.includes(theirs)) return mine;
  return `${theirs}\n\n${mine}`;
}

/** All strokes that either drew, without those that either erased. */
function mergeStrokes(base: Stroke[] | undefined, mine: Stroke[] | undefined, theirs: Stroke[] | undefined): Stroke[] | undefined {
  if (!mine && !theirs) return undefined;
  const ids = (strokes: Stroke[] | undefined): Set<string> => new Set(strokes?.map(({ id }) => id));
  const [before, ours, others] = [ids(base), ids(mine), ids(theirs)];
  const kept = (theirs ?? []).filter(({ id }) => ours.has(id) || !before.has(id));
  return [...kept, ...(mine ?? []).filter(({ id }) => !others.has(id) && !before.has(id))];
}

/** Whether two values say the same, whatever the order of their entries. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = (value: object): string[] => Object.keys(value).filter((name) => (value as Record<string, unknown>)[name] !== undefined);
  const mine = names(one);
  if (mine.length !== names(other).length) return false;
  return mine.every((name) => same((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]));
}
