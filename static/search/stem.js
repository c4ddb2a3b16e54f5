// English words to their stems, by the Porter2 algorithm as Snowball has it (snowballstem.org, "English"). Words are in
// lower case, of the letters a to z alone.

const whole = new Map(Object.entries({
  skis: "ski", skies: "sky", dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl",
}));
for (const word of ["sky", "news", "howe", "atlas", "cosmos", "bias", "andes"]) whole.set(word, word);
const done = new Set(["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"]);

const vowel = /[aeiouy]/;
const short = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/;

const second = new Map(Object.entries({
  tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize", ational: "ate", ation: "ate", ator: "ate",
  alism: "al", aliti: "al", alli: "al", fulness: "ful", ousli: "ous", ousness: "ous", iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble",
  ogi: "og", fulli: "ful", lessli: "less", li: "",
}));
const third = new Map(Object.entries({
  tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "", ative: "",
}));
const fourth = new Set(["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion"]);

// ending is the longest ending of a word that a table has, or undefined.
function ending(word, table) {
  for (let n = Math.min(7, word.length); n > 1; n--) {
    if (table.has(word.slice(-n))) return word.slice(-n);
  }
}

// after is where the region after the first vowel and consonant from a place on begins.
function after(word, from) {
  const m = /[aeiouy][^aeiouy]/.exec(word.slice(from));
  return m ? from + m.index + 2 : word.length;
}

export function stem(word) {
  if (word.length < 3) return word;
  if (whole.has(word)) return whole.get(word);
  word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const prefix = /^(?:gener|commun|arsen)/.exec(word);
  const r1 = prefix ? prefix[0].length : after(word, 0), r2 = after(word, r1);

  if (word.endsWith("sses")) word = word.slice(0, -2);
  else if (/ie[ds]$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
  else if (/[^us]s$/.test(word) && vowel.test(word.slice(0, -2))) word = word.slice(0, -1);
  if (done.has(word)) return word;

  let m = /(eedly|ingly|edly|eed|ing|ed)$/.exec(word);
  if (m && m[0].startsWith("ee")) {
    if (m.index >= r1) word = word.slice(0, m.index) + "ee";
  } else if (m && vowel.test(word.slice(0, m.index))) {
    word = word.slice(0, m.index);
    if (/(?:at|bl|iz)$/.test(word)) word += "e";
    else if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) word = word.slice(0, -1);
    else if (r1 >= word.length && short.test(word)) word += "e";
  }
  if (/.[^aeiouy][yY]$/.test(word)) word = word.slice(0, -1) + "i";

  let end = ending(word, second), at = word.length - (end ?? "").length;
  if (end && at >= r1 && (end !== "ogi" || word[at - 1] === "l") && (end !== "li" || /[cdeghkmnrt]/.test(word[at - 1]))) {
    word = word.slice(0, at) + second.get(end);
  }
  end = ending(word, third);
  at = word.length - (end ?? "").length;
  if (end && at >= (end === "ative" ? r2 : r1)) word = word.slice(0, at) + third.get(end);

  end = ending(word, fourth);
  at = word.length - (end ?? "").length;
  if (end && at >= r2 && (end !== "ion" || /[st]/.test(word[at - 1]))) word = word.slice(0, at);

  at = word.length - 1;
  if (word[at] === "e" ? at >= r2 || at >= r1 && !short.test(word.slice(0, at)) : word[at] === "l" && at >= r2 && word[at - 1] === "l") {
    word = word.slice(0, at);
  }
  return word.replaceAll("Y", "y");
}
