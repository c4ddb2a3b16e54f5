// The search page. What is searched for stands in its address; the worker, which comes with the first key, searches.

const $ = (id) => document.getElementById(id);
const form = $("search"), field = $("q"), words = form.dataset, lang = document.documentElement.lang;
const number = new Intl.NumberFormat(lang);
const waiting = new Map(), title = document.title;
let worker, tokens, lone, asked = 0, turn = 0, shown = 0, adding, searched, found, stop = new AbortController();

// start asks for the worker, for what it imports, and for the roots of the index at once: each wait for another file is felt.
function start() {
  const own = (name) => new URL(name, import.meta.url), it = worker = new Worker(own("worker.js"), { type: "module" });
  const modules = ["index", "seek", "text", "stem", ...words.packs === undefined ? [] : ["packs"]];
  document.head.append(...modules.map((name) => make("link", { rel: "modulepreload", href: own(`${name}.js`) })));
  const root = (name) => fetch(own(name), { cache: "no-cache" }).then((answer) => answer.ok ? answer.arrayBuffer() : undefined, () => undefined);
  Promise.all(["root.bin", "words.bin"].map(async (name) => [name, await root(name)])).then((roots) => it.postMessage({ do: "begin", roots: Object.fromEntries(roots) }));
  it.onmessage = ({ data }) => {
    const { done, failed } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.fault) failed(new Error(data.fault));
    else done(data);
  };
  // A worker whose scripts did not come answers nothing: the next question starts another.
  it.onerror = (event) => {
    worker = undefined;
    for (const { failed } of waiting.values()) failed(new Error(event.message || "worker.js"));
    waiting.clear();
  };
}

function ask(what, more) {
  if (!worker) start();
  return new Promise((done, failed) => {
    waiting.set(++asked, { done, failed });
    worker.postMessage({ id: asked, do: what, ...more });
  });
}

// make is an element with attributes and what is in it.
function make(name, attributes, ...inside) {
  const e = Object.assign(document.createElement(name), attributes);
  e.append(...inside);
  return e;
}

const articles = (n) => `${number.format(n)} ${n === 1 ? words.one : words.many}`;
const tell = (...text) => $("count").replaceChildren(...text);
const failed = (fault) => tell(`${words.failed} ${fault.message}`);
const query = () => new URLSearchParams(location.search).get("q") ?? "";

// go searches for something else. Who asks from amid the results, which will go, is taken to what is said of the new ones.
function go(text, sort = form.elements.sort.value) {
  const address = new URLSearchParams(text && { q: text });
  if (sort) address.set("sort", sort);
  const search = `${address}` && `?${address}`, inside = document.activeElement.closest("#results, #count");
  history[search === location.search ? "replaceState" : "pushState"](null, "", location.pathname + search);
  show();
  if (inside) $("count").focus();
}

// link leads to another search.
function link(text, label) {
  const e = make("a", { href: `?q=${encodeURIComponent(text)}`, textContent: label });
  e.onclick = (event) => { event.preventDefault(); go(text); };
  return e;
}

// show finds what the address asks for. Who comes back finds as many hits as were there, and stands on the one that was followed.
async function show() {
  const mine = ++turn, text = query(), { to, at } = history.state ?? {};
  let result;
  if (text || searched !== undefined) field.value = text; // what is typed before this script comes stays
  searched = location.search;
  document.title = text ? `${text} · ${title}` : title;
  form.elements.sort.value = new URLSearchParams(searched).get("sort") ?? "";
  stop.abort();
  stop = new AbortController();
  $("more").hidden = narrowed = true;
  if (!text.trim()) {
    $("results").hidden = true;
    tell("");
    return;
  }
  tell(words.searching);
  try {
    result = await ask("search", { query: text, newest: form.elements.sort.value === "date" });
    if (mine !== turn) return;
    found = result;
    shown = 0;
    $("results").hidden = !found.total && !found.entities.length;
    $("hits").replaceChildren();
    entities();
    periods();
    $("facets").replaceChildren();
    $("facets").parentElement.hidden = true;
    await more(to);
    if (mine !== turn) return;
    $("hits").children[at]?.querySelector("a").focus();
    if (found.total) tell((found.about ? words.about : "") + articles(found.total));
    else tell(words.nothing, ...found.suggestion ? [` ${words.mean} `, link(found.suggestion, found.suggestion), "?"] : []);
    if (found.about) {
      const exact = await ask("search", { query: text, whole: true });
      if (mine !== turn) return;
      found = exact;
      $("more").hidden = shown >= found.total;
      entities();
      periods();
      tell(articles(found.total));
    }
    $("facets").parentElement.hidden = !found.total;
    narrowed = false;
    seen.unobserve($("facets").parentElement);
    seen.observe($("facets").parentElement);
  } catch (fault) {
    if (mine !== turn) return;
    failed(fault);
    if (!result) $("results").hidden = true;
  }
}

function entities() {
  $("named").replaceChildren(...found.entities.map((e) => make("li", {},
    e.page ? make("a", { href: e.id.split("/").map(encodeURIComponent).join("/") + "/index.html", textContent: e.name }) : e.name,
    ` ${articles(e.articles)}`)));
}

// more shows the next hits, up to so many, and those once.
async function more(to = shown + 10) {
  const mine = turn, from = shown;
  if (adding === mine) return;
  adding = mine;
  try {
    const { hits } = await ask("hits", { from, to });
    if (mine !== turn) return;
    const lines = hits.map(line);
    $("hits").append(...lines);
    shown += hits.length;
    $("more").hidden = shown >= found.total;
    if (from) {
      lines[0]?.querySelector("a").focus();
      history.replaceState({ to: shown }, "");
    }
    lines.forEach((e, n) => snippet(e, hits[n]));
  } finally {
    if (adding === mine) adding = 0;
  }
}

$("hits").onclick = (event) => {
  const at = [...$("hits").children].indexOf(event.target.closest("a")?.closest("li"));
  if (at >= 0) history.replaceState({ to: shown, at }, "");
};

function line(hit) {
  const link = make("a", { href: hit.url, textContent: hit.title });
  return make("li", {},
    make("p", { className: "when" }, hit.date ? make("time", { dateTime: hit.date }, date(hit.date)) : words.undated),
    make("div", {}, make("p", { className: "headline", dir: "auto" }, link), make("p", { className: "summary", dir: "auto" }),
      ...hit.publication ? [make("p", { className: "credit" }, make("cite", {}, hit.publication))] : []));
}

// date is a date in words, as far as it is a plain one.
function date(text) {
  const m = /^(\d{4})-(\d\d)(-\d\d)?$/.exec(text);
  if (!m) return text;
  const options = { year: "numeric", month: "long", timeZone: "UTC", ...m[3] && { day: "numeric" } };
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options).format(new Date(text + (m[3] ? "" : "-01")));
}

// snippet shows where the words stand in a hit's own page.
async function snippet(line, hit) {
  try {
    ({ tokens, lone } = await import("./text.js"));
    const answer = await fetch(hit.url, { signal: stop.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const blocks = [...page.querySelectorAll("article .text :is(p, li, h2, h3, td)")].map((e) => e.textContent.replace(/\s+/g, " ").trim());
    line.querySelector(".summary").append(...marked(await best(blocks)));
  } catch { /* the hit stands without */ }
}

const matches = (term) => found.words.includes(term) || found.beginnings.some((b) => term.startsWith(b));

// best is the first block with the most different words, as {text, places}. A long page is looked through bit by bit, so that
// typing and scrolling go on.
async function best(blocks) {
  let most = { text: blocks[0] ?? "", places: [], count: 0 }, since = performance.now();
  for (const text of blocks) {
    if (performance.now() - since > 10) {
      await new Promise((done) => setTimeout(done));
      since = performance.now();
    }
    const places = [], seen = new Set();
    for (const [term, start, end] of tokens(text)) {
      if (!matches(term)) continue;
      seen.add(term);
      // of letters that stand without blanks between words, those that were looked for, if they are spelled so here
      const at = lone([...term][0]) ? text.indexOf(term, start) : -1, last = places.at(-1);
      const [from, to] = at >= start && at + term.length <= end ? [at, at + term.length] : [start, end];
      if (last && from < last[1]) last[1] = Math.max(last[1], to);
      else places.push([from, to]);
    }
    if (seen.size > most.count) most = { text, places, count: seen.size };
    if (most.count === found.words.length && !found.beginnings.length) break;
  }
  return most;
}

// marked is the part of a block around its first words, with those marked. It is cut at blanks, where there are any near.
function marked({ text, places }) {
  const whole = (at) => at + (text.charCodeAt(at) >> 10 === 0x37); // not within a pair of surrogates
  const near = (at, from) => at > from ? at : 0, [word] = places[0] ?? [0], first = Math.max(0, word - 60), last = first + 240;
  const blank = text.indexOf(" ", first) + 1, start = first && (blank && blank <= word ? blank : whole(first));
  const end = text.length > last ? near(text.lastIndexOf(" ", last), last - 60) || whole(last) : text.length;
  const parts = start ? ["… "] : [];
  let at = start;
  for (const [from, to] of places) {
    if (from < at || to > end) continue;
    parts.push(text.slice(at, from), make("mark", {}, text.slice(from, to)));
    at = to;
  }
  parts.push(text.slice(at, end), end < text.length ? " …" : "");
  return parts;
}

// range is what limits a query to a time, but for an OR.
const range = /(?<!(?:^|\s)OR)(?:^|\s)(?:\d{4}[-\d]*\.\.[-\d]*|\.\.\d{4}[-\d]*|(?:before|after):\d{4}[-\d]*)(?=\s|$)(?!\s+OR(?:\s|$))/gi;

// and is a query with one thing more: after quotes that stand open, and not for an OR.
function and(text, atom) {
  const open = text.match(/["“”„«»]/g)?.length % 2 ? '"' : "";
  return `${text.trim().replace(/(?:(?:^|\s+)OR)+$/, "")}${open} ${atom}`.trim();
}

// periods draws how many hits each year has, each month where they are of a few years, or each decade of many. Clicking one,
// or dragging over some, searches those alone.
function periods() {
  $("periods").parentElement.hidden = found.about;
  if (found.about) return;
  const known = found.months.filter(([month]) => month), first = known[0]?.[0], last = known.at(-1)?.[0];
  const years = Math.floor(last / 12) - Math.floor(first / 12), unit = years > 48 ? 120 : years > 2 ? 12 : 1, counts = new Map();
  const name = (month) => `${Math.floor(month / 12)}`.padStart(4, "0") + (unit === 1 ? "-" + `${month % 12 + 1}`.padStart(2, "0") : "");
  for (const [month, n] of known) counts.set(Math.floor(month / unit), (counts.get(Math.floor(month / unit)) ?? 0) + n);
  const at = [...counts.keys()], highest = Math.max(...counts.values()), bars = [];
  for (let p = at[0]; p <= at.at(-1); p++) {
    const from = name(Math.max(p * unit, first)), to = name(Math.min(p * unit + unit - 1, last)), n = counts.get(p) ?? 0;
    const bar = make("button", { type: "button", title: `${from === to ? from : `${from}–${to}`}: ${articles(n)}` });
    bar.style.setProperty("--h", Math.ceil(n * 100 / highest));
    bar.setAttribute("aria-label", bar.title);
    Object.assign(bar.dataset, { from, to });
    bars.push(make("li", {}, bar));
  }
  $("periods").replaceChildren(...bars);
  const ends = bars.length ? [bars[0].firstChild.dataset.from, bars.at(-1).firstChild.dataset.to] : [];
  $("span").replaceChildren(...[...new Set(ends)].map((label) => make("span", {}, label)));
  $("all").hidden = !query().match(range);
  $("periods").hidden = $("span").hidden = bars.length < 2;
  $("periods").parentElement.hidden = bars.length < 2 && $("all").hidden;
}

// within searches the time of two bars and what lies between.
function within(one, other) {
  if (one.from > other.from) [one, other] = [other, one];
  go(and(query().replace(range, ""), `${one.from}..${other.to}`));
}

let dragged; // {from, to}: the bars where it began and where it is
const barOf = (event) => event.target.closest("#periods button")?.dataset;
function choose() {
  for (const bar of $("periods").querySelectorAll("button")) {
    const { from } = bar.dataset, a = dragged?.from.from, b = dragged?.to.from;
    bar.classList.toggle("chosen", from >= a && from <= b || from <= a && from >= b);
  }
}
$("periods").onpointerdown = (event) => {
  const bar = barOf(event);
  dragged = bar && !event.button ? { from: bar, to: bar } : undefined;
  event.target.releasePointerCapture?.(event.pointerId);
};
$("periods").onpointerover = (event) => {
  if (!event.buttons) dragged = undefined;
  if (!dragged) return;
  dragged.to = barOf(event) ?? dragged.to;
  choose();
};
$("periods").onclick = (event) => {
  const bar = barOf(event);
  if (bar) within(bar, bar);
};
addEventListener("pointerup", () => {
  if (dragged && dragged.from !== dragged.to) within(dragged.from, dragged.to);
  dragged = undefined;
});
addEventListener("pointercancel", () => {
  dragged = undefined;
  choose();
});
$("all").onclick = () => go(query().replace(range, "").trim());

// What narrows a search down is large: it comes when it is about to be seen, which on a phone is after all hits.
let narrowed = true;
const seen = new IntersectionObserver(async (entries) => {
  if (narrowed || !entries.at(-1).isIntersecting) return;
  narrowed = true;
  const mine = turn;
  try {
    facets((await ask("facets")).facets, mine);
  } catch (fault) {
    if (mine === turn) $("facets").replaceChildren(`${words.failed} ${fault.message}`);
  }
}, { rootMargin: "100px" });

const prefixes = { people: "person", places: "place", organizations: "org", tags: "tag" };

function facets(counted, mine) {
  if (mine !== turn) return;
  const folders = Object.keys(prefixes).filter((folder) => counted[folder].length);
  $("facets").parentElement.hidden = !folders.length;
  $("facets").replaceChildren(...folders.map((folder) => make("section", {},
    make("h3", {}, words[folder]),
    make("ul", { className: "links" }, ...counted[folder].map(({ id, label, count, all }) => make("li", {},
      link(and(query(), `${prefixes[folder]}:${id.slice(folder.length + 1)}`), label), " ", make("span", { className: "n" }, number.format(count) + (all ? "" : "+"))))))));
}

form.onsubmit = (event) => {
  event.preventDefault();
  if (matchMedia("(pointer: coarse)").matches) field.blur(); // the keyboard on the screen would cover what is found
  go(field.value.trim());
};
form.onchange = (event) => { if (event.target.name === "sort" && field.value.trim()) go(field.value.trim()); };
// What a query will read is asked for while it is typed: of a word that may not be complete only where it stands.
let typing;
field.oninput = () => {
  const warm = (part) => ask("warm", { query: field.value.replace(/\S+$/, ""), part }).catch(() => {});
  const [part] = field.value.match(/\S*$/);
  clearTimeout(typing);
  warm(part.length < 4 ? "" : part);
  typing = setTimeout(() => ask("warm", { query: field.value, part: "" }).catch(() => {}), 150);
};
$("more").onclick = () => more().catch(failed);
addEventListener("popstate", () => { if (location.search !== searched) show(); });
show();
if (!query()) field.focus();
