// The cases, by requirement; those of the requirement under the cursor are open, and what the last edit changed is marked.

import { box, el } from './dom.js';
import { marked, reveal } from './prompt.js';

/**
 * @typedef {import('./desk.js').Group} Group
 * @typedef {import('./desk.js').Case} Case
 * @typedef {{ enter: (owner: string) => void, leave: () => void, choose: (owner: string) => void }} Wishes
 * @typedef {{ group: Group, old: Group | undefined, node: HTMLDetailsElement }} Held
 */

/** So many cases are all shown; of more, those of one requirement at a time. */
const ALL = 40;

export class Cases {
  /** @param {HTMLElement} pane @param {Wishes} wishes */
  constructor(pane, wishes) {
    this.pane = pane;
    this.wishes = wishes;
    /** @type {Map<string, Held>} */
    this.held = new Map();
    this.owner = '';
    pane.addEventListener('pointerleave', () => wishes.leave());
  }

  /** @param {Group[]} groups @param {Group[]} before */
  show(groups, before) {
    const old = new Map(before.map((one) => [one[0], one]));
    const all = groups.reduce((sum, one) => sum + one[2].length, 0) <= ALL;
    /** @type {Map<string, Held>} */
    const now = new Map();
    const nodes = [];
    for (const group of groups) {
      const than = before.length ? old.get(group[0]) ?? [group[0], group[1], []] : group;
      const known = this.held.get(group[0]);
      const held = known && known.group === group && known.old === than ? known : this.made(group, /** @type {Group} */ (than), known?.node.open ?? all);
      now.set(group[0], held);
      nodes.push(held.node);
    }
    for (const gone of before) if (!now.has(gone[0])) nodes.push(box('div', 'group gone', `${gone[0]} ${gone[1]}: its ${gone[2].length} cases are gone`));
    this.held = now;
    const top = this.pane.scrollTop;
    this.pane.replaceChildren(...(nodes.length ? nodes : [box('p', 'empty', 'No case yet: a requirement makes them.')]));
    this.pane.scrollTop = top;
    this.light(this.owner, false);
  }

  /** @param {Group} group @param {Group} old @param {boolean} open @returns {Held} */
  made(group, old, open) {
    const [id, title, cases] = group;
    const was = new Map(old[2].map((one) => [one.id, one]));
    const ids = new Set(cases.map((one) => one.id));
    const came = cases.filter((one) => !was.has(one.id)).length;
    const went = old[2].filter((one) => !ids.has(one.id));
    const other = cases.filter((one) => was.has(one.id) && !same(one, was.get(one.id))).length;
    const node = /** @type {HTMLDetailsElement} */ (el('details', { class: 'group', 'data-owner': id },
      el('summary', {}, box('b', '', id), ` ${title} `, box('span', 'count', String(cases.length)),
        came > 0 && box('span', 'came', `+${came}`), went.length > 0 && box('span', 'went', `−${went.length}`), other > 0 && box('span', 'other', `~${other}`))));
    let filled = false;
    const fill = () => {
      if (filled || !node.open) return;
      filled = true;
      node.append(...went.map((one) => card(one, id, 'gone', undefined)),
        ...cases.map((one) => card(one, id, !was.has(one.id) ? 'new' : same(one, was.get(one.id)) ? '' : 'changed', was.get(one.id))));
    };
    node.addEventListener('toggle', fill);
    node.addEventListener('pointerenter', () => this.wishes.enter(id));
    node.addEventListener('dblclick', () => this.wishes.choose(id));
    node.open = open;
    fill();
    return { group, old, node };
  }

  /** @param {string} owner @param {boolean} follow */
  light(owner, follow) {
    this.owner = owner;
    for (const [id, { node }] of this.held) {
      const on = id === owner;
      node.classList.toggle('on', on);
      if (on && follow) {
        node.open = true;
        reveal(this.pane, node);
      }
    }
  }
}

/** @param {Case} one @param {Case | undefined} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** @param {Case} one @param {string} requirement @param {string} state @param {Case | undefined} old */
function card(one, requirement, state, old) {
  const name = one.id.startsWith(`${requirement}/`) ? one.id.slice(requirement.length + 1) : one.id;
  const expected = one.expect.join(', ');
  const head = box('header', '', box('code', '', name),
    expected && el('span', { class: 'expect', title: 'what the whole rule set asks for' }, '→ ',
      ...(old && old.expect.join(', ') !== expected ? marked(old.expect.join(', '), expected) : [expected])));
  if (state === 'gone') return box('article', 'card gone', head);
  return box('article', `card ${state}`, head,
    box('p', 'why', one.why),
    one.inputs.length > 0 && box('p', 'inputs', ...one.inputs.map(([given, shown]) => {
      const before = old?.inputs.find((each) => each[0] === given)?.[1];
      return box('span', 'chip', box('i', '', given), ' ', ...(before !== undefined && before !== shown ? marked(before, shown) : [shown]));
    })),
    ...one.tools.map(([tool, what]) => box('p', 'tool', `${tool}: ${what.replaceAll('_', ' ')}`)),
    ...one.turns.map(([role, text]) => box('blockquote', role, text)));
}
