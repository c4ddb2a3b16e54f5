// Finding articles in an index: queries are read as package search reads them (see its query.go), and the same hits come, with the
// same scores, in the same order.

import { listBeginning } from "./index.js";
import { lone, slug, terms, tokens } from "./text.js";

const fields = {
  person: "people", people: "people", place: "places", org: "organizations", organization: "organizations",
  tag: "tags", by: "authors", author: "authors", section: "sections", publication: "publications", language: "languages",
};
const latest = 2 ** 30;
const quotes = /["“”]/;

// cut parts a query at its blanks, but for those in quotes.
const cut = (query) => query.match(/(?:["“”][^"“”]*(?:["“”]|$)|[^\s"“”])+/g) ?? [];

// parse is a list of clauses, each {not, atoms}; an atom has terms, with phrase or prefix; or kind and name; or from and to.
export function parse(query) {
  const clauses = [];
  let or = false;
  for (let word of cut(query)) {
    if (word === "OR") {
      or = clauses.length > 0;
      continue;
    }
    const not = word.length > 1 && word[0] === "-";
    if (not) word = word.slice(1);
    const atom = parseAtom(word);
    if (!atom) continue;
    const last = clauses.at(-1);
    if (or && !not && !last.not) last.atoms.push(atom);
    else clauses.push({ not, atoms: [atom] });
    or = false;
  }
  return clauses;
}

function parseAtom(word) {
  const [, field, value] = /^([^:]*):(.*)$/s.exec(word) ?? [];
  if (value !== undefined) {
    const name = value.replace(/^["“”]+|["“”]+$/g, ""), kind = fields[field.toLowerCase()];
    if (kind && name) return { kind, name, terms: [] };
    const day = parseDay(name);
    if (day && field.toLowerCase() === "before") return { from: 1, to: day[0] - 1, terms: [] };
    if (day && field.toLowerCase() === "after") return { from: day[1] + 1, to: latest, terms: [] };
  }
  const [, from, to] = /^(.*?)\.\.(.*)$/s.exec(word) ?? [];
  if (from || to) {
    const first = from ? parseDay(from) : [1], last = to ? parseDay(to) : [0, latest];
    if (first && last) return { from: first[0], to: last[1], terms: [] };
  }
  const quoted = quotes.test(word);
  const atom = { terms: terms(word), prefix: !quoted && word.endsWith("*") };
  if (atom.prefix) atom.terms = terms(word, true);
  if (atom.terms.length === 1 && lone(atom.terms[0])) atom.prefix = true;
  atom.phrase = quoted && atom.terms.length > 1;
  return atom.terms.length ? atom : null;
}

// parseDay is the first and the last day that a date means, or null.
function parseDay(text) {
  const m = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(text);
  if (!m) return null;
  const [year, month, day] = [+m[1], +(m[2] ?? 1), +(m[3] ?? 1)];
  if (!year || !month || month > 12 || !day || day > 31) return null;
  const first = (year * 12 + month - 1) * 32 + day;
  return [first, m[3] ? first : m[2] ? first + 30 : (year * 12 + 11) * 32 + 31];
}

// nameOf is the name a query may be, of words alone, or of one phrase; or "".
function nameOf(query, clauses) {
  if (/[*:]/.test(query) || /(?:^|\s)OR(?:\s|$)/.test(query)) return "";
  const plain = clauses.every((c) => !c.not && c.atoms[0].terms.length && (!c.atoms[0].phrase || clauses.length === 1));
  return plain ? foldName(query) : "";
}

const foldName = (name) => terms(name, true).join(" ");

// rarity is BM25's idf of a term in df of n articles, in 64ths.
function rarity(n, df) {
  return Math.max(1, log2(Math.floor((2 * n + 2) * 65536 / (2 * df + 1))) - 16 * 64);
}

function log2(x) {
  let whole = 0;
  while (2 ** (whole + 1) <= x) whole++;
  let y = Math.floor(x * 2 ** 20 / 2 ** whole), part = 0;
  for (let i = 0; i < 6; i++) {
    y = Math.floor(y * y / 2 ** 20);
    part *= 2;
    if (y >= 2 ** 21) { part++; y = Math.floor(y / 2); }
  }
  return whole * 64 + part;
}

// enough is how many articles beginnings of lists should lead to for ten to be sure, as far as words stand anywhere.
const enough = 50;

// Search is one query to an index.
export class Search {
  constructor(index, query) {
    Object.assign(this, { index, query, clauses: parse(query), entities: [], total: 0 });
    this.name = nameOf(query, this.clauses);
  }

  // run finds the articles: numbers, the best first, and scores by number. With partly, the beginnings of long lists do where they
  // lead to ten articles, and names are left for later; then cut is true, some may be missing, and total is about how many there are.
  async run(newest, partly) {
    this.load();
    let most = partly && !newest ? await this.reach() : Infinity;
    for (; ; most = Infinity) {
      if (most === Infinity) await this.resolve();
      this.lists(most);
      await this.lookUp();
      await this.scoreAll(most);
      const numbers = [];
      for (let i = 0; i < this.all.length; i++) if (this.all[i] > 0) numbers.push(i);
      this.numbers = Uint32Array.from(numbers);
      if (most === Infinity || numbers.length >= 10) break;
    }
    this.cut = most < Infinity;
    this.total = this.cut ? this.about(this.numbers.length) : this.numbers.length;
    if (newest) this.numbers.reverse();
    else this.numbers.sort((a, b) => this.all[b] - this.all[a] || b - a);
  }

  // reach is how many bytes of each list should lead to ten articles. What only a file can tell counts as none: to wait for it, and then
  // for the rest of the lists, would take one step more. The words of a name stand side by side more often than by chance: where their
  // lists are short they come first, while it is looked up in which articles it goes by another.
  async reach() {
    const { index } = this;
    for (const most of [listBeginning, 4 * listBeginning]) {
      const shares = await Promise.all(this.clauses.map((c) => this.share(c, most)));
      if (shares.reduce((n, share) => n * share, index.articles) >= enough) return most;
    }
    const named = index.packed && !this.clauses[0]?.atoms[0].phrase ? await index.entities(this.name) : [];
    if (!named.length || !await this.areShort(this.clauses.flatMap((c) => c.atoms[0].terms))) return Infinity;
    for (const s of index.segments) for (const e of named) index.lookUp(s, e.id).catch(() => {});
    return listBeginning;
  }

  // areShort tells whether the lists of words are no longer than their beginnings.
  async areShort(words) {
    const { index } = this;
    const found = await Promise.all(index.segments.flatMap((s) => words.map((term) => index.lookUp(s, term))));
    return found.every((e) => (e?.list?.size ?? 0) <= listBeginning);
  }

  // share is which part of the articles so many bytes of lists say that a clause holds of.
  async share({ not, atoms: [a, ...others] }, most) {
    const { index } = this;
    if (others.length || a.kind || a.phrase || a.prefix) return 0;
    if (a.from) {
      const months = index.segments.flatMap((s) => s.months).filter(({ at }) => at * 32 >= a.from && at * 32 + 31 <= a.to);
      return months.reduce((sum, { count }) => sum + count, 0) / index.articles;
    }
    let all = 1;
    for (const term of a.terms) {
      const found = await Promise.all(index.segments.map((s) => index.packed ? index.lookUp(s, term) : index.frequent(s, term)));
      all *= found.reduce((sum, e) => sum + (e ? e.articles * (not ? 1 : Math.min(1, most / (e.list?.size ?? 1))) : 0), 0) / index.articles;
    }
    return not ? 1 - all : all;
  }

  async scoreAll(most) {
    for (const c of this.clauses) {
      for (const a of c.atoms) Object.assign(a, { most: c.not ? Infinity : most, had: a.terms.map(() => 0) });
    }
    const parts = await Promise.all(this.index.segments.map((s, n) => this.scores(s, n)));
    this.all = new Int32Array(this.index.articles);
    parts.forEach((part, n) => this.all.set(part, this.index.segments[n].first));
  }

  // about is how many articles there may be, given how many the beginnings of lists led to: two digits of it.
  about(count) {
    let all = count, most = this.index.articles;
    for (const { not, atoms: [a, ...others] } of this.clauses) {
      if (not || others.length) continue;
      a.found.forEach((segments, i) => {
        const df = segments.flat().reduce((sum, e) => sum + e.articles, 0);
        all *= df / a.had[i];
        most = Math.min(most, df);
      });
    }
    return +Math.max(count, Math.min(all, most)).toPrecision(2);
  }

  // resolve puts ids in the place of names. A query that is an entity's name also finds articles in which it goes by another.
  async resolve() {
    const atoms = this.clauses.flatMap((c) => c.atoms);
    this.lists(Infinity);
    await Promise.all(atoms.filter((a) => a.kind).map((a) => this.identify(a)));
    const entities = await this.index.entities(this.name);
    if (!entities.length) return;
    const words = { phrase: this.clauses[0].atoms[0].phrase, terms: this.clauses.flatMap((c) => c.atoms[0].terms) };
    this.clauses = [{ not: false, atoms: [words, ...entities.map((e) => ({ terms: [e.id] }))] }];
    this.entities = await Promise.all(entities.map(async (e) => {
      const found = await Promise.all(this.index.segments.map((s) => this.index.lookUp(s, e.id)));
      const articles = found.reduce((sum, entry) => sum + (entry?.articles ?? 0), 0);
      return { ...e, articles, page: articles >= this.index.pageFrom };
    }));
    this.entities.sort((a, b) => b.articles - a.articles);
  }

  // load asks for what the query will read first, and waits for nothing.
  load() {
    const later = (found) => found.catch(() => {}); // who needs it will say what is wrong
    later(this.index.entities(this.name));
    for (const s of this.index.segments) {
      later(this.index.cards(s));
      for (const a of this.clauses.flatMap((c) => c.atoms)) {
        if (a.kind) later(this.index.lookUp(s, `${a.kind}/${slug(a.name)}`)); // as a rule
        if (a.from) later(this.index.days(s));
        if (a.phrase) later(this.index.rooms(s));
        a.terms.forEach((_, n) => later(this.entries(s, a, n)));
      }
    }
  }

  // lists asks for so many bytes of each word's list as soon as it is known where it stands, and waits for nothing.
  lists(most) {
    for (const s of this.index.segments) {
      for (const c of this.clauses) {
        for (const a of c.atoms) {
          a.terms.forEach((_, n) => this.entries(s, a, n).then((found) => Promise.all(found.map((e) => this.index.list(s, e, c.not ? Infinity : most)))).catch(() => {}));
        }
      }
    }
  }

  // warm asks for what a query will read that is being typed. Of a last word that begins so, it asks for the dictionary alone.
  async warm(part) {
    this.load();
    for (const s of this.index.segments) terms(part).forEach((term) => this.index.lookUp(s, term).catch(() => {}));
    this.lists(await this.reach());
  }

  async identify(atom) {
    if (["people", "places", "organizations"].includes(atom.kind)) {
      const found = await this.index.entities(foldName(atom.name));
      atom.terms = found.map((e) => e.id).filter((id) => id.startsWith(atom.kind + "/"));
    }
    if (!atom.terms.length) atom.terms = [`${atom.kind}/${slug(atom.name)}`];
  }

  // entries is what the dictionary has for the nth word of an atom.
  async entries(s, atom, n) {
    if (atom.prefix && n === atom.terms.length - 1) return this.index.beginning(s, atom.terms[n]);
    const e = await this.index.lookUp(s, atom.terms[n]);
    return e ? [e] : [];
  }

  // lookUp sets what every word is worth, and where each segment has it.
  async lookUp() {
    this.missing = new Set();
    await Promise.all(this.clauses.flatMap((c) => c.atoms).map(async (a) => {
      a.found = await Promise.all(a.terms.map((_, n) => Promise.all(this.index.segments.map((s) => this.entries(s, a, n)))));
      a.weights = a.found.map((segments, n) => {
        const df = segments.flat().reduce((sum, e) => sum + e.articles, 0);
        if (!df && !a.kind && !a.prefix) this.missing.add(a.terms[n]);
        return df ? rarity(this.index.articles, Math.min(df, this.index.articles)) : 0;
      });
    }));
  }

  // scores is the score of each article of the nth segment, 0 where it was not found.
  async scores(s, n) {
    const all = new Int32Array(s.articles);
    const sums = await Promise.all(this.clauses.map((c) => this.either(s, n, c)));
    const wanted = this.clauses.some((c) => !c.not);
    this.clauses.forEach((c, i) => {
      const sum = sums[i];
      for (let doc = 0; doc < all.length; doc++) {
        if (c.not === sum[doc] > 0) all[doc] = -1;
        else if (!c.not && all[doc] >= 0) all[doc] += sum[doc];
      }
    });
    for (let doc = 0; doc < all.length; doc++) {
      if (all[doc] < 0) all[doc] = 0;
      else if (!wanted && this.clauses.length) all[doc] = 1;
    }
    return all;
  }

  async either(s, n, clause) {
    const sum = new Int32Array(s.articles);
    for (const scores of await Promise.all(clause.atoms.map((a) => this.atom(s, n, a)))) {
      for (let doc = 0; doc < sum.length; doc++) sum[doc] += scores[doc];
    }
    return sum;
  }

  async atom(s, n, atom) {
    if (atom.from) return Int32Array.from(await this.index.days(s), (day) => day >= atom.from && day <= atom.to ? 1 : 0);
    const sum = new Int32Array(s.articles);
    if (!atom.kind && atom.found.some((segments) => !segments[n].length)) return sum;
    const marks = await Promise.all(atom.found.map(async (segments, i) => {
      const marks = new Uint8Array(s.articles);
      await Promise.all(segments[n].map((e) => this.index.impacts(s, e, marks, atom.most)));
      for (let doc = 0; doc < marks.length; doc++) if (marks[doc]) atom.had[i]++;
      return marks;
    }));
    marks.forEach((some, i) => {
      for (let doc = 0; doc < sum.length; doc++) {
        if (!some[doc] && !atom.kind) sum[doc] = -1;
        else if (sum[doc] >= 0) sum[doc] += atom.weights[i] * some[doc];
      }
    });
    for (let doc = 0; doc < sum.length; doc++) if (sum[doc] < 0) sum[doc] = 0;
    if (atom.phrase) await this.phrase(s, atom.found.map((segments) => segments[n][0]), marks, sum);
    return sum;
  }

  // phrase leaves the scores of articles in which the words follow each other.
  async phrase(s, entries, marks, scores) {
    const all = await Promise.all(entries.map(async (e, i) => {
      const at = new Map();
      await this.index.positions(s, e, marks[i], scores, (doc, positions) => at.set(doc, positions));
      return at;
    }));
    for (let doc = 0; doc < scores.length; doc++) {
      if (!scores[doc]) continue;
      const follow = all.slice(1).map((at) => new Set(at.get(doc)));
      if (!all[0].get(doc).some((p) => follow.every((set, i) => set.has(p + i + 1)))) scores[doc] = 0;
    }
  }

  // suggest is the query with words that no article has replaced by the likeliest ones that some have, or "".
  async suggest() {
    let better = this.query;
    for (const part of cut(this.query)) {
      if (/["“”:*]/.test(part)) continue;
      for (const [term, start, end] of tokens(part)) {
        const word = part.slice(start, end);
        if (!this.missing.has(term) || terms(word).length !== 1) continue;
        const likelier = await this.likelier(word, term);
        if (!likelier) return "";
        better = better.replace(word, () => likelier);
      }
    }
    return better === this.query ? "" : better;
  }

  async likelier(word, term) {
    const s = this.index.segments.reduce((a, b) => b.articles > a.articles ? b : a);
    const [plain] = terms(word, true), decoder = new TextDecoder();
    let best = "", most = 0, distance = [...term].length < 5 ? 2 : 3;
    for (const e of await this.index.near(s, term)) {
      if (e.id) continue;
      const other = decoder.decode(e.term);
      const d = Math.min(edits(term, other, distance + 1), edits(plain, other, distance + 1));
      if (d < distance || d === distance && best && e.articles > most) [best, most, distance] = [other, e.articles, d];
    }
    return best && this.wordOf(best, plain, term);
  }

  // wordOf is a word whose stem is that, ending as the word that was typed if that can be.
  wordOf(stem, typed, typedStem) {
    const words = ["", "e", "s", "ion", "ing", "ed"].map((end) => stem + end);
    if (stem.endsWith("i")) words.unshift(stem.slice(0, -1) + "y");
    if (typed.startsWith(typedStem) && typed !== typedStem) words.unshift(stem + typed.slice(typedStem.length));
    return words.find((word) => terms(word).join() === stem) ?? stem;
  }
}

// edits is how many letters must be put in, left out, changed or swapped with their neighbour to make b of a, or most.
function edits(a, b, most) {
  const x = [...a], y = [...b];
  if (Math.abs(x.length - y.length) >= most) return most;
  let before = [], above = y.map((_, j) => j).concat(y.length);
  for (let i = 1; i <= x.length; i++) {
    const row = [i];
    for (let j = 1; j <= y.length; j++) {
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x[i - 1] !== y[j - 1]));
      if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, above] = [above, row];
  }
  return Math.min(above[y.length], most);
}
