// The preview against the real language server: the editor's host is a stub, what it is told is not.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';
import preview from '../src/preview.js';
import { SPEC, project } from './desk.mjs';

const require = createRequire(import.meta.url);
const rpc = require('vscode-jsonrpc/node');

const SPECC = process.env.SPECC;

async function connected(root) {
  const child = spawn(SPECC, ['lsp'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(child.stdout), new rpc.StreamMessageWriter(child.stdin));
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: pathToFileURL(root).href, capabilities: {} });
  await connection.sendNotification('initialized', {});
  const stop = async () => {
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    connection.dispose();
  };
  return { ask: (method, params) => connection.sendRequest(method, params), tell: (method, params) => connection.sendNotification(method, params), stop };
}

/** A stub of the editor's host, with the listeners that the preview has asked for. */
function host() {
  const heard = {};
  const posted = [];
  const shown = [];
  const listen = (name) => (listener) => {
    heard[name] = listener;
    return { dispose() {} };
  };
  const webview = { html: '', cspSource: 'host:', onDidReceiveMessage: listen('message'), postMessage: async (message) => posted.push(message) };
  const vscode = {
    ViewColumn: { Beside: -2, One: 1 },
    Range: class {
      constructor(...at) {
        this.at = at;
      }
    },
    Uri: { parse: (uri) => uri },
    window: {
      createWebviewPanel: () => ({ webview, title: '', onDidDispose: listen('dispose') }),
      onDidChangeTextEditorSelection: listen('selection'),
      showTextDocument: async (document, options) => shown.push([document, options.selection.at]),
    },
    workspace: { onDidChangeTextDocument: listen('change'), openTextDocument: async (uri) => uri },
  };
  return { vscode, heard, posted, shown, webview };
}

test('prompt and cases follow what is typed, and lead back to it', { skip: !SPECC && 'SPECC names no specc' }, async () => {
  const root = project();
  const server = await connected(root);
  const uri = pathToFileURL(join(root, 'specs', 'desk.spec')).href;
  const document = { languageId: 'specc', uri: { toString: () => uri } };
  await server.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'specc', version: 1, text: SPEC } });
  const { vscode, heard, posted, shown, webview } = host();
  const panel = new preview.Preview(vscode, server.ask, document);
  await panel.refresh();
  assert.match(webview.html, /at most 7 days/);
  assert.match(webview.html, /LOAN-1\/boundary\/late=8/);

  const typed = SPEC.replace('late <= 7', 'late <= 9').replace('late > 7', 'late > 9');
  await server.tell('textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: typed }] });
  await panel.refresh();
  assert.match(webview.html, /at most 9 days/);

  heard.selection({ textEditor: { document, selection: { active: { line: 8 } } } });
  assert.deepEqual(posted.at(-1), { owners: ['LOAN-2'] });

  const part = panel.shown.parts.findIndex((one) => one.owner === 'LOAN-2');
  await heard.message({ part });
  assert.deepEqual(shown.at(-1), [uri, [8, 2, 8, 63]]);
  panel.dispose();
  await server.stop();
});
