/** Makes elements: one short function instead of a template language. */

type Value = string | number | boolean | null | undefined | ((event: never) => void);
export type Child = Node | string | null | undefined | false;

/**
 * An element with attributes, listeners and children. `onClick`-like names add listeners; `true` sets an empty
 * attribute, `false`, null and undefined leave it out. Text is always text, never markup.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, Value>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2).toLowerCase(), value as EventListener);
    else setAttribute(made, key, value);
  }
  made.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return made;
}

/** Set an attribute if it changes, or take it away for false, null and undefined. */
export function setAttribute(target: Element, name: string, value: string | number | boolean | null | undefined): void {
  if (value === false || value === null || value === undefined) {
    target.removeAttribute(name);
    return;
  }
  const text = value === true ? '' : String(value);
  if (target.getAttribute(name) !== text) target.setAttribute(name, text);
}

/** Whether the window is small: panels are sheets over the page, tools stand at the bottom. Same limits as the styles. */
export const compact = (): boolean => matchMedia('(max-width: 43.6875rem), (max-height: 499px)').matches;

let serial = 0;
/** An id that no other element of this document has, for labels and descriptions. */
export const uniqueId = (purpose: string): string => `masthead-${purpose}-${++serial}`;
