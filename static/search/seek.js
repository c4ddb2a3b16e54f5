// Finding articles in an index: queries are read as package search reads them (see its query.go), and the same hits come, with the
// same scores, in the same order.

import { listBeginning } from "./index.js";
import { lone, slug, terms, tokens } from "./text.js";

const fields = {
  __proto__: null, person: "people", people: "people", place: "places", org: "organizations", organization: "organizations",
  tag: "tags", by: "authors", author: "authors", section: "sections", publication: "publications", language: "languages",
};
const named = ["people", "places", "organizations"];
const latest = 2 ** 30;
export const endings = "s ion ment ent er ation ing ed es ence ance ity ism ist al ic ly ive able ous ization e".split(" ");

// cut parts a query at its blanks, but for those in quotes.
export const cut = (query) => [...query.matchAll(/(?:["“”„«»][^"“”„«»]*(?:["“”„«»]|$)|[^\p{White_Space}"“”„«»])+/gu)];

// parse is a list of clauses, each {not, atoms}; an atom has text and terms, with phrase, or prefix and stems; or kind and name; or from and to.
export function parse(query) {
  const clauses = [];
  let or = false;
  for (let [word] of cut(query)) {
    if (word === "OR" || word === "AND") {
      or = word === "OR" && clauses.length > 0;
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

const span = (from, to) => ({ from, to, terms: [] });

function parseAtom(word) {
  const [, field, value] = /^([^:]*):(.*)$/s.exec(word) ?? [];
  if (value !== undefined) {
    const name = value.replace(/^["“”„«»]+|["“”„«»]+$/g, ""), what = field.toLowerCase(), kind = fields[what], day = parseDay(name);
    if (kind && name) return { kind, name, terms: [] };
    if (day && what === "before") return span(1, day[0] - 1);
    if (day && what === "after") return span(day[1] + 1, latest);
  }
  const [, from, to] = /^(.*?)\.\.(.*)$/s.exec(word) ?? [];
  if (from || to) {
    const first = from ? parseDay(from) : [1], last = to ? parseDay(to) : [0, latest];
    if (first && last) return first[0] <= last[1] ? span(first[0], last[1]) : span(last[0], first[1]);
  }
  const quoted = /["“”„«»]/.test(word), all = terms(word), last = all.length - 1;
  if (last < 0) return null;
  const atom = { text: word, terms: all, stems: [], prefix: !quoted && word.endsWith("*"), phrase: quoted && last > 0 };
  if (atom.prefix) [all[last], atom.stems] = beginning(word);
  else if (!last && lone(all[0])) atom.prefix = true;
  return atom;
}

// beginning is the last word of a text as it is, and the stems of words that begin so but have a shorter one.
function beginning(text) {
  const [term, start, end] = [...tokens(text, true)].at(-1), word = text.slice(start, end), stems = new Set();
  for (const ending of ["", ...endings]) {
    for (let at = 0; at <= ending.length; at++) {
      const tail = ending.slice(at), [stem, ...more] = terms(word + tail);
      if (!more.length && !stem.startsWith(term) && (!tail || term.startsWith(stem))) stems.add(stem);
    }
  }
  return [term, [...stems]];
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

// nameOf is the name that the words of a query may be, all it has, or one phrase; or "". With it come the clauses of these words, and
// the others.
function nameOf(clauses) {
  const said = (c) => !c.not && c.atoms.some((a) => a.text), words = clauses.filter(said);
  const plain = words.every(({ atoms: [a, ...more] }) => !more.length && !/[*:]/.test(a.text) && (!a.phrase || words.length === 1));
  return { name: plain ? foldName(words.map((c) => c.atoms[0].text).join(" ")) : "", words, others: clauses.filter((c) => !said(c)) };
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
    const clauses = parse(query);
    Object.assign(this, { index, query, clauses, entities: [] }, nameOf(clauses));
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
    const entities = index.packed && !this.others.length && !this.words[0]?.atoms[0].phrase ? await index.entities(this.name) : [];
    if (!entities.length || !await this.areShort(this.words.flatMap((c) => c.atoms[0].terms))) return Infinity;
    for (const s of index.segments) for (const e of entities) index.lookUp(s, e.id).catch(() => {});
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

  // resolve puts ids in the place of names. Words that are an entity's name also find articles in which it goes by another.
  async resolve() {
    const atoms = this.clauses.flatMap((c) => c.atoms);
    this.lists(Infinity);
    await Promise.all(atoms.filter((a) => a.kind).map((a) => this.identify(a)));
    const entities = await this.index.entities(this.name);
    if (!entities.length) return;
    const words = { phrase: this.words[0].atoms[0].phrase, terms: this.words.flatMap((c) => c.atoms[0].terms) };
    this.clauses = [{ not: false, atoms: [words, ...entities.map((e) => ({ terms: [e.id] }))] }, ...this.others];
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

  // identify sets the ids that a field's name means: the one it is, or those that go by it.
  async identify(atom) {
    const own = (e) => e.id === `${atom.kind}/${atom.name}`, all = named.includes(atom.kind) ? await this.index.entities(foldName(atom.name)) : [];
    atom.named = all.some(own) ? all.filter(own) : all.filter((e) => e.id.startsWith(atom.kind + "/"));
    atom.terms = atom.named.length ? atom.named.map((e) => e.id) : [`${atom.kind}/${slug(atom.name)}`];
  }

  // entries is what the dictionary has for the nth word of an atom.
  async entries(s, { terms, prefix, stems }, n) {
    const last = prefix && n === terms.length - 1, begun = last ? this.index.beginning(s, terms[n]) : [];
    return (await Promise.all([begun, ...(last ? stems : [terms[n]]).map((term) => this.index.lookUp(s, term))])).flat().filter((e) => e);
  }

  // lookUp sets what every word is worth, and where each segment has it.
  async lookUp() {
    this.missing = new Set();
    await Promise.all(this.clauses.flatMap((c) => c.atoms.map(async (a) => {
      a.found = await Promise.all(a.terms.map((_, n) => Promise.all(this.index.segments.map((s) => this.entries(s, a, n)))));
      a.weights = a.found.map((segments, n) => {
        const df = segments.flat().reduce((sum, e) => sum + e.articles, 0);
        if (!df && !c.not && !a.kind && !a.prefix) this.missing.add(a.terms[n]);
        return df ? rarity(this.index.articles, Math.min(df, this.index.articles)) : 0;
      });
    })));
  }

  // scores is the score of each article of the nth segment, 0 where it was not found.
  async scores(s, n) {
    const wanted = this.clauses.some((c) => !c.not), all = new Int32Array(s.articles).fill(!wanted && this.clauses.length ? 1 : 0);
    await Promise.all(this.clauses.map(async (c) => {
      const sum = new Int32Array(s.articles), atoms = await Promise.all(c.atoms.map((a) => this.atom(s, n, a)));
      for (const scores of atoms) scores.forEach((score, doc) => { sum[doc] += score; });
      sum.forEach((score, doc) => {
        if (c.not === score > 0) all[doc] = -1;
        else if (all[doc] >= 0) all[doc] += score;
      });
    }));
    return all.map((score) => Math.max(score, 0));
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
    sum.forEach((score, doc) => { if (score < 0) sum[doc] = 0; });
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

  // suggest is another query, for one that finds nothing, or "".
  async suggest() {
    return (await import("./suggest.js")).suggest(this);
  }
}
