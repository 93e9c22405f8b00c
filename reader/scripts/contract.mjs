/** Writes the types of the edition folder's files from its JSON schemas; with --check only says whether they differ. */

import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compile } from 'json-schema-to-typescript';

const rooms = resolve(import.meta.dirname, '../../src/masthead');
const target = resolve(import.meta.dirname, '../src/contract');
const options = {
  bannerComment: '/** Made from the JSON schema of the same name by `npm run contract`; do not edit. */',
  unreachableDefinitions: true,
  style: { singleQuote: true, printWidth: 120 },
  additionalProperties: false,
};

let stale = 0;
for (const [room, name] of [['edition', 'manifest'], ['edition', 'page'], ['annotations', 'annotation']]) {
  const schema = JSON.parse(readFileSync(resolve(rooms, room, 'schema', `${name}-1.json`), 'utf8'));
  const types = await compile(schema, schema.title, options);
  const file = resolve(target, `${name}.ts`);
  if (process.argv.includes('--check')) {
    let current = '';
    try {
      current = readFileSync(file, 'utf8');
    } catch {
      // A missing file is a stale one.
    }
    if (current !== types) {
      console.error(`${file} does not match its schema: run "npm run contract".`);
      stale += 1;
    }
  } else {
    writeFileSync(file, types);
  }
}
process.exitCode = stale ? 1 : 0;
