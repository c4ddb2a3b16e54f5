// The search, off the page's own thread. It is asked {id, do, …} and answers {id, …}; of two searches the later counts.
//
// After the page four steps follow each other, at most, but for phrases and long lists of names in packs: this script with what it imports, and the
// roots; the lists of frequent words, the blocks of the dictionary that have others, and those of names; the lists of a name, or in packs of
// words; the cards of the hits.

import { Index } from "./index.js";
import { Search } from "./seek.js";

const folders = ["people", "places", "organizations", "tags"];
let opened, last;

// The page asks for the roots while this script is on its way, and gives them with the first message, as far as it has them.
let begin;
let roots = new Promise((done) => { begin = done; });

async function ask(path, options) {
  const answer = await fetch(new URL(path, import.meta.url), options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${answer.statusText}`);
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
  async search({ query, newest, whole }) {
    const index = await open(), search = new Search(index, query);
    await search.run(newest, !whole);
    if (whole && last?.query === query) {
      const shown = new Set(last.shown);
      search.numbers = Uint32Array.from([...shown, ...search.numbers.filter((n) => !shown.has(n))]);
    }
    search.shown = [];
    last = search;
    const words = search.clauses.filter((c) => !c.not).flatMap((c) => c.atoms).filter((a) => !a.kind)
      .flatMap((a) => a.terms.map((term, n) => ({ term, prefix: a.prefix && n === a.terms.length - 1 })));
    return {
      total: search.total, about: search.cut, entities: search.entities, words, months: months(search),
      suggestion: search.total ? "" : await search.suggest(),
    };
  },

  // hits are the cards of some of them.
  async hits({ from, to }) {
    const { index, numbers } = last;
    last.shown = numbers.slice(0, to);
    return { hits: await Promise.all(Array.from(numbers.slice(from, to), (n) => index.card(n))) };
  },

  // facets counts the hits by what the commonest ids have. What all of them have narrows nothing down.
  async facets() {
    const { index, all, total } = last, labels = await index.labels(), counted = {};
    const segments = await Promise.all(index.segments.map((s) => index.facets(s, folders)));
    for (const folder of folders) {
      const counts = new Map();
      for (const [i, s] of index.segments.entries()) {
        for (const { id, docs } of segments[i][folder]) {
          let n = counts.get(id) ?? 0;
          for (const doc of docs) if (all[s.first + doc] > 0) n++;
          counts.set(id, n);
        }
      }
      counted[folder] = [...counts].filter(([id, n]) => n > 0 && n < total && labels.has(id)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
        .slice(0, 8).map(([id, count]) => ({ id, count, label: labels.get(id) }));
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
      let n = 0;
      for (const end = doc + count; doc < end; doc++) if (all[doc] > 0) n++;
      if (n) counted.push([at, n]);
    }
  }
  return counted;
}

onmessage = async ({ data }) => {
  if (data.do === "begin") return begin(data.roots);
  try {
    let answer;
    try {
      answer = await asked[data.do](data);
    } catch (fault) {
      if (data.do !== "search") throw fault;
      opened = undefined; // the site may have been built anew
      answer = await asked.search(data);
    }
    postMessage({ id: data.id, ...answer });
  } catch (fault) {
    postMessage({ id: data.id, fault: fault.message });
  }
};
