// What the compiler says, drawn as it draws it, with what to do about it.

import { box, el, inline } from './dom.js';

/**
 * @typedef {import('./desk.js').Finding} Finding
 * @typedef {{ go: (finding: Finding) => void, fix: (finding: Finding) => void, explain: (code: string) => void }} Wishes
 */

/** @param {HTMLElement} pane @param {Finding[]} found @param {number} every @param {Wishes} wishes @param {Finding[]} before */
export function showFindings(pane, found, every, wishes, before) {
  const known = new Set(before.map(key));
  const left = new Set(found.map(key));
  const gone = before.filter((one) => !left.has(key(one)));
  const rows = [...found].sort((one, other) => RANK[one.level] - RANK[other.level]).map((one) => {
    const go = el('button', { class: 'title', type: 'button' }, ...inline(one.title));
    const code = el('button', { class: 'code', type: 'button', title: 'what it means' }, one.code);
    go.addEventListener('click', () => wishes.go(one));
    code.addEventListener('click', () => wishes.explain(one.code));
    const fix = one.fix?.edits.length ? el('button', { class: 'fix', type: 'button' }, 'Fix: ', ...inline(one.fix.title)) : null;
    fix?.addEventListener('click', () => wishes.fix(one));
    return box('article', `finding ${one.level}${before.length && !known.has(key(one)) ? ' new' : ''}`,
      box('header', '', box('span', `level ${one.level}`, one.level), code, go),
      el('pre', { class: 'drawn', tabindex: 0 }, one.drawn ? one.drawn.split('\n').slice(1).join('\n').trimEnd() : one.here), fix);
  });
  if (every > found.length) rows.push(box('p', 'empty', `and ${every - found.length} more`));
  if (gone.length) rows.push(box('p', 'settled', `settled by the last edit: ${[...new Set(gone.map((one) => one.code))].join(', ')}`));
  if (!found.length) rows.unshift(box('p', 'empty fine', 'Nothing is amiss.'));
  pane.replaceChildren(...rows);
}

const RANK = { error: 0, warning: 1, note: 2 };

/** A finding, wherever it stands. @param {Finding} one */
const key = (one) => `${one.code} ${one.title} ${one.file}`;
