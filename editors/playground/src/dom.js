// Elements, without a word of markup: what a spec says only ever becomes text.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

/**
 * @param {string} tag
 * @param {Record<string, string | number | undefined>} [attributes]
 * @param {...(Node | string)} children
 */
export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, String(value));
  made.append(...children);
  return made;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(id);
  return found;
}

/** @param {string} tag @param {string} name @param {...(Node | string | null | undefined | false)} children */
export function box(tag, name, ...children) {
  return el(/** @type {'div'} */ (tag), { class: name }, ...children);
}

/**
 * Lets the arrow keys move among the children of `pane` that `selector` finds; one of them takes part in the order of Tab.
 * @param {HTMLElement} pane @param {string} selector
 */
export function roving(pane, selector) {
  pane.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    const here = /** @type {HTMLElement | null} */ (document.activeElement?.closest(selector) ?? null);
    if (step === undefined || !here || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = /** @type {HTMLElement[]} */ ([...pane.querySelectorAll(selector)]);
    const next = all[Math.min(Math.max(all.indexOf(here) + step, 0), all.length - 1)];
    if (!next) return;
    event.preventDefault();
    for (const one of all) one.tabIndex = one === next ? 0 : -1;
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  });
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\([^)]*\)/g;

/** Words in **bold** and in `code`; a link is its words. @param {string} text @returns {(Node | string)[]} */
export function inline(text) {
  /** @type {(Node | string)[]} */
  const found = [];
  let at = 0;
  for (const one of text.matchAll(INLINE)) {
    found.push(unescaped(text.slice(at, one.index)));
    if (one[1] !== undefined) found.push(el('code', {}, one[1]));
    else if (one[2] !== undefined) found.push(el('strong', {}, unescaped(one[2])));
    else found.push(...inline(one[3] ?? ''));
    at = one.index + one[0].length;
  }
  found.push(unescaped(text.slice(at)));
  return found;
}

/** @param {string} text */
function unescaped(text) {
  return text.replace(/\\([\\`*_{}[\]()#+\-.!|<>&])/g, '$1');
}

/** The few forms of Markdown in which the compiler explains things. @param {string} text @returns {DocumentFragment} */
export function markdown(text) {
  const made = document.createDocumentFragment();
  const lines = text.split('\n');
  /** @type {string[]} */
  let words = [];
  const close = () => {
    if (words.length) made.append(el('p', {}, ...inline(words.join(' '))));
    words = [];
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const fence = /^(`{3,})/.exec(line)?.[1];
    if (fence) {
      close();
      const end = lines.findIndex((one, number) => number > at && one === fence);
      made.append(el('pre', {}, lines.slice(at + 1, end < 0 ? undefined : end).join('\n')));
      at = end < 0 ? lines.length : end;
    } else if (/^#+ /.test(line)) {
      close();
      made.append(el('h4', {}, ...inline(line.replace(/^#+ /, ''))));
    } else if (line.startsWith('- ')) {
      close();
      made.append(box('div', 'bullet', ...inline(line.slice(2))));
    } else if (line.trim()) words.push(line.trim());
    else close();
  }
  close();
  return made;
}
