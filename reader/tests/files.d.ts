/** The one thing of Node that tests need: reading a style as text. */
declare module 'node:fs' {
  export function readFileSync(path: URL, encoding: 'utf8'): string;
}
