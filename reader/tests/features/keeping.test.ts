/** Which files are kept on a device. */

import { expect, test } from 'vitest';
import { addressesInStyle, laidAddresses, wantedFiles } from '../../src/features/keeping/wanted';

const inventory = (paths: readonly string[]): { path: string; size: number }[] => paths.map((path) => ({ path, size: 1 }));
const kept = (...paths: string[]): string[] => wantedFiles(inventory(paths)).map(({ path }) => path);

test('what reading needs is kept, and neither the PDF nor plain text', () => {
  expect(kept('pages/1.json', 'text/1.html', 'articles/a1.html', 'articles/a1.txt', 'figures/p1-f1.webp', 'search/0.json', 'cover.jpg', 'source.pdf', 'inventory.json'))
    .toEqual(['pages/1.json', 'text/1.html', 'articles/a1.html', 'figures/p1-f1.webp', 'search/0.json', 'cover.jpg']);
});

test('a page has its thumbnail and one picture that is sharp enough', () => {
  const widths = [240, 800, 1200, 1600, 2400].map((width) => `pictures/${width}/7.webp`);
  expect(kept(...widths)).toEqual(['pictures/240/7.webp', 'pictures/1600/7.webp']);
});

test('a page that is only there in small is kept in its largest', () => {
  expect(kept('pictures/240/1.webp', 'pictures/800/1.webp', 'pictures/1600/2.webp')).toEqual(['pictures/240/1.webp', 'pictures/800/1.webp', 'pictures/1600/2.webp']);
});

test('of what lies on pages pictures, sound and documents are kept, no films and nothing elsewhere', () => {
  const laid = { overlays: [{ source: 'https://a.example/f/overlays/files/b1.webp', film: 'https://a.example/f/overlays/files/b2.mp4', title: 'A lamp' },
    { sound: '/f/overlays/files/b3.mp3', again: '/f/overlays/files/b3.mp3', document: '/f/overlays/o1/content.html', link: 'https://b.example/' }] };
  expect(laidAddresses(laid)).toEqual(['https://a.example/f/overlays/files/b1.webp', '/f/overlays/files/b3.mp3', '/f/overlays/o1/content.html']);
  expect(laidAddresses({ pages: new Map([[1, '/f/overlays/files/b4.png']]) })).toEqual(['/f/overlays/files/b4.png']);
});

test('the typefaces of a style are found where it lies', () => {
  const css = `@font-face { src: url("own.woff2") format("woff2"), url( '/brand/x/two.woff2' ) } a { background: url(data:image/png;base64,AA) }`;
  expect(addressesInStyle(css, 'https://a.example/brand/f/style-1.css')).toEqual(['https://a.example/brand/f/own.woff2', 'https://a.example/brand/x/two.woff2']);
});
