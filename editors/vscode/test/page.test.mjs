import assert from 'node:assert/strict';
import { test } from 'node:test';
import page from '../src/page.js';

const { escaped, ownersAt, pageOf } = page;
const place = (line, last = line) => ({
  uri: 'file:///a.spec',
  range: { start: { line, character: 2 }, end: { line: last, character: 9 } },
});
const preview = {
  feature: 'desk',
  title: 'Desk <b>',
  parts: [
    { text: 'You are "it" & more.\n', owner: 'desk', place: place(1) },
    { text: '- Renew </span><script>alert(1)</script>\n', owner: 'LOAN-1', place: place(4, 7) },
    { text: '\n', owner: '', place: null },
  ],
  cases: [{ id: 'LOAN-1/nominal', requirement: 'LOAN-1', why: '<i>', turns: ['Can I?'], expect: ['renew'], place: place(4, 7) }],
};

test('what a spec says is text in the page', () => {
  const html = pageOf(preview, 'n0nce', 'vscode-resource:');
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.ok(html.includes(escaped('- Renew </span><script>alert(1)</script>\n')));
  assert.ok(html.includes('&lt;i&gt;'));
});

test('the page runs its own script and nothing else', () => {
  const html = pageOf(null, 'n0nce', 'vscode-resource:');
  assert.ok(html.includes("default-src 'none'"));
  assert.ok(html.includes("script-src 'nonce-n0nce'"));
  assert.ok(html.includes('Nothing to show'));
});

test('a part without a place is no link', () => {
  assert.equal(pageOf(preview, 'n', 's').match(/data-part=/g)?.length, 2);
});

test('a line of the spec marks what became of it', () => {
  assert.deepEqual(ownersAt(preview, 'file:///a.spec', { line: 5, character: 0 }), ['LOAN-1']);
  assert.deepEqual(ownersAt(preview, 'file:///a.spec', { line: 1, character: 0 }), ['desk']);
  assert.deepEqual(ownersAt(preview, 'file:///a.spec', { line: 9, character: 0 }), []);
  assert.deepEqual(ownersAt(preview, 'file:///b.spec', { line: 5, character: 0 }), []);
});
