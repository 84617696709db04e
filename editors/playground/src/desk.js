// What this page has open: the texts, as they are here, and what the server says of them.
//
// One change is under way at a time; what is typed meanwhile is put together and goes next. Everything else is asked once the
// server has the text as it is here, and an answer about an older one is dropped.

import { ChangeSet } from '@codemirror/state';
import { Gone, Refused, ask } from './server.js';

/**
 * @typedef {{ code: string, level: 'error' | 'warning' | 'note', title: string, here: string, file: string, from: number, to: number, drawn: string, fix: Fix | null }} Finding
 * @typedef {{ title: string, safe: boolean, edits: [string, number, number, string][] }} Fix
 * @typedef {[owner: string, text: string]} Part
 * @typedef {{ id: string, why: string, inputs: [string, string][], turns: [string, string][], tools: [string, string][], expect: string[], graders: string[] }} Case
 * @typedef {[requirement: string, title: string, cases: Case[]]} Group
 * @typedef {[owner: string, gap: number, length: number, depth: number, name: string, detail: string]} Entry
 * @typedef {[id: string, kind: string, name: string, text: string, marks: string]} Node
 * @typedef {[source: string, kind: string, target: string]} Edge
 * @typedef {{ prompt: Part[], cases: Group[], findings: Finding[], shape: Entry[], nodes: Node[], edges: Edge[] }} Panes
 * @typedef {{ from: number, to: number }} Seen
 * @typedef {{ edited: (words: number[], findings: Finding[]) => void, looked: (answer: any) => void, gone: () => void, refused: (why: string) => void }} Heard
 */

/** After so many milliseconds without a key, the next one begins a new run of edits. */
const RUN = 1500;

/** @returns {Panes} */
const nothing = () => ({ prompt: [], cases: [], findings: [], shape: [], nodes: [], edges: [] });

export class Desk {
  /** @param {Heard} heard */
  constructor(heard) {
    this.heard = heard;
    this.page = '';
    this.version = 0;
    this.file = '';
    this.saves = false;
    /** @type {string[]} */
    this.specs = [];
    /** @type {Panes} */
    this.panes = nothing();
    /** What the panes showed before the last run of edits. @type {Panes} */
    this.before = nothing();
    this.number = 0;
    this.wantsGraph = false;
    /** @type {() => { text: string, at: number, seen: Seen }} */
    this.text = () => ({ text: '', at: 0, seen: { from: 0, to: 0 } });
    /** @type {ChangeSet | null} */
    this.pending = null;
    this.fresh = false;
    this.last = -Infinity;
    this.took = 0;
    this.feature = '';
    this.dirty = false;
    this.busy = false;
    this.stopped = false;
  }

  /** Opens a project or an example. @param {string} example @returns {Promise<any>} */
  async open(example) {
    await this.settled();
    const opened = await ask('open', { example });
    Object.assign(this, { page: opened.page, version: opened.version, saves: opened.saves, specs: opened.specs, number: 0, pending: null });
    this.panes = nothing();
    this.before = nothing();
    this.last = -Infinity;
    return opened;
  }

  /** @param {string} file @param {boolean} [afresh] @returns {Promise<string>} */
  async read(file, afresh = false) {
    await this.settled();
    const found = await ask('file', { page: this.page, file, afresh });
    this.version = found.version;
    this.file = file;
    return found.text;
  }

  /** Something was typed. @param {ChangeSet} changes */
  changed(changes) {
    const now = performance.now();
    if (now - this.last > RUN) {
      this.fresh = true;
      this.before = { ...this.panes };
    }
    this.last = now;
    this.pending = this.pending ? this.pending.compose(changes) : changes;
    void this.go();
  }

  /** Tells what is pending, one change after the other, then has everything looked at. */
  async go() {
    this.dirty = true;
    if (this.busy || this.stopped) return;
    this.busy = true;
    try {
      while (this.dirty) {
        this.dirty = false;
        await this.tell();
        if (!this.pending) await this.look();
      }
    } catch (problem) {
      this.failed(problem);
    } finally {
      this.busy = false;
    }
  }

  async tell() {
    while (this.pending) {
      const changes = this.pending;
      const fresh = this.fresh;
      this.pending = null;
      this.fresh = false;
      const { seen } = this.text();
      const common = { page: this.page, file: this.file, fresh, ...seen };
      let answer = await ask('edit', { ...common, version: this.version, changes: rows(changes) });
      if (answer.stale) answer = await ask('hold', { ...common, text: this.text().text });
      this.version = answer.version;
      if (!this.pending) this.heard.edited(answer.words, answer.findings);
    }
  }

  async look() {
    // A large project is looked at once nobody types; a small one at every key.
    const wait = this.took > 150 ? Math.min(this.took / 2, 400) - (performance.now() - this.last) : 0;
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    if (this.pending) return;
    const begun = performance.now();
    const answer = await ask('look', {
      page: this.page, file: this.file, version: this.version, at: this.text().at, has: this.number, graph: this.wantsGraph,
    });
    if (answer.stale) {
      this.dirty = true;
      return;
    }
    this.took = performance.now() - begun;
    if (answer.afresh) this.panes = nothing();
    this.number = answer.number;
    const other = this.feature !== answer.feature;
    this.feature = answer.feature;
    for (const [name, [at, drop, add]] of Object.entries(answer.edits)) {
      const known = /** @type {any[]} */ (this.panes[/** @type {keyof Panes} */ (name)]);
      this.panes = { ...this.panes, [name]: [...known.slice(0, at), ...add, ...known.slice(at + drop)] };
    }
    if (other || !this.before.prompt.length) this.before = { ...this.panes };
    if (!this.pending) this.heard.looked(answer);
  }

  /** Comes back once the server has the text as it is here. */
  async settled() {
    while (this.busy || this.pending) {
      if (this.stopped) throw new Gone();
      await new Promise((done) => setTimeout(done, 8));
    }
  }

  /**
   * Asks about a text as it is now; null where it has changed before the answer came.
   * @param {string} method @param {Record<string, unknown>} [asked] @returns {Promise<any>}
   */
  async ask(method, asked = {}) {
    try {
      await this.settled();
      const version = this.version;
      const answer = await ask(method, { page: this.page, file: this.file, version, ...asked });
      return answer?.stale || this.version !== version || this.pending ? null : answer;
    } catch (problem) {
      this.failed(problem);
      return null;
    }
  }

  /** @param {unknown} problem */
  failed(problem) {
    if (problem instanceof Gone) {
      this.stopped = true;
      this.heard.gone();
    } else if (problem instanceof Refused) this.heard.refused(problem.message);
    else throw problem;
  }
}

/** @param {ChangeSet} changes @returns {[number, number, string][]} */
function rows(changes) {
  /** @type {[number, number, string][]} */
  const found = [];
  changes.iterChanges((from, to, _a, _b, text) => found.push([from, to, text.toString()]));
  return found;
}
