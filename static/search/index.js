// The files of a search index, as package search writes them; its comments say what stands in each.

import { language } from "./stem.js";
import { slug } from "./text.js";

const listFile = 32 << 10, positionFile = 256 << 10, cardsFile = 160, highestImpact = 8, version = 1;
const utf8 = new TextDecoder(), toBytes = new TextEncoder();

export class Index {
  #files = new Map();

  // open reads the root of an index; load gives the bytes of a file by its path below the search folder.
  static async open(load) {
    const x = new Index();
    x.load = load;
    const r = new Numbers(await unzip(await load("root.bin")));
    if (r.int() !== version) throw new Error("root.bin is no index that this page can read");
    if (r.string() !== language) throw new Error("stem.js is for another language than the index");
    x.articles = 0;
    x.segments = Array.from({ length: r.int() }, () => {
      const s = { folder: r.string(), first: x.articles };
      const head = new Numbers(r.take(r.int()));
      s.articles = head.int();
      s.months = runs(head.take(head.int()));
      s.blocks = separators(head);
      x.articles += s.articles;
      return s;
    });
    x.names = { folder: r.string() };
    x.names.blocks = separators(new Numbers(r.take(r.int())));
    return x;
  }

  // file is what is made of a file of a bundle, once.
  file(bundle, name, make) {
    const path = `${bundle.folder}/${name}.bin`;
    if (!this.#files.has(path)) {
      const made = this.load(path).then(make);
      made.catch(() => this.#files.delete(path));
      this.#files.set(path, made);
    }
    return this.#files.get(path);
  }

  text(bundle, name) {
    return this.file(bundle, name, async (b) => utf8.decode(await unzip(b)));
  }

  block(s, n) {
    return this.file(s, "d" + n, async (b) => new Block(await unzip(b)));
  }

  // lookUp is the entry of a term, or undefined.
  async lookUp(s, term) {
    const bytes = toBytes.encode(term);
    return (await this.block(s, holding(s, bytes))).find(bytes);
  }

  // near is the entries of the block that would hold a term.
  async near(s, term) {
    return (await this.block(s, holding(s, toBytes.encode(term)))).all();
  }

  // beginning is the entries of the words that begin with a prefix.
  async beginning(s, prefix) {
    const bytes = toBytes.encode(prefix), found = [];
    for (let n = holding(s, bytes); n < s.blocks.length && (compare(s.blocks[n], bytes) <= 0 || startsWith(s.blocks[n], bytes)); n++) {
      found.push(...(await this.block(s, n)).all().filter((e) => !e.id && startsWith(e.term, bytes)));
    }
    return found;
  }

  // bytesAt is what stands at a spot of numbered files.
  async bytesAt(s, name, spot, size) {
    const parts = [];
    for (let file = spot.file, from = spot.offset, left = spot.size; left > 0; file++, from = 0) {
      const n = Math.min(left, size - from);
      const start = from;
      parts.push(this.file(s, name + file, (b) => b).then((b) => b.subarray(start, start + n)));
      left -= n;
    }
    const all = await Promise.all(parts);
    if (all.length === 1) return all[0];
    return new Uint8Array(await new Blob(all).arrayBuffer());
  }

  // impacts marks the articles of a term with its impact in them, where that is higher than what stands there.
  async impacts(s, entry, marks) {
    const r = new Bits(entry.inline ?? await this.bytesAt(s, "p", entry.list, listFile));
    for (let impact = highestImpact + 1, left = entry.articles; left > 0;) {
      impact -= r.gamma();
      const count = Math.min(r.gamma(), left);
      r.docs(count, s.articles, (doc) => { if (marks[doc] < impact) marks[doc] = impact; });
      left -= count;
    }
  }

  // positions calls each with the positions of a word in those articles that have a score.
  async positions(s, entry, marks, scores, each) {
    const rooms = await this.file(s, "rooms", unzip), docs = [];
    for (let doc = 0; doc < marks.length; doc++) if (marks[doc]) docs.push(doc);
    let at = 0;
    await Promise.all(entry.positions.map(async (part) => {
      const here = docs.slice(at, at += part.docs);
      if (!here.some((doc) => scores[doc] > 0)) return;
      const r = new Bits(await this.bytesAt(s, "w", part, Math.max(positionFile, part.offset + part.size)));
      const few = r.bits(4);
      for (const doc of here) {
        const count = r.rice(few) + 1, room = roomOf(rooms[doc]), positions = [];
        if (count === 1) positions.push(r.below(room));
        else for (let k = riceFor(room, count + 1), p = -1; positions.length < count;) positions.push(p += r.rice(k) + 1);
        if (scores[doc] > 0) each(doc, positions);
      }
    }));
  }

  // days is the day of each article of a segment, 0 where it is not known.
  days(s) {
    return this.file(s, "days", async (b) => spread(runs(await unzip(b)), s.articles));
  }

  async card(number) {
    const s = this.segments.findLast((s) => number >= s.first), doc = number - s.first;
    const lines = (await this.text(s, "c" + Math.floor(doc / cardsFile))).split("\n");
    const [url, title, date, publication] = lines[doc % cardsFile].split("\t");
    return { number, url: url.replace("*", () => slug(title)), title, date, publication };
  }

  // entities is those of a name, with their preferred names.
  async entities(name) {
    if (!name || !this.names.folder) return [];
    const lines = await this.text(this.names, "n" + holding(this.names, toBytes.encode(name)));
    return lines.split("\n").map((line) => line.split("\t")).filter(([key]) => key === name).map(([, id, label, page]) => ({ id, name: label, page: page !== "" }));
  }

  // facets is the commonest ids of a folder in a segment, each with its articles.
  facets(s, folder) {
    return this.file(s, "f-" + folder, async (b) => {
      const r = new Numbers(await unzip(b));
      return Array.from({ length: r.int() }, () => {
        const id = r.string(), count = r.int(), docs = new Uint32Array(count);
        let n = 0;
        new Bits(r.take(r.int())).docs(count, s.articles, (doc) => { docs[n++] = doc; });
        return { id, docs };
      });
    });
  }

  async labels() {
    return new Map((await this.text(this.names, "labels")).split("\n").map((line) => line.split("\t")));
  }
}

// unzip takes what a server has unpacked already as it is.
export async function unzip(b) {
  if (b[0] !== 0x1f || b[1] !== 0x8b) return b;
  return new Uint8Array(await new Response(new Blob([b]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

// Numbers reads varints and strings.
class Numbers {
  constructor(b, at = 0) { this.b = b; this.at = at; }
  int() {
    let n = 0;
    for (let scale = 1; ; scale *= 128) {
      const c = this.b[this.at++];
      if (c === undefined) throw new Error("the index is damaged");
      n += (c & 127) * scale;
      if (c < 128) return n;
    }
  }
  take(n) { return this.b.subarray(this.at, this.at += n); }
  string() { return utf8.decode(this.take(this.int())); }
  // front reads what is coded by what it shares with the one before.
  front(last) {
    const shared = this.int(), rest = this.int(), b = new Uint8Array(shared + rest);
    b.set(last.subarray(0, shared));
    b.set(this.take(rest), shared);
    return b;
  }
}

function separators(r) {
  const list = [new Uint8Array(0)];
  for (let n = r.int(); n > 1; n--) list.push(r.front(list.at(-1)));
  return list;
}

// runs is how many articles follow each other in a month or on a day: {at, count}.
function runs(b) {
  const list = [], r = new Numbers(b);
  for (let at = 0; r.at < b.length;) list.push({ at: at += r.int(), count: r.int() });
  return list;
}

// spread is what each article has of such runs.
export function spread(list, articles) {
  const all = new Uint32Array(articles);
  let doc = 0;
  for (const { at, count } of list) all.fill(at, doc, doc += count);
  return all;
}

function compare(a, b) {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

const startsWith = (b, prefix) => b.length >= prefix.length && prefix.every((c, i) => b[i] === c);

// holding is the block that would hold a term.
function holding(s, term) {
  let low = 0, high = s.blocks.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if (compare(s.blocks[mid], term) <= 0) low = mid;
    else high = mid - 1;
  }
  return low;
}

// Shelf tells where bytes stand among files of a size.
class Shelf {
  constructor(size, file, used) { Object.assign(this, { size, file, used }); }
  alone(n) {
    const at = { file: this.file, offset: 0, size: n };
    this.file += Math.ceil(n / this.size);
    return at;
  }
  whole(n) {
    if (this.used > 0 && this.used + n > this.size) { this.file++; this.used = 0; }
    const at = { file: this.file, offset: this.used, size: n };
    this.used += n;
    if (this.used >= this.size) { this.file++; this.used = 0; }
    return at;
  }
}

// Block is one of the dictionary.
class Block {
  constructor(b) { this.b = b; }

  // each is the first entry that is wanted.
  each(want) {
    const r = new Numbers(this.b), count = r.int();
    const lists = new Shelf(listFile, r.int(), r.int()), positions = new Shelf(positionFile, r.int(), r.int());
    const terms = new Numbers(r.take(r.int())), numbers = new Numbers(r.take(r.int()));
    let term = new Uint8Array(0);
    for (let n = 0; n < count; n++) {
      term = terms.front(term);
      const e = { term, articles: numbers.int(), id: term.includes(47), positions: [] };
      const list = numbers.int(), size = Math.floor(list / 2);
      if (list % 2) e.inline = r.take(size);
      else e.list = lists.alone(size);
      if (!e.id) {
        const code = numbers.int();
        if (code % 2 === 0) e.positions.push({ docs: e.articles, ...positions.whole(code / 2) });
        else for (let i = 1; i < code; i += 2) e.positions.push({ docs: numbers.int(), ...positions.whole(numbers.int()) });
      }
      if (want(e)) return e;
    }
  }

  find(bytes) { return this.each((e) => compare(e.term, bytes) === 0); }

  all() {
    const list = [];
    this.each((e) => { list.push(e); });
    return list;
  }
}

// roomOf is how many positions an article with that code has at most.
const roomOf = (code) => code < 16 ? code : (9 + (code - 16) % 8) * 2 ** (Math.floor((code - 16) / 8) + 1);

// riceFor is the parameter for numbers of that mean, as sum/count.
function riceFor(sum, count) {
  const mean = Math.floor(sum * 11 / (count * 16));
  return mean > 1 ? 31 - Math.clz32(mean) : 0;
}

// Bits reads gamma, Rice and truncated binary codes.
class Bits {
  constructor(b) { this.b = b; this.at = 0; }
  peek() {
    const i = this.at >> 3, n = this.at & 7, b = this.b;
    return ((b[i] << 24 | b[i + 1] << 16 | b[i + 2] << 8 | b[i + 3]) << n | b[i + 4] >> 8 - n) >>> 0;
  }
  bits(n) {
    if (n === 0) return 0;
    const v = this.peek() >>> 32 - n;
    this.at += n;
    return v;
  }
  unary() {
    for (let q = 0; ; q += 32, this.at += 32) {
      const v = this.peek();
      if (v) {
        const n = Math.clz32(v);
        this.at += n + 1;
        return q + n;
      }
      if (this.at > 8 * this.b.length) throw new Error("the index is damaged");
    }
  }
  gamma() {
    const n = this.unary();
    return 2 ** n + this.bits(n);
  }
  rice(k) { return this.unary() * 2 ** k + this.bits(k); }
  below(n) {
    const k = 31 - Math.clz32(n), short = 2 ** (k + 1) - n, v = this.bits(k);
    return v < short ? v : 2 * v + this.bits(1) - short;
  }
  docs(count, articles, each) {
    for (let k = riceFor(articles, count), doc = -1; count > 0; count--) each(doc += this.rice(k) + 1);
  }
}
