'use strict';

// The panel that shows what a spec becomes while it is typed.

const { randomBytes } = require('node:crypto');
const { ownersAt, pageOf } = require('./page.js');

const PAUSE = 150;

/** A panel beside a spec; it follows what is typed and where the cursor stands. */
class Preview {
  /**
   * @param {typeof import('vscode')} vscode
   * @param {(method: string, params: object) => Promise<unknown>} ask sends a question to the language server
   * @param {import('vscode').TextDocument} document the spec to begin with
   */
  constructor(vscode, ask, document) {
    this.vscode = vscode;
    this.ask = ask;
    this.document = document;
    this.line = 0;
    /** @type {import('./page.js').Preview | null} */
    this.shown = null;
    this.asked = 0;
    this.panel = vscode.window.createWebviewPanel('specc.preview', 'specc', vscode.ViewColumn.Beside, { enableScripts: true });
    this.parts = [
      this.panel.webview.onDidReceiveMessage((message) => this.reveal(message)),
      vscode.workspace.onDidChangeTextDocument((event) => this.changed(event.document)),
      vscode.window.onDidChangeTextEditorSelection((event) => this.moved(event.textEditor)),
    ];
    this.panel.onDidDispose(() => this.dispose());
  }

  dispose() {
    clearTimeout(this.waiting);
    for (const part of this.parts.splice(0)) part.dispose();
  }

  /** @param {import('vscode').TextDocument} document */
  changed(document) {
    if (document.languageId !== 'specc') return;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.refresh(), PAUSE);
  }

  /** @param {import('vscode').TextEditor} editor */
  moved(editor) {
    if (editor.document.languageId !== 'specc') return;
    const line = editor.selection.active.line;
    const elsewhere = editor.document.uri.toString() !== this.document.uri.toString();
    this.document = editor.document;
    this.line = line;
    if (elsewhere || !this.shown) {
      this.changed(editor.document);
      return;
    }
    this.mark();
  }

  /** Ask for what the spec becomes now, and show it unless something newer was asked for meanwhile. */
  async refresh() {
    const turn = ++this.asked;
    const params = { textDocument: { uri: this.document.uri.toString() }, position: { line: this.line, character: 0 } };
    const found = /** @type {import('./page.js').Preview | null} */ (await this.ask('specc/preview', params));
    if (turn !== this.asked || (!found && this.shown)) return;
    this.shown = found;
    this.panel.title = found ? `specc: ${found.feature}` : 'specc';
    this.panel.webview.html = pageOf(found, randomBytes(16).toString('hex'), this.panel.webview.cspSource);
    this.mark();
  }

  /** Mark what the cursor's line of the spec has become. */
  mark() {
    if (!this.shown) return;
    const owners = ownersAt(this.shown, this.document.uri.toString(), { line: this.line, character: 0 });
    void this.panel.webview.postMessage({ owners });
  }

  /**
   * Show the place that a part or a case comes from.
   * @param {{ part?: number, case?: number }} message
   */
  async reveal(message) {
    const one = message.part === undefined ? this.shown?.cases[message.case ?? -1] : this.shown?.parts[message.part];
    if (!one?.place) return;
    const { start, end } = one.place.range;
    const selection = new this.vscode.Range(start.line, start.character, end.line, end.character);
    const document = await this.vscode.workspace.openTextDocument(this.vscode.Uri.parse(one.place.uri));
    await this.vscode.window.showTextDocument(document, { viewColumn: this.vscode.ViewColumn.One, selection });
  }
}

module.exports = { Preview };
