// The trace graph as the real specc draws it, in a stub of the editor's host.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import trace from '../src/trace.js';
import { project } from './desk.mjs';

const SPECC = process.env.SPECC;

/** A host with room for panels; `heard` are the listeners that it was given. */
function host() {
  const heard = {};
  const panels = [];
  const listen = (name) => (listener) => {
    heard[name] = listener;
    return { dispose() {} };
  };
  const vscode = {
    ViewColumn: { Beside: -2 },
    window: {
      createWebviewPanel: () => {
        const panel = { webview: { html: '' }, reveal: () => (panel.revealed = true), onDidDispose: listen('dispose'), dispose() {} };
        panels.push(panel);
        return panel;
      },
    },
    workspace: { onDidSaveTextDocument: listen('save') },
  };
  return { vscode, heard, panels };
}

test('the graph is shown in one panel, and follows what is saved', { skip: !SPECC && 'SPECC names no specc' }, async () => {
  const folder = project();
  const { vscode, heard, panels } = host();
  const shown = new trace.Trace(vscode, () => ({ command: SPECC, folder }));
  await shown.show();
  assert.match(panels[0].webview.html, /LOAN-2/);
  assert.match(panels[0].webview.html, /Content-Security-Policy/);

  writeFileSync(join(folder, 'specs', 'desk.spec'), readFileSync(join(folder, 'specs', 'desk.spec'), 'utf8').replace('LOAN-2', 'LOAN-7'));
  const before = panels[0].webview.html;
  heard.save({ languageId: 'specc' });
  while (panels[0].webview.html === before) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.match(panels[0].webview.html, /LOAN-7/);

  await shown.show();
  assert.equal(panels.length, 1);
  assert.equal(panels[0].revealed, true);
  heard.dispose();
  await shown.show();
  assert.equal(panels.length, 2);
  shown.dispose();
});

test('what specc has to say instead is told', { skip: !SPECC && 'SPECC names no specc' }, async () => {
  const { vscode, panels } = host();
  const shown = new trace.Trace(vscode, () => ({ command: SPECC, folder: mkdtempSync(join(tmpdir(), 'specc-')) }));
  await assert.rejects(shown.show(), /specc|project/);
  assert.equal(panels.length, 0);
});
