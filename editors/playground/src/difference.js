// What has changed between two lists or two texts.

/**
 * Both lists in one: what stays, what went and what came, in order. Lists that are long where they differ are told as gone and come.
 * @template T
 * @param {readonly T[]} before @param {readonly T[]} after @param {(one: T) => string} key
 * @returns {{ sign: ' ' | '-' | '+', old?: T, now?: T }[]}
 */
export function merged(before, after, key) {
  let head = 0;
  while (head < before.length && head < after.length && key(before[head]) === key(after[head])) head += 1;
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    key(before[before.length - 1 - tail]) === key(after[after.length - 1 - tail])
  ) tail += 1;
  const old = before.slice(head, before.length - tail);
  const now = after.slice(head, after.length - tail);
  /** @type {{ sign: ' ' | '-' | '+', old?: T, now?: T }[]} */
  const rows = [];
  for (let at = 0; at < head; at += 1) rows.push({ sign: ' ', old: before[at], now: after[at] });
  rows.push(...middle(old, now, key));
  for (let at = tail; at > 0; at -= 1) rows.push({ sign: ' ', old: before[before.length - at], now: after[after.length - at] });
  return rows;
}

/**
 * @template T
 * @param {T[]} old @param {T[]} now @param {(one: T) => string} key
 * @returns {{ sign: ' ' | '-' | '+', old?: T, now?: T }[]}
 */
function middle(old, now, key) {
  if (!old.length || !now.length || old.length * now.length > 250000) {
    return [...old.map((one) => ({ sign: /** @type {const} */ ('-'), old: one })), ...now.map((one) => ({ sign: /** @type {const} */ ('+'), now: one }))];
  }
  const wide = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * wide);
  for (let a = old.length - 1; a >= 0; a -= 1) {
    for (let b = now.length - 1; b >= 0; b -= 1) {
      longest[a * wide + b] = key(old[a]) === key(now[b])
        ? longest[(a + 1) * wide + b + 1] + 1
        : Math.max(longest[(a + 1) * wide + b], longest[a * wide + b + 1]);
    }
  }
  /** @type {{ sign: ' ' | '-' | '+', old?: T, now?: T }[]} */
  const rows = [];
  let a = 0;
  let b = 0;
  while (a < old.length || b < now.length) {
    if (a < old.length && b < now.length && key(old[a]) === key(now[b])) rows.push({ sign: ' ', old: old[a++], now: now[b++] });
    else if (a < old.length && (b >= now.length || longest[(a + 1) * wide + b] >= longest[a * wide + b + 1])) rows.push({ sign: '-', old: old[a++] });
    else rows.push({ sign: '+', now: now[b++] });
  }
  return rows;
}

const WORDS = /\w+|\s+|[^\w\s]/gu;

/**
 * Two texts word by word, with signs joined to runs.
 * @param {string} before @param {string} after
 * @returns {{ sign: ' ' | '-' | '+', text: string }[]}
 */
export function words(before, after) {
  const rows = merged(before.match(WORDS) ?? [], after.match(WORDS) ?? [], (one) => one);
  /** @type {{ sign: ' ' | '-' | '+', text: string }[]} */
  const runs = [];
  for (const { sign, old, now } of rows) {
    const text = now ?? old ?? '';
    const last = runs.at(-1);
    if (last && last.sign === sign) last.text += text;
    else runs.push({ sign, text });
  }
  return runs;
}
