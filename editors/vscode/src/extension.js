'use strict';

// What VS Code calls: starts the project's own language server and offers what only an editor can show.

const { existsSync } = require('node:fs');
const { commandFor } = require('./command.js');
const { Preview } = require('./preview.js');
const { Trace } = require('./trace.js');

/** @type {import('vscode-languageclient/node').LanguageClient | undefined} */
let client;

/** @param {typeof import('vscode')} vscode */
function specc(vscode) {
  const configured = vscode.workspace.getConfiguration('specc').get('command', '');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return { command: commandFor(configured, folder, existsSync, process.platform), folder };
}

/** @param {typeof import('vscode')} vscode */
async function start(vscode) {
  const { LanguageClient } = require('vscode-languageclient/node');
  const { command, folder } = specc(vscode);
  const server = { command, args: ['lsp'], options: { cwd: folder } };
  client = new LanguageClient('specc', 'specc', server, {
    documentSelector: [{ language: 'specc' }, { pattern: '**/generated/**/{prompt*.md,cases.yaml}' }],
  });
  try {
    await client.start();
  } catch {
    client = undefined;
    const choice = await vscode.window.showErrorMessage(
      `\`${command} lsp\` does not start. Install specc into the project's environment, or set \`specc.command\`.`,
      'Open settings',
    );
    if (choice) await vscode.commands.executeCommand('workbench.action.openSettings', 'specc.command');
  }
}

/**
 * @param {import('vscode').ExtensionContext} context
 */
async function activate(context) {
  const vscode = require('vscode');
  const told = (/** @type {() => Promise<void>} */ act) => () => act().catch((problem) => vscode.window.showErrorMessage(problem.message));
  const command = (/** @type {string} */ name, /** @type {() => Promise<void>} */ act) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, told(act)));
  command('specc.preview', async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (!client || document?.languageId !== 'specc') return;
    const asking = client;
    const preview = new Preview(vscode, (method, params) => asking.sendRequest(method, params), document);
    context.subscriptions.push(preview);
    preview.line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
    await preview.refresh();
  });
  const trace = new Trace(vscode, () => specc(vscode));
  context.subscriptions.push(trace);
  command('specc.trace', () => trace.show());
  command('specc.restart', async () => {
    await client?.stop();
    await start(vscode);
  });
  await start(vscode);
}

async function deactivate() {
  await client?.stop();
}

module.exports = { activate, deactivate };
