"use strict";
(() => {
  const KIND = 0, NAME = 1, FEATURE = 2, TEXT = 3, PLACE = 4, MARKS = 5, LACKS = 6;
  const graph = JSON.parse(document.getElementById("graph").textContent);
  const byId = (id) => document.getElementById(id);
  const details = byId("details"), found = byId("found"), search = byId("search"), hits = byId("hits"), reach = byId("reach");
  const root = byId("pictures"), start = Array.from(details.childNodes);
  const out = graph.nodes.map(() => []), into = graph.nodes.map(() => []);
  for (let at = 0; at < graph.edges.length; at += 3) {
    const [from, kind, to] = [graph.edges[at], graph.kinds[graph.edges[at + 1]], graph.edges[at + 2]];
    const proof = graph.proofs[at] || "";
    out[from].push([kind, to, proof]);
    into[to].push([kind, from, proof]);
  }
  const drawn = new Map();
  for (const box of root.querySelectorAll(".node")) {
    const node = Number(box.dataset.node);
    if (!drawn.has(node)) drawn.set(node, []);
    drawn.get(node).push(box);
  }
  const lines = Array.from(root.querySelectorAll(".line"));
  for (const line of lines) {
    if (line.classList.contains("overrides")) line.setAttribute("marker-end", `url(#${line.parentNode.dataset.arrow})`);
  }
  const PASSIVE = { states: "is stated by", includes: "is included by", uses: "is used by", overrides: "is overridden by",
    renders: "is rendered by", covers: "is covered by", grades: "is graded by", shows: "is shown by" };
  let chosen = null;

  function element(tag, text, name) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  }

  function link(node, proof) {
    const item = element("li"), button = element("button");
    button.type = "button";
    const [kind, name, feature, text] = graph.nodes[node];
    button.append(element("b", name.startsWith(kind + " ") ? name : `${kind} ${name}`));
    if (feature && root.children.length > 1) button.append(" ", element("small", feature));
    if (text && kind !== "case") button.append(element("br"), element("small", kind !== "clause" && text.length > 120 ? text.slice(0, 119) + "…" : text));
    if (proof) button.append(element("br"), element("small", `proven ${proof}`));
    button.addEventListener("click", () => choose(node, true));
    item.append(button);
    return item;
  }

  /* What a change of the node reaches, as `specc trace --impact` has it. */
  function reached(node) {
    const ends = (one) => ["feature", "file", "policy"].includes(graph.nodes[one][KIND]);
    const seeds = new Set([node]);
    for (const one of seeds) for (const [kind, to] of out[one]) if (kind === "states") seeds.add(to);
    const all = new Set(seeds);
    for (const one of all) {
      if (ends(one) && !seeds.has(one)) continue;
      for (const [kind, from] of into[one]) {
        if (kind !== "states" && kind !== "overrides" && graph.nodes[from][KIND] !== "file") all.add(from);
      }
    }
    return all;
  }

  function neighbours(node) {
    return new Set([node, ...out[node].map((one) => one[1]), ...into[node].map((one) => one[1])]);
  }

  function centre(box) {
    const rect = box.querySelector("rect");
    const value = (name) => Number(rect.getAttribute(name));
    return [value("x") + value("width") / 2, value("y") + value("height") / 2, value("width") / 2];
  }

  function connect(node) {
    for (const box of drawn.get(node) || []) {
      const layer = box.closest("svg").querySelector(".links"), [x, y, half] = centre(box);
      for (const other of neighbours(node)) {
        if (other === node) continue;
        for (const end of drawn.get(other) || []) {
          if (end.closest("svg") !== box.closest("svg")) continue;
          const [a, b, wide] = centre(end), side = a >= x ? 1 : -1;
          if (Math.abs(a - x) < half + wide) continue;
          const [x1, x2] = [x + side * half, a - side * wide], middle = (x1 + x2) / 2;
          const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
          path.setAttribute("d", `M${x1} ${y}C${middle} ${y} ${middle} ${b} ${x2} ${b}`);
          layer.append(path);
        }
      }
    }
  }

  function clear() {
    chosen = null;
    root.classList.remove("chosen");
    for (const one of root.querySelectorAll(".on, .self")) one.classList.remove("on", "self");
    for (const layer of root.querySelectorAll(".links")) layer.replaceChildren();
    for (const one of root.querySelectorAll("[aria-pressed]")) one.removeAttribute("aria-pressed");
  }

  function choose(node, scroll) {
    clear();
    chosen = node;
    const lit = reach.checked ? reached(node) : neighbours(node);
    root.classList.add("chosen");
    for (const one of lit) for (const box of drawn.get(one) || []) box.classList.add("on");
    for (const line of lines) {
      const [from, to] = [Number(line.dataset.from), Number(line.dataset.to)];
      if (from === node || to === node || (reach.checked && lit.has(from) && lit.has(to))) line.classList.add("on");
    }
    if (!reach.checked) connect(node);
    const boxes = drawn.get(node) || [];
    for (const box of boxes) {
      box.classList.add("self");
      box.setAttribute("aria-pressed", "true");
    }
    if (scroll && boxes.length) {
      enter(boxes[0]);
      boxes[0].scrollIntoView({ block: "center", inline: "nearest" });
    }
    show(node, lit);
  }

  function show(node, lit) {
    const [kind, name, feature, text, place, marks, lacks] = graph.nodes[node];
    const rows = [element("h3", name.startsWith(kind + " ") ? name : `${kind} ${name}`)];
    rows.push(element("small", [feature && `feature ${feature}`, place, marks].filter(Boolean).join(" · ")));
    if (text) rows.push(element("p", text, "text"));
    if (lacks) rows.push(element("p", `lacks: ${lacks}`, "lack"));
    const group = (title, nodes, proofs = []) => {
      if (!nodes.length) return;
      const list = element("ul");
      list.append(...nodes.map((one, at) => link(one, proofs[at])));
      rows.push(element("h4", `${title} (${nodes.length})`), list);
    };
    if (reach.checked) {
      const kinds = new Map();
      for (const one of [...lit].sort((a, b) => a - b)) {
        if (one === node) continue;
        const which = graph.nodes[one][KIND];
        kinds.set(which, [...(kinds.get(which) || []), one]);
      }
      if (!kinds.size) rows.push(element("p", "Nothing depends on it."));
      for (const [which, nodes] of kinds) group(`a change reaches: ${which}`, nodes);
    } else {
      const links = (title, word, from) => {
        const held = from.filter((one) => one[0] === word);
        group(title, held.map((one) => one[1]), held.map((one) => one[2]));
      };
      links(PASSIVE.renders, "renders", into[node]);
      for (const word of graph.kinds) links(word, word, out[node]);
      for (const word of graph.kinds) if (word !== "renders") links(PASSIVE[word], word, into[node]);
    }
    details.replaceChildren(...rows);
    byId("panel").scrollTop = 0;
  }

  function look() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const box of root.querySelectorAll(".hit")) box.classList.remove("hit");
    root.classList.toggle("searching", words.length > 0);
    const nodes = [];
    if (words.length) {
      graph.nodes.forEach((node, at) => {
        const text = [node[KIND], node[NAME], node[FEATURE], node[TEXT], node[MARKS], node[LACKS] && `lacks ${node[LACKS]}`].join(" ").toLowerCase();
        if (words.every((word) => text.includes(word))) nodes.push(at);
      });
    }
    for (const one of nodes) for (const box of drawn.get(one) || []) box.classList.add("hit");
    hits.textContent = words.length ? `${nodes.length} found` : "";
    found.replaceChildren(...nodes.slice(0, 30).map(link));
    return nodes;
  }

  function reset() {
    search.value = "";
    look();
    clear();
    details.replaceChildren(...start);
  }

  /* One stop for Tab in each picture; the arrow keys go on from there. */
  function enter(box) {
    const svg = box.closest("svg");
    for (const one of svg.querySelectorAll('.node[tabindex="0"]')) one.setAttribute("tabindex", "-1");
    box.setAttribute("tabindex", "0");
  }

  function step(box, key) {
    const [x, y] = centre(box), across = key === "ArrowLeft" || key === "ArrowRight";
    const sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
    let best = null, least = Infinity;
    for (const other of box.closest("svg").querySelectorAll(".node")) {
      const [a, b] = centre(other);
      const ahead = sign * (across ? a - x : b - y), aside = Math.abs(across ? b - y : a - x);
      if (other === box || ahead <= 1) continue;
      const cost = ahead + 4 * aside;
      if (cost < least) [best, least] = [other, cost];
    }
    if (!best) return;
    enter(best);
    best.focus();
  }

  for (const svg of root.querySelectorAll("svg")) {
    const first = svg.querySelector(".node.requirement") || svg.querySelector(".node");
    if (first) first.setAttribute("tabindex", "0");
    svg.addEventListener("click", (event) => {
      const box = event.target.closest(".node");
      if (!box) return;
      enter(box);
      choose(Number(box.dataset.node), false);
    });
    svg.addEventListener("keydown", (event) => {
      const box = event.target.closest(".node");
      if (!box) return;
      if (event.key === "Enter" || event.key === " ") choose(Number(box.dataset.node), false);
      else if (event.key.startsWith("Arrow")) step(box, event.key);
      else return;
      event.preventDefault();
    });
  }
  search.addEventListener("input", look);
  search.addEventListener("keydown", (event) => {
    const nodes = event.key === "Enter" ? look() : [];
    if (nodes.length) choose(nodes[0], true);
  });
  reach.addEventListener("change", () => { if (chosen !== null) choose(chosen, false); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") reset();
    else if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  document.documentElement.dataset.ready = "yes";
})();
