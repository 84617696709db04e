'use strict';

// The panel with the trace graph: from requirements to clauses, cases and graders, as the project's own specc draws it.

const { execFile } = require('node:child_process');

const MOST = 64 << 20;

/** One panel; it is drawn again when a spec is saved. */
class Trace {
  /**
   * @param {typeof import('vscode')} vscode
   * @param {() => { command: string, folder: string | undefined }} specc which program draws it, and of which project
   */
  constructor(vscode, specc) {
    this.vscode = vscode;
    this.specc = specc;
    /** @type {import('vscode').WebviewPanel | undefined} */
    this.panel = undefined;
    this.drawn = 0;
    this.saved = vscode.workspace.onDidSaveTextDocument((document) => {
      if (this.panel && document.languageId === 'specc') this.draw().catch(() => {}); // what stands there still is of the last text that could be read
    });
  }

  dispose() {
    this.saved.dispose();
    this.panel?.dispose();
  }

  /** Show the panel, with the graph as it is now. */
  async show() {
    if (this.panel) {
      this.panel.reveal();
      await this.draw();
      return;
    }
    const page = await this.page();
    const { createWebviewPanel } = this.vscode.window;
    this.panel = createWebviewPanel('specc.trace', 'specc: trace', this.vscode.ViewColumn.Beside, { enableScripts: true });
    this.panel.onDidDispose(() => (this.panel = undefined));
    this.panel.webview.html = page;
  }

  /** Draw it again, unless something newer is drawn by then. */
  async draw() {
    const turn = ++this.drawn;
    const page = await this.page();
    if (this.panel && turn === this.drawn) this.panel.webview.html = page;
  }

  /** @returns {Promise<string>} */
  page() {
    const { command, folder } = this.specc();
    return new Promise((resolve, reject) => {
      execFile(command, ['trace', '--html', '-'], { cwd: folder, maxBuffer: MOST }, (problem, out, said) =>
        problem ? reject(new Error(said.trim() || problem.message)) : resolve(out),
      );
    });
  }
}

module.exports = { Trace };
