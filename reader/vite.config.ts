/** Builds the reader into the Python package, with hashed names and a manifest that the server reads. */

import { copyFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const out = resolve(import.meta.dirname, '../src/masthead/exports/reader');

export default defineConfig({
  base: './',
  build: {
    outDir: out,
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    cssCodeSplit: true,
    assetsInlineLimit: 2048,
    rollupOptions: {
      input: ['src/main.ts', 'src/first.ts', 'src/offline.ts'],
      output: {
        // Browsers look for a worker where it was: its name stays.
        entryFileNames: ({ name }) => (name === 'offline' ? 'offline.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
  plugins: [
    {
      // Who keeps an edition on a device keeps all of the reader: parts that were never opened have not been loaded yet.
      name: 'list-of-files',
      generateBundle(_options, bundle) {
        const names = Object.keys(bundle).filter((name) => name.startsWith('assets/')).sort();
        this.emitFile({ type: 'asset', fileName: 'files.json', source: JSON.stringify(names) });
      },
    },
    {
      // The styles of the first paint are inlined by the server, and its own pages share the tokens: both come with the build.
      name: 'critical-style',
      closeBundle() {
        for (const name of ['critical.css', 'article.css', 'tokens.css']) {
          copyFileSync(resolve(import.meta.dirname, 'src/styles', name), resolve(out, name));
        }
      },
    },
  ],
  test: { include: ['tests/**/*.test.ts'] },
});
