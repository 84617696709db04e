// What an edit means: which requirements moved, which way, and on which inputs something else is decided now.

import { box, el } from './dom.js';
import { marked } from './prompt.js';

/**
 * @typedef {{ requirement: string, was: string | null, title: string, change: string, why: string[], clause: { before: string, after: string },
 *   cases: { added: string[], removed: string[], changed: string[] }, breaking: boolean, reason: string | null }} Moved
 * @typedef {{ outcomes: string[], requirements: string[] }} Decided
 * @typedef {{ before: Decided, after: Decided, where: string[][], exact: boolean, example: Record<string, string> }} Region
 * @typedef {{ feature: string, change: string, requirements: Moved[], declarations: { name: string, change: string }[], outcomes: Region[], whole: boolean }} Feature
 * @typedef {{ features: Feature[] }} Changes
 */

/** The change in one line. @param {Changes | null} said @returns {string} */
export function inShort(said) {
  if (!said?.features.length) return 'nothing in meaning';
  /** @type {string[]} */
  const decided = [];
  /** @type {string[]} */
  const rows = [];
  const cases = { '+': 0, '−': 0, '~': 0 };
  for (const feature of said.features) {
    if (feature.change !== 'changed') rows.push(`${feature.feature} ${feature.change}`);
    const [region] = feature.outcomes;
    if (region) decided.push(`${names(region.after)} instead of ${names(region.before)}${feature.outcomes.length > 1 ? ` (and ${feature.outcomes.length - 1} more)` : ''}`);
    const some = [...feature.requirements].sort((one, other) => Number(one.change === 'changed') - Number(other.change === 'changed'))
      .map((one) => `${one.requirement} ${one.change}`).concat(feature.declarations.map((one) => `${one.name} ${one.change}`));
    if (some.length) rows.push(`${some.slice(0, 3).join(', ')}${some.length > 3 ? ` and ${some.length - 3} more` : ''}`);
    for (const { cases: each } of feature.requirements) {
      cases['+'] += each.added.length;
      cases['−'] += each.removed.length;
      cases['~'] += each.changed.length;
    }
  }
  const counts = Object.entries(cases).filter(([, number]) => number).map(([sign, number]) => `${sign}${number}`);
  return [...decided, ...(counts.length ? [`cases ${counts.join(' ')}`] : []), ...rows].join(' · ');
}

/** @param {Decided} one */
const names = (one) => one.outcomes.join(' and ') || 'nothing';

/** @param {HTMLElement} pane @param {Changes | null} said @param {(owner: string) => void} choose */
export function showChanges(pane, said, choose) {
  const rows = (said?.features ?? []).flatMap((feature) => [
    box('h3', '', feature.feature, feature.change === 'changed' ? '' : ` ${feature.change}`),
    ...feature.requirements.map((one) => moved(one, choose)),
    ...feature.declarations.map((one) => box('p', 'moved', box('span', `change ${one.change}`, one.change), ' ', box('code', '', one.name))),
    feature.outcomes.length > 0 && box('h4', '', 'Decided otherwise'),
    ...feature.outcomes.map(region),
    !feature.whole && box('p', 'empty', 'not every input could be compared: there may be others'),
  ].filter((one) => one instanceof HTMLElement));
  pane.replaceChildren(...(rows.length ? rows : [box('p', 'empty', 'Nothing has changed in meaning.')]));
}

/** @param {Moved} one @param {(owner: string) => void} choose */
function moved(one, choose) {
  const id = el('button', { type: 'button', class: 'id' }, one.requirement);
  id.addEventListener('click', () => choose(one.requirement));
  const { added, removed, changed } = one.cases;
  const cases = /** @type {[string[], string, string][]} */ ([[added, '+', 'came'], [removed, '−', 'went'], [changed, '~', 'other']]).filter(([ids]) => ids.length);
  return box('article', 'moved',
    box('header', '', box('span', `change ${one.change}`, one.change), ' ', id, ' ', one.title,
      one.breaking && el('span', { class: 'breaking', title: 'it weakens what must hold, and does not say why' }, 'breaking')),
    ...one.why.map((each) => box('p', 'why', each)),
    one.clause.before !== one.clause.after && box('p', 'clause', ...marked(one.clause.before.trim(), one.clause.after.trim())),
    cases.length > 0 && box('p', 'cases', ...cases.map(([ids, sign, name]) => box('span', name, `${sign} ${ids.map((each) => each.replace(`${one.requirement}/`, '')).join(', ')}`))));
}

/** @param {Region} one */
function region(one) {
  const example = Object.entries(one.example);
  const who = one.after.requirements.length ? ` (${one.after.requirements.join(', ')})` : '';
  return box('article', 'region',
    box('p', 'decided', box('ins', '', names(one.after)), who, ', before ', box('del', '', names(one.before))),
    ...one.where.map((way, number) => box('p', 'where', `${number ? 'or' : 'where'} ${way.join(', ') || 'anything'}`)),
    example.length > 0 && box('p', 'inputs', box('i', '', 'for example '), ...example.map(([given, value]) => box('span', 'chip', box('i', '', given), ' ', value))));
}
