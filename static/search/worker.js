// The search, off the page's own thread. It is asked {id, do, …} and answers {id, …}; of two searches the later one asked for counts.
//
// After the page four steps follow each other, at most, but for phrases and long lists of names in packs: this script with what it imports, and the
// roots; the lists of frequent words, the blocks of the dictionary that have others, and those of names; the lists of a name, or in packs of
// words; the cards of the hits.

import { Index } from "./index.js";
import { Search } from "./seek.js";
import { terms } from "./text.js";

const folders = ["people", "places", "organizations", "tags"];
let opened, current, last;

// The page asks for the roots while this script is on its way, and gives them with the first message, as far as it has them.
let begin;
let roots = new Promise((done) => { begin = done; });

async function ask(path, options) {
  const answer = await fetch(new URL(path, import.meta.url), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
  if (/html/.test(answer.headers.get("Content-Type"))) throw new Error(`${path}: the host answers with a page`);
  return answer;
}

async function bytes(answer) {
  return new Uint8Array(await answer.arrayBuffer());
}

async function load(path, from, size) {
  if (size) return (await import("./packs.js")).part(ask, path, from, size);
  return bytes(await ask(path, { cache: path.includes("/") ? "default" : "no-cache" }));
}

// open reads the roots, anew after a fault; other files never change.
function open() {
  opened ??= roots.then((first) => {
    roots = Promise.resolve({});
    return Index.open(async (path, from, size) => first[path] ? new Uint8Array(first[path]) : load(path, from, size));
  });
  opened.catch(() => { opened = undefined; });
  return opened;
}

const asked = {
  // warm loads what a query will read, as far as it has been typed; part is how its last word begins.
  async warm({ query, part }) {
    await new Search(await open(), query).warm(part);
  },

  // search finds articles; at first the beginnings of lists may do, and what was shown of that stays before all others.
  async search({ id, query, newest, whole }) {
    const index = await open(), search = new Search(index, query);
    await search.run(newest, !whole);
    if (whole && last?.query === query) {
      const shown = new Set(last.shown);
      search.numbers = Uint32Array.from([...shown, ...search.numbers.filter((n) => !shown.has(n))]);
    }
    search.shown = [];
    if (id === current) last = search;
    const { entities } = search, atoms = search.clauses.flatMap((c) => c.not ? [] : c.atoms);
    return {
      total: search.total, about: search.cut, entities, months: months(search), suggestion: search.total ? "" : await search.suggest(),
      // what is marked in the texts of hits
      words: [...atoms.flatMap((a) => [...a.terms, ...a.stems ?? []]), ...terms([...entities, ...atoms.flatMap((a) => a.named ?? [])].map((e) => e.name).join(" "))],
      beginnings: atoms.filter((a) => a.prefix).map((a) => a.terms.at(-1)),
    };
  },

  // hits are the cards of some of them.
  async hits({ from, to }) {
    const { index, numbers } = last;
    last.shown = numbers.slice(0, to);
    return { hits: await Promise.all(Array.from(numbers.slice(from, to), (n) => index.card(n))) };
  },

  // facets counts the hits by what the commonest ids have. What all of them have narrows nothing down. What is not common in each
  // segment may have more.
  async facets() {
    const { index, all, total } = last, labels = await index.labels(), counted = {};
    const segments = await Promise.all(index.segments.map((s) => index.facets(s, folders)));
    for (const folder of folders) {
      const counts = new Map();
      for (const [i, s] of index.segments.entries()) {
        for (const { id, docs } of segments[i][folder]) counts.set(id, docs.reduce((n, doc) => n + (all[s.first + doc] > 0), counts.get(id) ?? 0));
      }
      counted[folder] = [...counts].filter(([id, n]) => n > 0 && n < total && labels.has(id)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, 8).map(([id, count]) => ({ id, count, label: labels.get(id), all: segments.every((s) => s[folder].some((f) => f.id === id)) }));
    }
    return { facets: counted };
  },
};

// months is how many hits each month has, [month, count]; month 0 is not known.
function months({ index, all }) {
  const counted = [];
  for (const s of index.segments) {
    let doc = s.first;
    for (const { at, count } of s.months) {
      const n = all.subarray(doc, doc += count).reduce((n, score) => n + (score > 0), 0);
      if (n) counted.push([at, n]);
    }
  }
  return counted;
}

onmessage = async ({ data }) => {
  if (data.do === "begin") return begin(data.roots);
  if (data.do === "search") current = data.id;
  for (let again = data.do === "search"; ; again = false) {
    try {
      return postMessage({ id: data.id, ...await asked[data.do](data) });
    } catch (fault) {
      opened = undefined; // the site may have been built anew
      if (!again) return postMessage({ id: data.id, fault: fault.message });
    }
  }
};
