// Words of texts and what they count as: the same as package search makes of them, character by character.

import { stem } from "./stem.js";

const word = /(?:\p{L}\p{M}*\.)+\p{L}\p{M}*(?![\p{L}\p{N}\p{M}])|[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’](?=[\p{L}\p{N}])|(?<=[0-9]),(?=[0-9]))*/gu;
const solid = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const spelled = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ" };
const longest = 48;

// fold is a word without case and accents, cut into pairs of letters where its script parts no words.
function fold(text) {
  const parts = [];
  let run = [], was = false;
  const flush = () => {
    if (run.length && (!was || run.length === 1)) parts.push(run.slice(0, longest).join(""));
    else for (let i = 0; i + 1 < run.length; i++) parts.push(run[i] + run[i + 1]);
    run = [];
  };
  for (const letter of text.replace(/['’][sS]$/, "").normalize("NFKD")) {
    if (!/[\p{L}\p{N}]/u.test(letter)) continue;
    const is = letter >= "\u0e00" && solid.test(letter);
    if (is !== was) flush();
    was = is;
    const lower = [...letter.toLowerCase()][0];
    run.push(...spelled[lower] ?? lower);
  }
  flush();
  return parts;
}

// tokens is every term of a text with the place of its word: [term, start, end].
export function* tokens(text, stemmed) {
  for (const m of text.matchAll(word)) {
    for (const part of fold(m[0])) {
      yield [stemmed && /^[a-z]+$/.test(part) ? stem(part) : part, m.index, m.index + m[0].length];
    }
  }
}

export function terms(text, stemmed) {
  return Array.from(tokens(text, stemmed), ([term]) => term);
}

// lone reports whether a term is one letter of a script that is kept in pairs.
export const lone = (term) => [...term].length === 1 && solid.test(term);

// slug is a name as ids and addresses have it, cut at a hyphen to 80 characters.
export function slug(name) {
  const all = name.normalize("NFC").replace(/['’]/g, "").toLowerCase().replace(/[^\p{L}\p{Nd}\p{M}]+/gu, "-").replace(/^-|-$/g, "");
  if (all.length <= 80) return all;
  const cut = all.slice(0, 80);
  return (all[80] !== "-" && cut.lastIndexOf("-") > 0 ? cut.slice(0, cut.lastIndexOf("-")) : cut).replace(/-+$/, "");
}
