// A query as package search reads it: see the comment in its query.go.

import { lone, terms } from "./text.js";

const fields = {
  person: "people", people: "people", place: "places", org: "organizations", organization: "organizations",
  tag: "tags", by: "authors", author: "authors", section: "sections", publication: "publications", language: "languages",
};
const latest = 2 ** 30;
const quotes = /["“”]/;

// cut parts a query at its blanks, but for those in quotes.
export const cut = (query) => query.match(/(?:["“”][^"“”]*(?:["“”]|$)|[^\s"“”])+/g) ?? [];

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
export function nameOf(query, clauses) {
  if (/[*:]/.test(query) || /(?:^|\s)OR(?:\s|$)/.test(query)) return "";
  const plain = clauses.every((c) => !c.not && c.atoms[0].terms.length && (!c.atoms[0].phrase || clauses.length === 1));
  return plain ? foldName(query) : "";
}

export const foldName = (name) => terms(name, true).join(" ");
