import assert from 'node:assert/strict';
import { test } from 'node:test';
import command from '../src/command.js';

const { commandFor } = command;

test("the project's own environment answers", () => {
  const there = (file) => file === '/work/shop/.venv/bin/specc';
  assert.equal(commandFor('', '/work/shop', there, 'linux'), '/work/shop/.venv/bin/specc');
});

test('without one, the specc on the path answers', () => {
  assert.equal(commandFor('', '/work/shop', () => false, 'linux'), 'specc');
  assert.equal(commandFor('', undefined, () => true, 'linux'), 'specc');
});

test('a setting comes first, and may name the folder', () => {
  assert.equal(commandFor('${workspaceFolder}/bin/specc', '/work/shop', () => true, 'linux'), '/work/shop/bin/specc');
});

test('on Windows the program lies elsewhere', () => {
  assert.match(commandFor('', 'C:\\shop', (file) => file.includes('venv') && file.endsWith('specc.exe'), 'win32'), /Scripts.specc\.exe$/);
});
