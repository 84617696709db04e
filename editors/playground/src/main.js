// The page: what is chosen, what is shown, and who follows whom.

import { EditorState, Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { Cases } from './cases.js';
import { inShort, showChanges } from './changes.js';
import { Desk } from './desk.js';
import { box, byId, el, markdown } from './dom.js';
import { annotate, colour, extensions, light, seen, underline } from './editor.js';
import { showFindings } from './findings.js';
import { Graph } from './graph.js';
import { Prompt } from './prompt.js';
import { Gone, Refused } from './server.js';

/**
 * @typedef {import('./desk.js').Finding} Finding
 * @typedef {{ owner: string, from: number, to: number, depth: number, name: string, detail: string }} Place
 */

const THEMES = ['auto', 'light', 'dark'];
const PANES = ['prompt', 'cases', 'findings', 'graph', 'changes'];

/** @type {Map<string, EditorState>} */
const texts = new Map();
/** @type {Map<string, string>} */
const saved = new Map();
/** @type {Place[]} */
let places = [];
/** @type {any} */
let answer = null;
/** Whether the specs could be read at least once. */
let held = false;
let shown = 'prompt';
let since = 'last';
let owner = '';
let hovering = false;
let opened = '';
/** @type {any} */
let offered = { own: null, examples: [] };

const desk = new Desk({ edited, looked, gone, refused: (why) => tell(why, 'wrong') });
const wishes = {
  changed(/** @type {import('@codemirror/state').ChangeSet} */ changes) {
    desk.changed(changes);
    unsaved();
  },
  moved,
  fix,
  declared,
  save: () => void save(),
  format: () => void format(),
  explain: (/** @type {string} */ code) => void explain(code),
};
const nonce = document.documentElement.dataset.nonce ?? '';
const view = new EditorView({ parent: byId('spec'), extensions: EditorView.cspNonce.of(nonce) });
const follow = { enter: hoverOwner, leave: leaveOwner, choose: (/** @type {string} */ one) => void go(one) };
const prompt = new Prompt(byId('prompt'), { ...follow, choose: (part, at, one) => void origin(part, at, one) });
const cases = new Cases(byId('cases'), follow);
const graph = new Graph(byId('graph'), follow);

desk.text = () => ({ text: view.state.doc.toString(), at: view.state.selection.main.head, seen: seen(view) });

// ---- what is open

/** @param {string} text */
function stateOf(text) {
  return EditorState.create({ doc: text, extensions: extensions(desk, wishes, nonce) });
}

/** @param {string} example */
async function open(example) {
  await guarded(async () => {
    const found = await desk.open(example);
    offered = { own: found.own, examples: found.examples };
    opened = example || (found.own ? '' : found.examples[0].name);
    texts.clear();
    saved.clear();
    answer = null;
    held = false;
    owner = '';
    byId('save').hidden = !desk.saves;
    byId('download').hidden = desk.saves;
    choices();
    await show(found.first);
  });
}

function choices() {
  const select = /** @type {HTMLSelectElement} */ (byId('what'));
  const option = (/** @type {string} */ value, /** @type {string} */ text) => el('option', { value, selected: value === opened }, text);
  select.replaceChildren(
    ...(offered.own ? [el('optgroup', { label: 'Project' }, option('', offered.own.name))] : []),
    el('optgroup', { label: 'Examples' }, ...offered.examples.map((/** @type {any} */ one) => option(one.name, `${one.title}: ${one.about}`))));
}

/** @param {string} file */
async function show(file) {
  if (!file) {
    tell('This project has no spec yet.', 'wrong');
    return;
  }
  await guarded(async () => {
    await desk.settled();
    if (desk.file) texts.set(desk.file, view.state);
    const known = texts.get(file);
    if (known) {
      desk.file = file;
      view.setState(known);
    } else {
      const text = await desk.read(file);
      saved.set(file, text);
      view.setState(stateOf(text));
    }
    files();
    unsaved();
    desk.number = 0;
    const { seen: about } = desk.text();
    const found = await desk.ask('words', { from: about.from, to: about.to });
    if (found) colour(view, found.words);
    await desk.go();
  });
}

function files() {
  const tabs = desk.specs.map((one) => {
    const short = desk.specs.some((other) => other !== one && base(other) === base(one)) ? one : base(one);
    const tab = el('button', { type: 'button', class: 'file', title: one, 'aria-current': one === desk.file }, short);
    tab.addEventListener('click', () => void show(one));
    return tab;
  });
  byId('files').replaceChildren(...tabs);
  byId('files').hidden = desk.specs.length < 2;
}

/** @param {string} path */
const base = (path) => path.split('/').at(-1) ?? path;

// ---- what is typed, and what comes of it

/** @param {number[]} words @param {Finding[]} found */
function edited(words, found) {
  colour(view, words);
  const drawn = new Map(desk.panes.findings.map((one) => [`${one.code} ${one.title}`, one.drawn]));
  underline(view, found.map((one) => ({ ...one, drawn: drawn.get(`${one.code} ${one.title}`) ?? '' })), wishes);
  const wrong = found.filter((one) => one.level === 'error').length;
  if (wrong) state(`${count(wrong, 'error')}`, 'wrong');
}

/** @param {any} said */
function looked(said) {
  answer = said;
  held ||= said.sound;
  desk.specs = said.specs;
  const { panes, before } = desk;
  let at = 0;
  places = panes.shape.map(([one, gap, length, depth, name, detail]) => {
    at += gap;
    return { owner: one, from: at, to: at + length, depth, name, detail };
  });
  underline(view, panes.findings.filter((one) => one.file === desk.file), wishes);
  annotate(view, noted());
  byId('made').classList.toggle('old', !said.sound && held);
  byId('strip').classList.toggle('wrong', !said.sound);
  prompt.show(panes.prompt, before.prompt);
  cases.show(panes.cases, before.cases);
  showFindings(byId('findings'), panes.findings, said.counts.errors + said.counts.warnings + said.counts.notes,
    { go: (one) => void goTo(one.file, one.from, one.to), fix, explain: wishes.explain }, before.findings);
  if (desk.wantsGraph) graph.show(panes.nodes, panes.edges);
  tallies();
  byId('title').textContent = said.title || said.feature;
  document.title = `${said.title || base(desk.file)} · specc playground`;
  disk(said.disk);
  owner = '';
  moved();
  soon();
  document.documentElement.dataset.looked = String(desk.version);
}

function noted() {
  const counted = new Map(desk.panes.cases.map(([id, , some]) => [id, some.length]));
  return new Map(places.flatMap((one) => {
    const number = counted.get(one.owner);
    return number ? [[one.from, count(number, 'case')]] : [];
  }));
}

function tallies() {
  const { counts, sound, refused } = answer;
  const number = desk.panes.cases.reduce((sum, one) => sum + one[2].length, 0);
  byId('tab-cases').dataset.count = number ? String(number) : '';
  const found = counts.errors + counts.warnings + counts.notes;
  const tab = byId('tab-findings');
  tab.dataset.count = found ? String(found) : '';
  tab.dataset.level = counts.errors ? 'error' : counts.warnings ? 'warning' : 'note';
  const said = [[counts.errors, 'error'], [counts.warnings, 'warning'], [counts.notes, 'note']].filter(([one]) => one).map(([one, what]) => count(one, what)).join(', ');
  state(said || 'nothing amiss', counts.errors ? 'wrong' : counts.warnings ? 'doubt' : 'fine');
  if (!sound) byId('strip').textContent = `The spec can’t be read as it stands: prompt and cases are ${held ? 'those of the last one that could' : 'what could be read of it'}.`;
  else if (refused) byId('strip').title = 'A build refuses this spec until its errors are settled.';
}

let meant = 0;

/** Tells what the last edit means once there is time for it: of a large project, when nobody types. */
function soon() {
  clearTimeout(meant);
  if (desk.took < 250) void meaning();
  else meant = setTimeout(() => void meaning(), desk.took);
}

/** What the last edit means, or all edits together. */
async function meaning() {
  if (!answer?.sound) return;
  const said = await desk.ask('changes', { last: true });
  if (answer?.sound && said !== null) {
    const text = inShort(said);
    const begun = desk.last > -Infinity;
    byId('strip').textContent = begun ? `Last edit: ${text}` : 'Change something in the spec: what it means is told here.';
    byId('strip').title = begun ? text : '';
    byId('strip').classList.toggle('quiet', !begun || text === 'nothing in meaning');
    byId('tab-changes').dataset.count = said.features.length ? '•' : '';
  }
  if (shown !== 'changes') return;
  const whole = since === 'last' ? said : await desk.ask('changes', { last: false });
  if (whole !== null) showChanges(byId('changed'), whole, follow.choose);
}

/** @param {number} number @param {string} noun */
const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** @param {string} text @param {string} level */
function state(text, level) {
  const node = byId('state');
  if (node.textContent !== text) node.textContent = text;
  node.dataset.level = level;
}

// ---- who follows whom

function moved() {
  if (hovering) return;
  const at = view.state.selection.main.head;
  const inside = places.filter((one) => one.from <= at && at <= one.to);
  const now = inside.at(-1)?.owner ?? '';
  const block = inside[0]?.owner ?? '';
  if (block.startsWith('feature ') && answer && block !== `feature ${answer.feature}` && !desk.busy) void desk.go();
  recoloured();
  if (now === owner) return;
  owner = now;
  lightAll(now, true);
}

let coloured = { from: 0, to: 0 };
let recolouring = 0;

/** Colours what has come into sight. */
function recoloured() {
  const now = seen(view);
  if (now.from >= coloured.from && now.to <= coloured.to) return;
  coloured = { from: 0, to: 0 };
  clearTimeout(recolouring);
  recolouring = setTimeout(async () => {
    const about = seen(view);
    const found = await desk.ask('words', { from: about.from, to: about.to });
    if (found) colour(view, found.words);
    if (found) coloured = about;
  }, 40);
}

/** @param {string} one @param {boolean} scroll */
function lightAll(one, scroll) {
  prompt.light(one, scroll && shown === 'prompt');
  cases.light(one, scroll && shown === 'cases');
  if (desk.wantsGraph) graph.light(one, scroll && shown === 'graph');
}

/** @param {string} one */
function hoverOwner(one) {
  hovering = true;
  const place = one.startsWith('feature ') ? undefined : places.find((each) => each.owner === one);
  light(view, place ?? null);
  lightAll(one, false);
}

function leaveOwner() {
  hovering = false;
  light(view, null);
  lightAll(owner, false);
}

/** @param {string} one */
async function go(one) {
  const place = places.find((each) => each.owner === one);
  if (place) return goTo(desk.file, place.from, place.from);
  const file = answer?.elsewhere[one];
  if (!file) return undefined;
  await show(file);
  await desk.settled();
  const there = places.find((each) => each.owner === one);
  return there && goTo(file, there.from, there.from);
}

/** @param {string} file @param {number} from @param {number} to */
async function goTo(file, from, to) {
  if (file !== desk.file) await show(file);
  hovering = false;
  light(view, null);
  const far = view.state.doc.length;
  view.dispatch({
    selection: { anchor: Math.min(from, far), head: Math.min(to, far) },
    effects: EditorView.scrollIntoView(Math.min(from, far), { y: 'center' }),
  });
  if (document.body.dataset.narrow === 'yes') choose('spec');
  view.focus();
}

/** @param {number} part @param {number} at @param {string} one */
async function origin(part, at, one) {
  const found = await desk.ask('origin', { feature: answer?.feature ?? '', part, at });
  if (found && !one.startsWith('feature ')) await goTo(found.file, found.from, found.to);
  else await go(one);
}

/** @param {number} at */
async function declared(at) {
  const found = await desk.ask('declared', { at });
  if (found) await goTo(found.file, found.from, found.to);
}

// ---- what can be done

/** @param {Finding} finding */
function fix(finding) {
  const edits = finding.fix?.edits ?? [];
  const file = edits[0]?.[0];
  if (!file || edits.some((one) => one[0] !== file)) return;
  void guarded(async () => {
    if (file !== desk.file) await show(file);
    view.dispatch({
      changes: edits.map(([, from, to, insert]) => ({ from, to, insert })),
      annotations: Transaction.userEvent.of('input.fix'),
    });
    view.focus();
  });
}

async function format() {
  const found = await desk.ask('format');
  if (!found) return;
  if (found.changes.length) {
    view.dispatch({ changes: found.changes.map((/** @type {any[]} */ [from, to, insert]) => ({ from, to, insert })) });
  } else tell(answer?.sound === false ? 'A spec that can’t be read is left as it is.' : 'It is in style already.');
}

async function save() {
  if (!desk.saves) return download();
  const text = view.state.doc.toString();
  const found = await desk.ask('save');
  if (!found) return undefined;
  saved.set(desk.file, text);
  unsaved();
  byId('notice').hidden = true;
  tell(`Saved ${desk.file}; \`specc build\` writes prompt and cases.`);
  return desk.go();
}

function download() {
  const link = el('a', { href: URL.createObjectURL(new Blob([view.state.doc.toString()], { type: 'text/plain' })), download: base(desk.file) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function copy() {
  await navigator.clipboard.writeText(desk.panes.prompt.map((one) => one[1]).join(''));
  tell('The prompt is copied.');
}

function unsaved() {
  const dirty = saved.get(desk.file) !== view.state.doc.toString();
  /** @type {HTMLButtonElement} */ (byId('save')).disabled = !dirty;
  for (const one of byId('files').querySelectorAll('.file')) {
    if (one.getAttribute('aria-current') !== null) one.classList.toggle('unsaved', dirty);
  }
}

/** @param {string} code */
async function explain(code) {
  const found = await desk.ask('explain', { code });
  if (!found?.text) return;
  byId('explained').replaceChildren(markdown(found.text));
  /** @type {HTMLDialogElement} */ (byId('explaining')).showModal();
}

/** What the disk has by now. @param {string[]} names */
function disk(names) {
  const other = names.includes(desk.file);
  const notice = byId('notice');
  notice.hidden = !other;
  if (!other) return;
  const load = el('button', { type: 'button' }, 'Load what is there');
  const keep = el('button', { type: 'button' }, 'Keep what is here');
  load.addEventListener('click', () => void guarded(async () => {
    const file = desk.file;
    const text = await desk.read(file, true);
    saved.set(file, text);
    view.setState(stateOf(text));
    notice.hidden = true;
    await desk.go();
  }));
  keep.addEventListener('click', () => void desk.ask('keep').then(() => (notice.hidden = true)));
  notice.replaceChildren(box('span', '', `${desk.file} has changed on the disk since it was opened here. `), load, ' ', keep);
}

/** @param {() => Promise<void>} doing */
async function guarded(doing) {
  try {
    await doing();
  } catch (problem) {
    if (problem instanceof Gone) gone();
    else if (problem instanceof Refused) tell(problem.message, 'wrong');
    else throw problem;
  }
}

function gone() {
  state('specc has ended', 'wrong');
  const notice = byId('notice');
  const keep = el('button', { type: 'button' }, 'Download it');
  keep.addEventListener('click', download);
  notice.replaceChildren('specc does not answer any more: start `specc serve --playground` again. Your text is still here. ', keep);
  notice.hidden = false;
}

let telling = 0;

/** @param {string} text @param {string} [level] */
function tell(text, level = '') {
  const node = byId('told');
  node.textContent = text;
  node.dataset.level = level;
  node.hidden = false;
  clearTimeout(telling);
  telling = setTimeout(() => (node.hidden = true), 6000);
}

// ---- the page itself

/** @param {string} pane */
function choose(pane) {
  shown = pane;
  document.body.dataset.shown = pane;
  for (const one of ['spec', ...PANES]) {
    const tab = byId(`tab-${one}`);
    tab.setAttribute('aria-selected', String(one === pane));
    tab.tabIndex = one === pane ? 0 : -1;
  }
  for (const one of PANES) byId(one === 'changes' ? 'changes' : one).hidden = one !== pane;
  const wanted = pane === 'graph';
  if (wanted && !desk.wantsGraph) {
    desk.wantsGraph = true;
    void desk.go();
  }
  if (pane === 'graph') graph.show(desk.panes.nodes, desk.panes.edges);
  if (answer) lightAll(owner, true);
  if (pane === 'changes' && answer) void meaning();
}

function tabs() {
  const list = byId('tabs');
  const all = ['spec', ...PANES];
  for (const one of all) byId(`tab-${one}`).addEventListener('click', () => choose(one));
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const seenTabs = all.filter((one) => byId(`tab-${one}`).offsetParent !== null);
    const next = seenTabs[(seenTabs.indexOf(shown) + step + seenTabs.length) % seenTabs.length] ?? shown;
    choose(next);
    byId(`tab-${next}`).focus();
    event.preventDefault();
  });
}

function divider() {
  const line = byId('divider');
  const main = byId('main');
  const set = (/** @type {number} */ share) => {
    const kept = Math.min(Math.max(share, 25), 75);
    document.body.style.setProperty('--left', `${kept}%`);
    line.setAttribute('aria-valuenow', String(Math.round(kept)));
  };
  line.addEventListener('pointerdown', (event) => {
    line.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  line.addEventListener('pointermove', (event) => {
    if (line.hasPointerCapture(event.pointerId)) set(((event.clientX - main.offsetLeft) / main.clientWidth) * 100);
  });
  line.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -4, ArrowRight: 4 }[event.key];
    if (step) set(Number(line.getAttribute('aria-valuenow')) + step);
  });
  line.addEventListener('dblclick', () => set(50));
}

function theme() {
  const button = byId('theme');
  let now = THEMES.indexOf(localStorage.getItem('specc.theme') ?? 'auto');
  const set = () => {
    const name = THEMES[now] ?? 'auto';
    if (name === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = name;
    button.textContent = { auto: '◐', light: '☀', dark: '☾' }[name] ?? '◐';
    button.title = `colours: ${name}`;
    button.setAttribute('aria-label', `colours: ${name}`);
    localStorage.setItem('specc.theme', name);
  };
  button.addEventListener('click', () => {
    now = (now + 1) % THEMES.length;
    set();
  });
  set();
}

function narrow() {
  const query = matchMedia('(max-width: 860px)');
  const set = () => {
    document.body.dataset.narrow = query.matches ? 'yes' : 'no';
    if (!query.matches && shown === 'spec') choose('prompt');
    if (query.matches && !answer) choose('spec');
  };
  query.addEventListener('change', set);
  set();
}

function wire() {
  byId('what').addEventListener('change', (event) => void open(/** @type {HTMLSelectElement} */ (event.target).value));
  byId('format').addEventListener('click', () => void format());
  byId('save').addEventListener('click', () => void save());
  byId('download').addEventListener('click', download);
  byId('copy').addEventListener('click', () => void copy());
  byId('strip').addEventListener('click', () => choose(answer?.sound === false ? 'findings' : 'changes'));
  byId('help').addEventListener('click', () => /** @type {HTMLDialogElement} */ (byId('helping')).showModal());
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    dialog.querySelector('.close')?.addEventListener('click', () => dialog.close());
  }
  for (const one of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll('[name=since]'))) {
    one.addEventListener('change', () => {
      since = one.value;
      void meaning();
    });
  }
  addEventListener('focus', () => {
    if (desk.page && desk.saves && !desk.stopped) void desk.ask('refresh').then((found) => found && disk(found.disk));
  });
  addEventListener('beforeunload', (event) => {
    if ([...saved].some(([file, text]) => (file === desk.file ? view.state : texts.get(file))?.doc.toString() !== text && desk.saves)) event.preventDefault();
  });
}

wire();
tabs();
divider();
theme();
choose('prompt');
narrow();
void open('').then(() => (document.documentElement.dataset.ready = 'yes'));
