// Bundles the page's script into the package, with the licences of what is in it; says in built.json from what it was made.
//
//     node build.mjs           write the bundle
//     node build.mjs FOLDER    write it there instead, to be compared with the one that is committed

import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ? path.resolve(process.argv[2]) : path.join(here, '../../speclang/playground/web');

const made = await build({
  absWorkingDir: here,
  entryPoints: ['src/main.js'],
  outfile: path.join(folder, 'page.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
});
const script = `// Made by editors/playground/build.mjs; the licences of what is in it are in licences.txt.\n${made.outputFiles[0].text}`;

const used = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) used.add(found[1]);
}
const notices = [...used].sort().map((name) => {
  const root = path.join(here, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const file = readdirSync(root).find((one) => /^licen[sc]e/i.test(one));
  if (!file) throw new Error(`${name} has no licence`);
  return `${name} ${version} (${license})\n\n${readFileSync(path.join(root, file), 'utf8').trim()}\n`;
});
const licences = `The page of the playground holds code of these packages:\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;

const digest = (/** @type {string | Buffer} */ data) => createHash('sha256').update(data).digest('hex');
const sources = ['build.mjs', 'package-lock.json', ...readdirSync(path.join(here, 'src')).sort().map((one) => `src/${one}`)];
const built = {
  sources: Object.fromEntries(sources.map((one) => [one, digest(readFileSync(path.join(here, one)))])),
  bundle: { 'page.js': digest(script), 'licences.txt': digest(licences) },
};

writeFileSync(path.join(folder, 'page.js'), script);
writeFileSync(path.join(folder, 'licences.txt'), licences);
if (!process.argv[2]) writeFileSync(path.join(here, 'built.json'), `${JSON.stringify(built, null, 1)}\n`);
