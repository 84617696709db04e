// The editor: colours, findings, hovers, completion and jumps are the compiler's; CodeMirror draws them.

import { autocompletion, acceptCompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, toggleComment } from '@codemirror/commands';
import { bracketMatching, indentService, indentUnit } from '@codemirror/language';
import { linter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, RangeSet, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration, EditorView, WidgetType, drawSelection, dropCursor, highlightActiveLine, highlightActiveLineGutter,
  hoverTooltip, keymap, lineNumbers,
} from '@codemirror/view';
import { box, el, markdown } from './dom.js';

/**
 * @typedef {import('./desk.js').Desk} Desk
 * @typedef {import('./desk.js').Finding} Finding
 * @typedef {{ changed: (changes: import('@codemirror/state').ChangeSet) => void, moved: () => void, fix: (finding: Finding) => void,
 *   declared: (at: number) => void, save: () => void, format: () => void, explain: (code: string) => void }} Wishes
 */

/** @type {import('@codemirror/state').StateEffectType<number[]>} */
const setWords = StateEffect.define();
/** @type {import('@codemirror/state').StateEffectType<{ from: number, to: number } | null>} */
const setLit = StateEffect.define();
/** @type {import('@codemirror/state').StateEffectType<Map<number, string>>} */
const setNotes = StateEffect.define();

/** @type {Map<string, Decoration>} */
const marks = new Map();

/** @param {string} sort */
function mark(sort) {
  const known = marks.get(sort) ?? Decoration.mark({ class: `w-${sort}` });
  marks.set(sort, known);
  return known;
}

const words = StateField.define({
  create: () => /** @type {import('@codemirror/view').DecorationSet} */ (Decoration.none),
  update(held, change) {
    let now = held.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setWords)) continue;
      const rows = effect.value;
      const found = [];
      for (let at = 0; at + 2 < rows.length; at += 3) {
        const from = rows[at];
        const to = Math.min(rows[at + 1], change.newDoc.length);
        if (from < to) found.push(mark(/** @type {any} */ (rows[at + 2])).range(from, to));
      }
      now = RangeSet.of(found, true);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const litLine = Decoration.line({ class: 'lit' });

const lit = StateField.define({
  create: () => /** @type {import('@codemirror/view').DecorationSet} */ (Decoration.none),
  update(held, change) {
    let now = held.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setLit)) continue;
      const found = [];
      if (effect.value) {
        const { doc } = change.state;
        const last = doc.lineAt(Math.min(effect.value.to, doc.length)).number;
        for (let line = doc.lineAt(Math.min(effect.value.from, doc.length)).number; line <= last; line += 1) {
          found.push(litLine.range(doc.line(line).from));
        }
      }
      now = Decoration.set(found);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

class Note extends WidgetType {
  /** @param {string} text */
  constructor(text) {
    super();
    this.text = text;
  }

  /** @param {Note} other */
  eq(other) {
    return other.text === this.text;
  }

  toDOM() {
    return el('span', { class: 'aside', 'aria-hidden': 'true' }, this.text);
  }
}

const notes = StateField.define({
  create: () => /** @type {import('@codemirror/view').DecorationSet} */ (Decoration.none),
  update(held, change) {
    let now = held.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setNotes)) continue;
      const { doc } = change.state;
      const found = [...effect.value]
        .filter(([at]) => at <= doc.length)
        .map(([at, text]) => Decoration.widget({ widget: new Note(text), side: 1 }).range(doc.lineAt(at).to));
      now = Decoration.set(found, true);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** After these words something has to follow, so that it is worth while to offer it unasked. */
const OPEN = /(?:^\s*[a-z_]+|\b(?:is|is not|in|and|or|not|over|calls|avoids)|[<>=,]) $/;

/** @param {Desk} desk */
function complete(desk) {
  return async (/** @type {import('@codemirror/autocomplete').CompletionContext} */ context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (!context.explicit && !context.matchBefore(/[\w-]+/) && !OPEN.test(before) && !before.endsWith('{')) return null;
    const answer = await desk.ask('complete', { at: context.pos });
    if (!answer || context.aborted) return null;
    return {
      from: answer.from,
      validFor: /^[\w-]*$/,
      options: answer.rows.map((/** @type {string[]} */ [label, sort, detail, about], /** @type {number} */ number) => ({
        label,
        type: sort,
        detail: detail && detail.length < 60 ? detail.replaceAll('`', '') : undefined,
        boost: Math.max(-99, 50 - number),
        info: about || detail ? () => box('div', 'told', markdown(about || detail)) : undefined,
      })),
    };
  };
}

/** @param {Desk} desk */
function hovering(desk) {
  return hoverTooltip(async (view, at) => {
    const answer = await desk.ask('hover', { at });
    if (!answer || answer.to > view.state.doc.length) return null;
    return { pos: answer.from, end: answer.to, above: true, create: () => ({ dom: box('div', 'told', markdown(answer.text)) }) };
  }, { hideOnChange: true });
}

const SEVERITY = /** @type {const} */ ({ error: 'error', warning: 'warning', note: 'info' });

/**
 * @param {EditorView} view @param {Finding[]} found @param {Wishes} wishes
 */
export function underline(view, found, wishes) {
  const far = view.state.doc.length;
  view.dispatch(setDiagnostics(view.state, found.filter((one) => one.from <= far).map((one) => ({
    from: one.from,
    to: Math.min(Math.max(one.to, one.from), far),
    severity: SEVERITY[one.level],
    message: one.title,
    renderMessage: () => box('div', 'told',
      one.drawn ? el('pre', { class: 'drawn' }, one.drawn) : box('p', '', `${one.title}${one.here ? `: ${one.here}` : ''}`)),
    actions: [
      ...(one.fix?.edits.length ? [{ name: `Fix: ${one.fix.title.replaceAll('`', '')}`, apply: () => wishes.fix(one) }] : []),
      { name: `What is ${one.code}`, apply: () => wishes.explain(one.code) },
    ],
  }))));
}

/** @param {EditorView} view @param {number[]} rows */
export function colour(view, rows) {
  view.dispatch({ effects: setWords.of(rows) });
}

/** @param {EditorView} view @param {{ from: number, to: number } | null} range */
export function light(view, range) {
  view.dispatch({ effects: setLit.of(range) });
}

/** @param {EditorView} view @param {Map<number, string>} found */
export function annotate(view, found) {
  view.dispatch({ effects: setNotes.of(found) });
}

/** What is to be seen, and a little around it. @param {EditorView} view */
export function seen(view) {
  const { from, to } = view.viewport;
  return { from: Math.max(from - 500, 0), to: Math.min(to + 2000, view.state.doc.length) };
}

/** @param {Desk} desk @param {Wishes} wishes @param {string} nonce */
export function extensions(desk, wishes, nonce) {
  return [
    EditorView.cspNonce.of(nonce),
    lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), history(), drawSelection(), dropCursor(), bracketMatching(),
    closeBrackets(), highlightSelectionMatches({ minSelectionLength: 3 }),
    EditorState.tabSize.of(2), indentUnit.of('  '),
    indentService.of((context, at) => {
      const line = context.lineAt(Math.max(at - 1, 0), -1).text;
      const depth = /^ */.exec(line)?.[0].length ?? 0;
      const closes = /^\s*\}/.test(context.textAfterPos(at));
      return Math.max(depth + (/\{\s*(#.*)?$/.test(line) ? 2 : 0) - (closes ? 2 : 0), 0);
    }),
    EditorState.languageData.of(() => [{ commentTokens: { line: '#' }, closeBrackets: { brackets: ['(', '{', '"', '"""'] } }]),
    EditorView.contentAttributes.of({ 'aria-label': 'spec', spellcheck: 'false', autocapitalize: 'off' }),
    EditorView.lineWrapping,
    words, lit, notes,
    linter(null, { autoPanel: false }),
    autocompletion({ override: [complete(desk)], icons: false, activateOnTypingDelay: 60 }),
    hovering(desk),
    keymap.of([
      { key: 'Mod-s', preventDefault: true, run: () => (wishes.save(), true) },
      { key: 'Shift-Alt-f', preventDefault: true, run: () => (wishes.format(), true) },
      { key: 'F12', run: (view) => (wishes.declared(view.state.selection.main.head), true) },
      { key: 'Mod-/', run: toggleComment },
      { key: 'Tab', run: acceptCompletion },
      { key: 'Tab', run: indentMore, shift: indentLess },
      ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap,
    ]),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (!event.ctrlKey && !event.metaKey) return false;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (at !== null) wishes.declared(at);
        return at !== null;
      },
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) wishes.changed(update.changes);
      if (update.selectionSet || update.docChanged || update.viewportChanged) wishes.moved();
    }),
  ];
}
