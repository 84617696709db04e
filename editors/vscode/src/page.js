'use strict';

// The page of the preview: a prompt in parts that know where they come from, and the cases beside it.

/**
 * A range of a file, as the protocol gives it.
 * @typedef {{ uri: string, range: { start: { line: number, character: number }, end: { line: number, character: number } } }} Place
 * @typedef {{ text: string, owner: string, place: Place | null }} Part
 * @typedef {{ id: string, requirement: string, why: string, turns: string[], expect: string[], place: Place | null }} Case
 * @typedef {{ feature: string, title: string, parts: Part[], cases: Case[] }} Preview
 */

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} text @returns {string} */
function escaped(text) {
  return text.replace(/[&<>"']/g, (one) => ESCAPES[/** @type {keyof typeof ESCAPES} */ (one)]);
}

/** @param {Part} part @param {number} index */
function partOf(part, index) {
  const link = part.place ? ` data-part="${index}" tabindex="0"` : '';
  return `<span class="part" data-owner="${escaped(part.owner)}" title="${escaped(part.owner)}"${link}>${escaped(part.text)}</span>`;
}

/** @param {Case} one @param {number} index */
function caseOf(one, index) {
  const turns = one.turns.map((turn) => `<blockquote>${escaped(turn)}</blockquote>`).join('');
  const expected = one.expect.length ? `<p class="expect">${escaped(one.expect.join(', '))}</p>` : '';
  return (
    `<article class="case" data-owner="${escaped(one.requirement)}" data-case="${index}" tabindex="0">` +
    `<h3>${escaped(one.id)}</h3><p class="why">${escaped(one.why)}</p>${turns}${expected}</article>`
  );
}

/**
 * The whole page. Nothing in it is run but the script that bears `nonce`.
 * @param {Preview | null} preview null while nothing could be built
 * @param {string} nonce
 * @param {string} source what the editor's host calls its own files, for the policy
 * @returns {string}
 */
function pageOf(preview, nonce, source) {
  const body = preview
    ? `<main><section aria-label="prompt"><pre id="prompt">${preview.parts.map(partOf).join('')}</pre></section>` +
      `<section id="cases" aria-label="cases"><h2>${preview.cases.length} cases</h2>${preview.cases.map(caseOf).join('')}</section></main>`
    : '<p class="none">Nothing to show: the cursor is in no feature, or the spec has errors.</p>';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source} 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<title>${escaped(preview ? preview.title : 'specc')}</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>${body}<script nonce="${nonce}">${SCRIPT}</script></body>
</html>`;
}

const STYLE = `
body { color: var(--vscode-foreground); font-family: var(--vscode-font-family); padding: 0; margin: 0 }
main { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); height: 100vh }
section { overflow: auto; padding: 1em }
section + section { border-left: 1px solid var(--vscode-panel-border) }
pre { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); white-space: pre-wrap; margin: 0; line-height: 1.5 }
h2 { font-size: 1em } h3 { font-size: .95em; margin: 0; font-family: var(--vscode-editor-font-family) }
.none, .why { color: var(--vscode-descriptionForeground); margin: .2em 0 } .none { padding: 2em }
[data-part], [data-case] { cursor: pointer }
[data-part]:hover, [data-case]:hover, :focus { outline: 1px solid var(--vscode-focusBorder) }
.case { padding: .6em; border-radius: 3px; margin-bottom: .6em }
.case blockquote { margin: .4em 0; padding-left: .6em; border-left: 2px solid var(--vscode-textBlockQuote-border) }
.case .expect { margin: .2em 0; color: var(--vscode-testing-iconPassed) }
.here { background: var(--vscode-editor-wordHighlightBackground) }
@media (max-width: 600px) { main { display: block; height: auto } section + section { border-left: 0 } }
`;

const SCRIPT = `
const host = acquireVsCodeApi();
function chosen(target) {
  const one = target.closest('[data-part], [data-case]');
  if (one) host.postMessage(one.dataset.part ? { part: Number(one.dataset.part) } : { case: Number(one.dataset.case) });
}
document.addEventListener('click', (event) => chosen(event.target));
document.addEventListener('keydown', (event) => { if (event.key === 'Enter') chosen(event.target); });
window.addEventListener('message', (event) => {
  const owners = new Set(event.data.owners || []);
  let first = true;
  for (const one of document.querySelectorAll('[data-owner]')) {
    const here = owners.has(one.dataset.owner);
    one.classList.toggle('here', here);
    if (here && first) { one.scrollIntoView({ block: 'nearest' }); first = false; }
  }
});
`;

/**
 * Whose parts and cases belong to a position in a spec.
 * @param {Preview} preview
 * @param {string} uri
 * @param {{ line: number, character: number }} position
 * @returns {string[]}
 */
function ownersAt(preview, uri, position) {
  const places = [...preview.parts.map((one) => [one.owner, one.place]), ...preview.cases.map((one) => [one.requirement, one.place])];
  const found = places.filter(([, place]) => {
    if (!place || typeof place === 'string' || place.uri !== uri) return false;
    return place.range.start.line <= position.line && position.line <= place.range.end.line;
  });
  return [...new Set(found.map(([owner]) => /** @type {string} */ (owner)))];
}

module.exports = { escaped, ownersAt, pageOf };
