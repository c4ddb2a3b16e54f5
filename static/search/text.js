// Words of texts and what they count as: the same as package search makes of them, character by character.

import { language, stem } from "./stem.js";

const word = /(?:\p{L}\p{M}*\.)+\p{L}\p{M}*(?![\p{L}\p{N}\p{M}])|[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’](?=[\p{L}\p{N}])|(?<=[0-9]),(?=[0-9]))*/gu;
const solid = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const spelled = { ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ" };
const elided = {
  fr: /^(?:c|d|j|jusqu|l|lorsqu|m|n|puisqu|qu|quoiqu|s|t)['’]+/i,
  it: /^(?:agl|all|c|d|dagl|dall|degl|dell|gl|l|m|negl|nell|quell|quest|s|sugl|sull|t|un|v)['’]+/i,
}[language] ?? /^$/;
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
  for (const letter of text.normalize("NFKD")) {
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

// reduce is the stem of a word, or the word where it is not all letters.
function reduce(word) {
  if (!language) return word;
  word = word.replace(elided, "");
  const whole = letters(word);
  return whole ? stem(whole) : word;
}

// letters is a word as its stemmer takes it, or "". The English and the Dutch take no accents, which others want.
function letters(word) {
  if (language === "en" || language === "nl") {
    const parts = fold(word);
    return parts.length === 1 && /^[a-z]+$/.test(parts[0]) ? parts[0] : "";
  }
  if (/\p{N}/u.test(word) || solid.test(word)) return "";
  return Array.from(word.normalize("NFC").replace(/\P{L}/gu, ""), (letter) => [...letter.toLowerCase()][0]).join("").replaceAll("ё", "е");
}

// tokens is every term of a text with the place of its word: [term, start, end].
export function* tokens(text, plain = false) {
  for (const m of text.matchAll(word)) {
    const own = m[0].replace(/['’][sS]$/, "");
    for (const part of fold(plain ? own : reduce(own))) yield [part, m.index, m.index + m[0].length];
  }
}

// terms is those of a text; plain, without stemming.
export function terms(text, plain = false) {
  return Array.from(tokens(text, plain), ([term]) => term);
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
