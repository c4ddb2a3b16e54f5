// What may have been meant by a query that finds nothing: the same as package search makes of it (see its suggest.go).

import { utf8 } from "./index.js";
import { cut, endings } from "./seek.js";
import { terms, tokens } from "./text.js";

// suggest is the query with words that no article has replaced by the likeliest ones that some have, or "".
export async function suggest({ index, query, missing }) {
  let better = "", done = 0;
  for (const { 0: part, index: from } of cut(query)) {
    if (/[:*]/.test(part)) continue;
    for (const [term, start, end] of tokens(part)) {
      const word = part.slice(start, end);
      if (!missing.has(term) || terms(word).length !== 1) continue;
      const nearest = await likelier(index, word, term);
      if (!nearest) return "";
      better += query.slice(done, from + start) + nearest;
      done = from + end;
    }
  }
  return done ? better + query.slice(done) : "";
}

// likelier is the word nearest to one that no article has, among those of the largest segment whose stems begin like it.
async function likelier(index, word, term) {
  if (/\p{N}/u.test(word)) return "";
  const s = index.segments.reduce((a, b) => b.articles > a.articles ? b : a);
  const [typed] = terms(word, true), own = typed.startsWith(term) ? typed.slice(term.length) : typed;
  let best = "", most = 0, distance = [...term].length < 5 ? 2 : 3;
  for (const e of await index.near(s, term)) {
    if (e.id) continue;
    const stem = utf8.decode(e.term), room = [...stem].length - 2;
    const forms = [...endings.filter((end) => end.length <= room), own, ""].map((end) => stem + end);
    if (stem.endsWith("i")) forms.unshift(stem.slice(0, -1) + "y");
    for (const form of forms) {
      const d = edits(typed, form, distance + 1);
      if (!(d < distance || d === distance && best && e.articles > most)) continue;
      if (form === stem || terms(form).join() === stem) [best, most, distance] = [form, e.articles, d];
    }
  }
  return best;
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
