// The graph of one feature: what requirements are about, the requirements, and the clause, graders and cases that each became.

import { box, svg } from './dom.js';

/**
 * @typedef {import('./desk.js').Node} Node
 * @typedef {import('./desk.js').Edge} Edge
 * @typedef {{ enter: (owner: string) => void, leave: () => void, choose: (owner: string) => void }} Wishes
 * @typedef {{ node: Node, x: number, y: number, width: number, height: number, chip: boolean }} Box
 */

const ROW = 30;
const CHIP = 11;
const STEP = 14;
const DECLARED = 0;
const GAP = 44;

/** Whose a node is, as the spec names it. @param {Node} node */
export const ownerOf = (node) => (node[1] === 'case' || node[1] === 'grader' ? node[2].split('/')[0] ?? '' : node[2].split('/').at(-1) ?? '');

export class Graph {
  /** @param {HTMLElement} pane @param {Wishes} wishes */
  constructor(pane, wishes) {
    this.pane = pane;
    this.wishes = wishes;
    /** @type {Node[]} */
    this.nodes = [];
    /** @type {Edge[]} */
    this.edges = [];
    /** @type {Map<string, Element>} */
    this.drawn = new Map();
    /** @type {Map<string, Set<string>>} */
    this.links = new Map();
    this.owner = '';
    this.width = 0;
    new ResizeObserver(() => {
      if (Math.abs(pane.clientWidth - this.width) > 20 && pane.clientWidth) this.draw();
    }).observe(pane);
    pane.addEventListener('pointerleave', () => wishes.leave());
    pane.addEventListener('click', (event) => this.at(event.target, wishes.choose));
    pane.addEventListener('keydown', (event) => event.key === 'Enter' && this.at(event.target, wishes.choose));
    pane.addEventListener('pointerover', (event) => this.at(event.target, wishes.enter));
  }

  /** @param {EventTarget | null} target @param {(owner: string) => void} then */
  at(target, then) {
    const node = target instanceof Element ? target.closest('.node') : null;
    if (node) then(node.getAttribute('data-owner') ?? '');
  }

  /** @param {Node[]} nodes @param {Edge[]} edges */
  show(nodes, edges) {
    if (nodes === this.nodes && edges === this.edges) return;
    this.nodes = nodes;
    this.edges = edges;
    this.draw();
  }

  draw() {
    this.width = this.pane.clientWidth;
    const wide = Math.max(this.width - 28, 300);
    const { boxes, height, columns } = placed(this.nodes, this.edges, wide);
    this.links = new Map();
    for (const [source, , target] of this.edges) {
      this.links.set(source, (this.links.get(source) ?? new Set()).add(target));
      this.links.set(target, (this.links.get(target) ?? new Set()).add(source));
    }
    const top = this.pane.scrollTop;
    const lines = this.edges.flatMap(([source, kind, target]) => line(boxes.get(source), kind, boxes.get(target)));
    this.drawn = new Map([...boxes].map(([id, one]) => [id, drawing(one)]));
    const legend = box('p', 'legend', ...['clause', 'grader', 'case'].flatMap((kind) => [box('i', `swatch of-${kind}`), ` ${kind} `]));
    this.pane.replaceChildren(legend, svg('svg', { width: wide, height, viewBox: `0 0 ${wide} ${height}`, role: 'group', 'aria-label': 'graph' },
      svg('g', { class: 'titles' }, ...columns.map(([x, name]) => svg('text', { x, y: 12 }, name))),
      svg('g', { class: 'lines' }, ...lines), svg('g', {}, ...this.drawn.values())));
    this.pane.scrollTop = top;
    this.light(this.owner, false);
  }

  /** Lights what `owner` is linked to. @param {string} owner @param {boolean} follow */
  light(owner, follow) {
    this.owner = owner;
    const own = this.nodes.filter((one) => ownerOf(one) === owner && one[1] !== 'feature' && this.drawn.has(one[0])).map((one) => one[0]);
    const on = new Set(own);
    const first = own.find((id) => id.startsWith('requirement:') || id.startsWith('example:')) ?? own[0];
    for (const id of this.links.get(first ?? '') ?? []) on.add(id);
    this.pane.classList.toggle('chosen', own.length > 0);
    for (const [id, one] of this.drawn) {
      one.classList.toggle('on', on.has(id));
      one.classList.toggle('self', id === first);
    }
    for (const one of this.pane.querySelectorAll('.line')) {
      one.classList.toggle('on', one.getAttribute('data-from') === first || one.getAttribute('data-to') === first);
    }
    const shown = follow && first ? this.drawn.get(first) : undefined;
    shown?.scrollIntoView({ block: 'nearest' });
  }
}

/** @param {Node[]} nodes @param {Edge[]} edges @param {number} wide */
function placed(nodes, edges, wide) {
  const narrow = wide < 520;
  const declaredWidth = narrow ? Math.round(wide * 0.28) : Math.round(Math.min(wide * 0.25, 190));
  const statedAt = declaredWidth + (narrow ? 22 : GAP);
  const statedWidth = narrow ? Math.round(wide * 0.34) : Math.round(Math.min(wide * 0.36, 280));
  const chipsAt = statedAt + statedWidth + (narrow ? 16 : 34);
  const room = Math.max(Math.floor((wide - chipsAt) / STEP), 4);
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  /** @type {Map<string, Node[]>} */
  const made = new Map();
  for (const node of nodes) {
    if (!['clause', 'grader', 'case'].includes(node[1])) continue;
    const owner = ownerOf(node);
    made.set(owner, [...(made.get(owner) ?? []), node]);
  }
  let y = 24;
  for (const node of nodes.filter((one) => one[1] === 'requirement' || one[1] === 'example')) {
    boxes.set(node[0], { node, x: statedAt, y, width: statedWidth, height: ROW - 6, chip: false });
    const chips = made.get(node[2]) ?? [];
    chips.forEach((chip, number) => {
      boxes.set(chip[0], { node: chip, x: chipsAt + (number % room) * STEP, y: y + 6 + Math.floor(number / room) * STEP, width: CHIP, height: CHIP, chip: true });
    });
    y += Math.max(ROW, Math.ceil(chips.length / room) * STEP + 8);
  }
  const users = new Map();
  for (const [source, kind, target] of edges) {
    const user = boxes.get(source);
    if (kind === 'uses' && user && !user.chip) users.set(target, [...(users.get(target) ?? []), user.y]);
  }
  const declared = nodes.filter((one) => ['given', 'tool', 'outcome', 'term'].includes(one[1]));
  const wanted = (/** @type {Node} */ one) => {
    const at = users.get(one[0]) ?? [];
    return at.length ? at.reduce((/** @type {number} */ sum, /** @type {number} */ each) => sum + each, 0) / at.length : y;
  };
  const sorted = declared.map((node) => ({ node, at: wanted(node) })).sort((one, other) => one.at - other.at);
  let free = 24;
  const last = Math.max(y - ROW, 24 + (sorted.length - 1) * ROW);
  sorted.forEach(({ node, at }, number) => {
    const top = Math.round(Math.max(Math.min(at, last - (sorted.length - 1 - number) * ROW), free));
    free = top + ROW;
    boxes.set(node[0], { node, x: DECLARED, y: top, width: declaredWidth, height: ROW - 6, chip: false });
  });
  const columns = /** @type {[number, string][]} */ ([[DECLARED, 'about'], [statedAt, 'requirement'], [chipsAt, narrow ? 'became' : 'clause, graders, cases']]);
  return { boxes, height: Math.max(y, free) + 8, columns };
}

/** @param {Box | undefined} from @param {string} kind @param {Box | undefined} to */
function line(from, kind, to) {
  if (!from || !to || from.chip || to.chip) return [];
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height / 2;
  const ends = { class: `line ${kind}`, 'data-from': from.node[0], 'data-to': to.node[0] };
  if (kind === 'overrides') {
    const x = from.x + from.width;
    const bend = x + Math.min(12 + Math.abs(y2 - y1) / 10, 30);
    return [svg('path', { ...ends, d: `M${x} ${y1}C${bend} ${y1} ${bend} ${y2} ${x + 5} ${y2}` }), svg('path', { ...ends, class: `line ${kind} tip`, d: `M${x + 1} ${y2}l6 -3.5v7z` })];
  }
  if (from.x === to.x) {
    const x = from.x + from.width;
    return [svg('path', { ...ends, d: `M${x} ${y1}C${x + 14} ${y1} ${x + 14} ${y2} ${x} ${y2}` })];
  }
  const x1 = from.x;
  const x2 = to.x + to.width;
  const middle = (x1 + x2) / 2;
  return [svg('path', { ...ends, d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}` })];
}

/** @param {Box} one */
function drawing({ node, x, y, width, height, chip }) {
  const [id, kind, name, text, marks] = node;
  const said = `${kind} ${name.replace(`${kind} `, '')}: ${text}`.replace(/\s+/g, ' ').replace(/: $/, '');
  const shown = name.replace(`${kind} `, '');
  const room = Math.floor((width - 12) / 6.7);
  const words = chip ? [] : [svg('text', { x: x + 7, y: y + 16 }, svg('tspan', { class: 'name' }, cut(shown, room)),
    ...(room - shown.length > 7 && text ? [svg('tspan', { class: 'about', dx: 7 }, cut(text.replace(/\s+/g, ' '), Math.floor((room - shown.length - 2) * 0.98)))] : []))];
  return svg('g', { class: `node ${kind} ${marks}${chip ? ' chip' : ''}`, 'data-node': id, 'data-owner': ownerOf(node), tabindex: chip ? undefined : 0, role: 'button', 'aria-label': said },
    svg('rect', { x, y, width, height, rx: chip ? 2.5 : 5 }), ...words, svg('title', {}, said));
}

/** @param {string} text @param {number} room */
const cut = (text, room) => (text.length <= room ? text : `${text.slice(0, Math.max(room - 1, 1))}…`);
