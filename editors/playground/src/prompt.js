// The prompt: a row for each clause, with whose it is beside it, and the words that the last edit has changed.

import { box, el, roving } from './dom.js';
import { merged, words } from './difference.js';

/**
 * @typedef {import('./desk.js').Part} Part
 * @typedef {{ enter: (owner: string) => void, leave: () => void, choose: (part: number, at: number, owner: string) => void }} Wishes
 */

/** Whether the parts of a declaration are worth a name in the margin. @param {string} owner */
const named = (owner) => !owner.startsWith('feature ');

export class Prompt {
  /** @param {HTMLElement} pane @param {Wishes} wishes */
  constructor(pane, wishes) {
    this.pane = pane;
    this.wishes = wishes;
    /** @type {Part[] | null} */
    this.shown = null;
    /** @type {Part[] | null} */
    this.than = null;
    this.owner = '';
    roving(pane, '.part');
    pane.addEventListener('pointerover', (event) => {
      const part = this.part(event.target);
      if (part) wishes.enter(part.dataset.owner ?? '');
    });
    pane.addEventListener('pointerleave', () => wishes.leave());
    pane.addEventListener('click', (event) => {
      const part = this.part(event.target);
      if (part && !getSelection()?.toString()) wishes.choose(Number(part.dataset.part), offset(part, event), part.dataset.owner ?? '');
    });
    pane.addEventListener('keydown', (event) => {
      const part = this.part(event.target);
      if (part && event.key === 'Enter') wishes.choose(Number(part.dataset.part), 0, part.dataset.owner ?? '');
    });
  }

  /** @param {EventTarget | null} target @returns {HTMLElement | null} */
  part(target) {
    return target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('.part[data-part]')) : null;
  }

  /** @param {Part[]} parts @param {Part[]} before */
  show(parts, before) {
    if (parts === this.shown && before === this.than) return;
    this.shown = parts;
    this.than = before;
    const rows = [];
    /** @type {HTMLElement | null} */
    let row = null;
    let number = -1;
    for (const { sign, old, now } of merged(before, parts, (one) => one[0])) {
      if (now) number += 1;
      const [owner, text] = now ?? old ?? ['', ''];
      const said = text.replace(/\n+$/, '');
      const changed = sign === ' ' && old && now && old[1] !== now[1];
      const body = changed ? marked(old[1].replace(/\n+$/, ''), said) : [said];
      const state = sign === '-' ? ' gone' : sign === '+' ? ' new' : changed ? ' changed' : '';
      const heading = /^#+ /.test(said) ? ' heading' : '';
      const made = el('div', {
        class: `part${state}${heading}`, 'data-owner': owner, 'data-part': now ? number : undefined, tabindex: now ? (number ? -1 : 0) : undefined,
        role: now ? 'listitem' : undefined, 'aria-label': state ? `${state.trim()}: ${said}` : undefined,
      }, box('span', 'says', ...body));
      if (row) row.append(made);
      else rows.push((row = box('div', 'row', made)));
      if (named(owner)) made.append(el('span', { class: 'owner', 'aria-hidden': 'true' }, owner.replace(/^\w+ /, '')));
      if (text.endsWith('\n')) {
        if (text.endsWith('\n\n')) row.classList.add('ends');
        row = null;
      }
    }
    const top = this.pane.scrollTop;
    this.pane.replaceChildren(...rows);
    this.pane.scrollTop = top;
    this.light(this.owner, false);
  }

  /** Lights the clauses of `owner`. @param {string} owner @param {boolean} follow */
  light(owner, follow) {
    this.owner = owner;
    let first = true;
    for (const one of this.pane.querySelectorAll('.part')) {
      const on = owner !== '' && /** @type {HTMLElement} */ (one).dataset.owner === owner && named(owner);
      one.classList.toggle('on', on);
      if (on && first && follow) reveal(this.pane, one);
      if (on) first = false;
    }
  }
}

/** Scrolls within the pane only, and only if need be. @param {HTMLElement} pane @param {Element} one */
export function reveal(pane, one) {
  const inside = one.getBoundingClientRect();
  const around = pane.getBoundingClientRect();
  if (inside.top >= around.top + 8 && inside.bottom <= around.bottom - 8) return;
  pane.scrollTop += inside.top - around.top - Math.max((around.height - inside.height) / 3, 8);
}

/** @param {string} before @param {string} after @returns {(Node | string)[]} */
export function marked(before, after) {
  return words(before, after).map(({ sign, text }) => (sign === ' ' ? text : el(sign === '-' ? 'del' : 'ins', {}, text)));
}

/** How far in the text of a part somebody has clicked; what is gone does not count. @param {HTMLElement} part @param {MouseEvent} event */
function offset(part, event) {
  const says = part.querySelector('.says');
  const range = document.caretRangeFromPoint?.(event.clientX, event.clientY);
  if (!says || !range || !says.contains(range.startContainer)) return 0;
  let at = 0;
  const walker = document.createTreeWalker(says, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const gone = node.parentElement?.tagName === 'DEL';
    if (node === range.startContainer) return gone ? at : at + range.startOffset;
    if (!gone) at += node.textContent?.length ?? 0;
  }
  return 0;
}
