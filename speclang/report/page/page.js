"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const read = (id) => JSON.parse(byId(id).textContent);
  const index = read("index"), blocks = new Map();
  const SIGNS = { pass: ["✓", "holds"], fail: ["✗", "fails"], judge: ["…", "judge"], not_applicable: ["–", "ungraded"] };
  const FOLD = 700, FIRST = 40;

  /* A block of cases, read when it is first asked for. */
  function block(number) {
    if (!blocks.has(number)) blocks.set(number, read(`c${number}`));
    return blocks.get(number);
  }

  function element(tag, name, ...children) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...children.filter((one) => one !== "" && one !== null));
    return made;
  }

  function sign(state) {
    const [mark, name] = SIGNS[state] || ["○", "untried"];
    const made = element("i", `sign ${name}`, mark);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  /* A text that is long is folded; what was left out when the file was written is told. */
  function said(text, left, rest) {
    const parts = (whole) => [text.slice(0, whole ? undefined : FOLD), ...(left && whole ? [element("span", "left-out", `\n… ${left.toLocaleString("en")} characters are left out …\n`), rest] : [])];
    const pre = element("pre", "said", ...parts(text.length <= FOLD + 200 && !left));
    if (text.length <= FOLD + 200 && !left) return pre;
    const total = text.length + (left || 0) + (rest ? rest.length : 0);
    const button = element("button", "", `show more of ${total.toLocaleString("en")} characters`);
    button.type = "button";
    const box = element("div", "", pre, button);
    button.addEventListener("click", () => { pre.replaceChildren(...parts(true)); button.remove(); });
    return box;
  }

  function turn(role, ...text) {
    const who = { call: "calls", result: "gets", assistant: "answer" }[role] || role;
    return element("div", `turn ${role}`, element("span", "who", who), said(...text));
  }

  function verdict(row, texts, own) {
    const [requirement, grader, state, gates, why, quote, votes] = row;
    const name = texts[state];
    const item = element("li", texts[requirement] === own ? "own" : "", sign(name), " ", element("code", "", texts[grader]),
      ` ${{ pass: "passes", fail: "fails", judge: "is left to a judge", not_applicable: "tells nothing" }[name] || name}`,
      gates ? "" : " (does not gate)", texts[why] ? `: ${texts[why]}` : "");
    if (quote !== undefined && texts[quote]) item.append(", by the quote ", element("q", "", texts[quote]));
    if (votes) item.append(` (judged; votes: ${votes[0]} pass, ${votes[1]} fail, ${votes[2]} neither)`);
    return item;
  }

  function answer(row, texts, own) {
    const [account, made, runs, repetition, place, steps, further, verdicts] = row;
    const [name, stub] = index.accounts[account];
    const about = verdicts.filter((one) => texts[one[0]] === own);
    const states = (about.length ? about : verdicts).map((one) => texts[one[2]]);
    const box = element("div", `answer ${states.includes("fail") ? "fails" : states.includes("pass") ? "holds" : ""}`);
    const head = element("h6", "", name, repetition > 1 ? `, time ${repetition}` : "", `, run ${runs.join(", ")}, `, time(texts[made]));
    const badge = { earlier: "of an earlier run: not counted", stale: "before the last change: not counted", foreign: "foreign: its prompt was not made by the specs, not counted" }[texts[place]];
    if (badge) head.append(" ", element("span", "badge", badge));
    if (stub) head.append(" ", element("span", "badge", "the stub's, which is no model"));
    box.append(head);
    if (steps === null) box.append(element("p", "left-out", "There was no room for it in this file; its verdicts are here."));
    else for (const [role, text, left, rest] of steps) box.append(turn(texts[role], texts[text], left, left ? texts[rest] : ""));
    if (further) box.append(element("p", "left-out", `${further} further messages and calls are left out.`));
    const list = element("ul", "verdicts");
    const order = [...about, ...verdicts.filter((one) => texts[one[0]] !== own)];
    list.append(...order.map((one) => verdict(one, texts, own)));
    box.append(list);
    return box;
  }

  function body(owner, number, own) {
    const { cases, texts } = block(owner), [, why, inputs, turns, tools, expected, covers, answers] = cases[number];
    const box = element("div", "body");
    if (texts[why]) box.append(element("p", "soft", texts[why]));
    if (inputs.length) box.append(element("p", "", "Input: ", element("code", "", inputs.map((one) => texts[one]).join(" · "))));
    for (const [role, text] of turns) box.append(turn(texts[role], texts[text]));
    for (const [name, text] of tools) box.append(turn("tool", `${texts[name]} returns ${texts[text]}`));
    if (expected.length) box.append(element("p", "", "Expected: ", element("b", "", expected.map((one) => texts[one]).join(", "))));
    const others = covers.map((one) => index.requirements[one]).filter((one) => one[1] !== own);
    if (others.length) box.append(element("p", "soft", "Speaks for ", ...others.flatMap(([feature, id], at) => [at ? ", " : "", link(feature, id)])));
    if (!answers.length) box.append(element("p", "soft", "Not run yet."));
    box.append(...answers.map((one) => answer(one, texts, own)));
    return box;
  }

  function link(feature, id) {
    const made = element("a", "", id);
    made.href = `#r-${feature}-${id}`;
    return made;
  }

  /* Sums the counts of models, of the stub only where no model answered. */
  function summed(counts) {
    const some = counts.filter((one, at) => one && !index.accounts[at][1]);
    return (some.length ? some : counts.filter(Boolean)).reduce((all, one) => all.map((value, at) => value + one[at]), [0, 0, 0]);
  }

  function entry(row, own) {
    const [owner, number, counts, tells] = row, [passed, failed, waiting] = summed(counts);
    const state = failed ? "fail" : passed ? "pass" : waiting ? "judge" : "";
    const told = failed + passed ? `${passed} of ${passed + failed} pass${tells ? "" : ", of what decides here"}` : waiting ? "left to a judge" : "not run";
    const summary = element("summary", "", sign(state), " ", index.requirements[owner][2][number], " ", element("span", "soft", told));
    const box = element("details", "case", summary);
    box.addEventListener("toggle", () => {
      if (box.open && box.children.length === 1) box.append(body(owner, number, own));
    });
    return box;
  }

  /* The cases of a requirement, those that fail first; so many at a time. */
  function fill(article) {
    const place = article.querySelector(".cases");
    if (place.dataset.filled) return;
    place.dataset.filled = "yes";
    const number = Number(article.dataset.number), own = index.requirements[number][1];
    const rank = ([owner, at, counts]) => [summed(counts)[1] ? 0 : 1, owner === number ? 0 : 1];
    const rows = block(number).tried.map((row, at) => [rank(row), at, row]).sort((a, b) => a[0][0] - b[0][0] || a[0][1] - b[0][1] || a[1] - b[1]).map((one) => one[2]);
    let shown = 0;
    const more = element("button", "");
    more.type = "button";
    const next = () => {
      const step = shown ? 200 : FIRST;
      more.before(...rows.slice(shown, shown + step).map((row) => entry(row, own)));
      shown = Math.min(rows.length, shown + step);
      more.textContent = `show more of ${rows.length.toLocaleString("en")} cases`;
      more.hidden = shown >= rows.length;
    };
    place.replaceChildren(more);
    next();
    more.addEventListener("click", next);
    if (!rows.length) place.append(element("p", "soft", "No case tries it."));
    const first = place.querySelector(".case");
    if (first && rows.length && summed(rows[0][2])[1]) first.open = true;
  }

  /* Dates tell how long ago they were, by the clock of whoever reads. */
  function ago(moment) {
    const minutes = Math.round((Date.now() - Date.parse(moment)) / 60000);
    if (!(minutes >= 0)) return "";
    if (minutes < 1) return "just now";
    const [count, unit] = minutes < 60 ? [minutes, "minute"] : minutes < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
    return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
  }

  function time(moment) {
    const made = element("time", "", `${moment.slice(0, 16).replace("T", " ")} UTC`);
    made.dateTime = moment;
    made.title = ago(moment);
    return made;
  }

  for (const one of document.querySelectorAll("time")) {
    const told = ago(one.dateTime);
    if (told) one.append(` (${told})`);
  }

  const articles = Array.from(document.querySelectorAll(".requirement"));
  for (const article of articles) article.addEventListener("toggle", () => { if (article.open) fill(article); });

  /* What a link leads to is opened; in the whole prompt, the clause it was opened from is lit. */
  function arrive() {
    const target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.matches("details")) target.open = true;
    target.scrollIntoView();
    const summary = target.querySelector("summary");
    if (summary) summary.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    const from = link.closest(".requirement"), target = byId(decodeURIComponent(link.hash.slice(1)));
    if (from && target && target.matches(".prompt")) {
      for (const one of target.querySelectorAll(".lit")) one.classList.remove("lit");
      for (const one of target.querySelectorAll(".clause")) if (one.hash === `#${from.id}`) one.classList.add("lit");
    }
    if (link.hash === location.hash) arrive();
  });
  window.addEventListener("hashchange", arrive);

  /* Search and filter: rows, cells and requirements that are not meant are hidden. */
  const search = byId("search"), state = byId("state"), hits = byId("hits");
  const texts = new Map();
  const rows = new Map();
  for (const row of document.querySelectorAll("[data-of]")) rows.set(row.dataset.of, [...(rows.get(row.dataset.of) || []), row]);

  function text(article) {
    if (!texts.has(article.id)) {
      const number = article.dataset.number;
      texts.set(article.id, `${article.querySelector("summary").textContent} ${article.querySelector(".left").textContent} ${byId(`c${number}`).textContent}`.toLowerCase());
    }
    return texts.get(article.id);
  }

  function look() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean), states = state.value.split(" ").filter(Boolean);
    let found = 0;
    for (const article of articles) {
      const own = (rows.get(article.id) || []).map((row) => row.dataset.state).filter(Boolean);
      const meant = (!states.length || own.some((one) => states.includes(one))) && words.every((word) => text(article).includes(word));
      article.hidden = !meant;
      for (const row of rows.get(article.id) || []) row.hidden = !meant;
      found += meant;
    }
    for (const head of document.querySelectorAll("tr.feature")) head.hidden = !head.parentNode.querySelector("[data-of]:not([hidden])");
    hits.textContent = words.length || states.length ? `${found} found` : "";
    byId("none-found").hidden = found > 0;
  }

  let waiting = 0;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 120); });
  state.addEventListener("change", look);
  byId("tools").addEventListener("submit", (event) => { event.preventDefault(); look(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !["INPUT", "SELECT"].includes(document.activeElement.tagName)) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && (search.value || state.value)) {
      search.value = state.value = "";
      look();
    }
  });

  /* The graph is a page of its own, which is drawn when somebody asks for it. */
  function graph() {
    const frame = element("iframe", "");
    frame.title = "graph of requirements, clauses, graders and cases";
    frame.srcdoc = read("graph-page");
    frame.addEventListener("load", () => frame.contentDocument.addEventListener("click", chosen));
    byId("frame").replaceChildren(frame);
    byId("draw").hidden = true;
  }
  /* A requirement that is chosen in the graph has a link to its own part of the page. */
  function chosen(event) {
    const box = event.target.closest(".node.requirement");
    const id = box && box.getAttribute("aria-label").split(" ")[1].replace(/:$/, ""), feature = box && box.closest("section").getAttribute("aria-label");
    const there = box && byId(`r-${feature}-${id}`), link = byId("chosen");
    link.hidden = !there;
    if (there) {
      link.href = `#${there.id}`;
      link.textContent = `${id} with its clause, cases and answers`;
    }
  }
  byId("draw").addEventListener("click", graph);

  if (location.hash) arrive();
  document.documentElement.dataset.ready = "yes";
})();
