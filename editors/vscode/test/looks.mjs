// What the grammar makes of files: prints, for each file of the command line, its runs of characters as [look, start, end].
// Offsets are UTF-16 code units; a look is a key of NAMES in speclang/syntax/colours/looks.py.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const textmate = require('vscode-textmate');
const oniguruma = require('vscode-oniguruma');

const here = dirname(fileURLToPath(import.meta.url));
const LOOKS = [
  ['constant.character.escape', 'escape'],
  ['variable.other.hole', 'hole'],
  ['string.regexp', 'pattern'],
  ['string.quoted', 'text'],
  ['comment', 'comment'],
  ['constant.numeric', 'number'],
  ['keyword.other.unit', 'unit'],
  ['constant.other.date', 'date'],
  ['entity.name.tag.id', 'id'],
  ['keyword.other.head', 'head'],
  ['keyword.control.level', 'level'],
  ['constant.language', 'constant'],
  ['keyword.operator.word', 'word'],
  ['variable.other.member', 'member'],
  ['variable.other.name', 'name'],
  ['keyword.operator', 'operator'],
  ['punctuation.section.bracket', 'bracket'],
];

function lookOf(scopes) {
  const innermost = scopes[scopes.length - 1];
  const found = LOOKS.find(([prefix]) => innermost.startsWith(prefix));
  return found ? found[1] : 'space';
}

async function grammar() {
  const wasm = readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const file = join(here, '..', 'syntaxes', 'specc.tmLanguage.json');
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(file, 'utf8'), file),
  });
  return registry.loadGrammar('source.specc');
}

function runsOf(known, text) {
  const runs = [];
  let state = textmate.INITIAL;
  let start = 0;
  for (const line of text.split('\n')) {
    const read = known.tokenizeLine(line, state);
    state = read.ruleStack;
    for (const token of read.tokens) {
      const end = Math.min(token.endIndex, line.length);
      if (end > token.startIndex) runs.push([lookOf(token.scopes), start + token.startIndex, start + end]);
    }
    start += line.length + 1;
  }
  return runs;
}

const known = await grammar();
const found = Object.fromEntries(process.argv.slice(2).map((path) => [path, runsOf(known, readFileSync(path, 'utf8'))]));
process.stdout.write(JSON.stringify(found));
