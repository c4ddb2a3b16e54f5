// The files of a search index, as package search writes them; its comments say what stands in each.

import { language } from "./stem.js";
import { slug, terms } from "./text.js";

const listBeginning = 16 << 10, olderPack = 2 << 20, newestPack = 16 << 20, highestImpact = 8, titleWeight = 3, version = 7;
// kinds are the files of a segment, and how many of each go by one hash in a large one.
const kinds = { d: 4, p: 4, v: 1, w: 1, c: 8, cards: 1, rooms: 1, days: 1, facets: 1 };
const utf8 = new TextDecoder(), toBytes = new TextEncoder();

export { listBeginning, utf8 };

export class Index {
  #files = new Map();

  // open reads the roots of an index; load gives the bytes of a file by its path below the search folder, or where a size is given that
  // many from one on.
  static async open(load) {
    const x = new Index();
    x.load = load;
    const [r, w] = (await Promise.all(["root.bin", "words.bin"].map(async (name) => unzip(await load(name))))).map((b) => new Numbers(b));
    if (r.int() !== version) throw new Error("root.bin is no index that this page can read");
    if (r.string() !== language) throw new Error("stem.js is for another language than the index");
    x.packed = r.int() === 1;
    if (r.hex(5) !== w.hex(5)) throw new Error("root.bin and words.bin are not of one build");
    x.together = x.packed ? 64 : 96; // cards
    x.articles = 0;
    x.segments = Array.from({ length: r.int() }, (_, n) => {
      const s = { folder: `s${n}`, first: x.articles, pack: x.packed ? n > 0 ? newestPack : olderPack : 0 };
      const head = new Numbers(r.take(r.int()));
      [s.articles, s.average] = [head.int(), head.int()];
      s.months = runs(head.take(head.int()));
      x.#blocks(s, head);
      const more = new Numbers(w.take(w.int())), frequent = more.take(more.int());
      if (frequent.length) s.frequent = new Block(frequent, 0);
      s.files = x.#directory(more, x.packed || s.articles <= 25_000);
      x.articles += s.articles;
      return s;
    });
    x.labelled = { folder: "names", files: { labels: Array.from({ length: w.int() }, () => `labels-${w.hex(5)}`) } };
    x.pageFrom = w.int(); // articles, of an entity that has a page
    x.names = ["older", "newest"].map((kind) => {
      const s = { folder: "names", kind, pack: x.packed ? olderPack : 0, files: { [kind]: Array.from({ length: w.int() }, () => w.hex(5)) } };
      if (s.files[kind].length) x.#blocks(s, w);
      return s;
    }).filter((s) => s.blocks);
    return x;
  }

  // directory is what each file of a segment is called, by kind; alone when each goes by its own hash.
  #directory(r, alone) {
    const files = {};
    for (const [kind, together] of Object.entries(kinds)) {
      let hash;
      files[kind] = Array.from({ length: r.int() }, (_, n) => {
        if (alone || n % together === 0) hash = r.hex(4);
        return `${kind}${n}-${hash}`;
      });
    }
    return files;
  }

  // blocks reads what leads to blocks: the separator before each, and in packs where it stands.
  #blocks(s, r) {
    s.blocks = [new Uint8Array(0)];
    for (let n = r.int(); n > 1; n--) s.blocks.push(r.front(s.blocks.at(-1)));
    if (s.pack) s.places = places(r, s.blocks.length, s.pack);
  }

  // file is what is made of the nth file of a kind, or of part of it, once.
  file(bundle, kind, n, make, from, size) {
    const name = bundle.files[kind][n], path = `${bundle.folder}/${name}.bin`, key = `${path} ${from} ${size}`;
    if (!name) return Promise.reject(damaged());
    if (!this.#files.has(key)) {
      const made = this.load(path, from, size).then(make);
      made.catch(() => this.#files.delete(key));
      this.#files.set(key, made);
    }
    return this.#files.get(key);
  }

  // numbered is what is made of the nth of compressed things: a file, or what stands at a place in packs.
  async #numbered(bundle, kind, n, at, make) {
    if (!at) return this.file(bundle, kind, n, async (b) => make(await unzip(b)));
    const key = `${bundle.folder} ${kind} ${n}`;
    if (!this.#files.has(key)) this.#files.set(key, this.bytesAt(bundle, kind, at[n], bundle.pack, bundle.pack).then(unzipPart).then(make));
    return this.#files.get(key);
  }

  #block(s, n) {
    return this.#numbered(s, "d", n, s.places, (b) => new Block(b, s.pack, n));
  }

  // lookUp is the entry of a term, or undefined.
  async lookUp(s, term) {
    const bytes = toBytes.encode(term);
    return this.frequent(s, term) ?? (await this.#block(s, holding(s, bytes))).find(bytes);
  }

  // frequent is the entry of a term that is frequent in a segment, or undefined; nothing needs to be read for it.
  frequent(s, term) {
    return s.frequent?.find(toBytes.encode(term));
  }

  // near is the entries of the block that would hold a term, and those of frequent words.
  async near(s, term) {
    const block = await this.#block(s, holding(s, toBytes.encode(term)));
    return block.all().concat(s.frequent?.all() ?? []);
  }

  // beginning is the entries of the words that begin with a prefix.
  async beginning(s, prefix) {
    const bytes = toBytes.encode(prefix), blocks = [s.frequent];
    for (let n = holding(s, bytes); n < s.blocks.length && (compare(s.blocks[n], bytes) <= 0 || startsWith(s.blocks[n], bytes)); n++) {
      blocks.push(await this.#block(s, n));
    }
    return blocks.flatMap((b) => b?.all() ?? []).filter((e) => !e.id && startsWith(e.term, bytes));
  }

  // bytesAt is what stands at a spot of numbered files, of which the first holds so many bytes, and those after it so many.
  async bytesAt(s, kind, { file, offset, size }, first, more) {
    const parts = [];
    for (let room = first - offset; size > 0; file++, offset = 0, room = more) {
      const from = offset, n = Math.min(room, size), as = (b) => b;
      parts.push(s.pack ? this.file(s, kind, file, as, from, n) : this.file(s, kind, file, as).then((b) => b.subarray(from, from + n)));
      size -= n;
    }
    const all = await Promise.all(parts);
    return all.length === 1 ? all[0] : new Uint8Array(await new Blob(all).arrayBuffer());
  }

  // list is so many bytes of a term's list, the highest impacts first, or all it has.
  async list(s, { inline, list }, most) {
    const [first, more] = s.pack ? [s.pack, s.pack] : [listBeginning, Infinity];
    return inline ?? this.bytesAt(s, "p", { ...list, size: Math.min(list.size, most) }, first, more);
  }

  // impacts marks the articles of a term with its impact in them, where that is higher than what stands there: those that so
  // many bytes of its list tell of.
  async impacts(s, entry, marks, most) {
    const { inline, list } = entry, r = new Bits(await this.list(s, entry, most));
    let taken = new Uint32Array(0); // the articles of the groups before, in order
    for (let impact = highestImpact + 1, left = entry.articles; left > 0 && !r.over;) {
      impact -= r.gamma();
      const count = Math.min(r.gamma(), left, s.articles - taken.length), more = new Uint32Array(taken.length + count);
      let passed = 0, n = 0;
      r.docs(count, s.articles - taken.length, (rank) => {
        while (taken[passed] <= rank + passed) more[n++] = taken[passed++];
        const doc = more[n++] = rank + passed;
        if (marks[doc] < impact) marks[doc] = impact;
      });
      more.set(taken.subarray(passed), n);
      taken = more;
      left -= count;
    }
    if (r.over && (inline || list.size <= most)) throw damaged();
  }

  // positions calls each with the positions of a word in those articles that have a score.
  async positions(s, entry, marks, scores, each) {
    const { rooms, starts } = await this.rooms(s), docs = [];
    for (let doc = 0; doc < marks.length; doc++) if (marks[doc]) docs.push(doc);
    let at = 0;
    await Promise.all(entry.positions.map(async (part) => {
      const here = docs.slice(at, at += part.docs);
      if (!here.some((doc) => scores[doc] > 0)) return;
      const frequent = entry.block === undefined, place = frequent ? part : after(part, starts[entry.block], s.pack);
      const r = new Bits(await this.bytesAt(s, frequent ? "v" : "w", place, s.pack || Infinity, s.pack));
      for (const doc of here) {
        const room = roomOf(rooms[doc]), count = r.often(marks[doc], room, s.average), positions = [];
        if (count === 1) positions.push(r.below(room));
        else for (let k = riceFor(room, count + 1), p = -1; positions.length < count && !r.over;) positions.push(p += r.rice(k) + 1);
        if (r.over) throw damaged();
        if (scores[doc] > 0) each(doc, positions);
      }
    }));
  }

  // rooms is the rooms of a segment's articles, and of each block where its positions begin.
  rooms(s) {
    return this.file(s, "rooms", 0, async (b) => {
      const r = new Numbers(await unzip(b));
      let file = 0;
      const starts = Array.from({ length: r.int() }, () => ({ file: file += r.int(), offset: r.int() }));
      if (r.b.length - r.at !== s.articles) throw damaged();
      return { starts, rooms: r.take(s.articles) };
    });
  }

  // days is the day of each article of a segment, 0 where it is not known.
  days(s) {
    return this.file(s, "days", 0, async (b) => spread(runs(await unzip(b)), s.articles));
  }

  // cards is where the cards of a segment stand in packs.
  async cards(s) {
    return s.pack ? this.file(s, "cards", 0, async (b) => places(new Numbers(await unzip(b)), Math.ceil(s.articles / this.together), s.pack)) : undefined;
  }

  async card(number) {
    const s = this.segments.findLast((s) => number >= s.first), doc = number - s.first;
    const lines = await this.#numbered(s, "c", Math.floor(doc / this.together), await this.cards(s), (b) => utf8.decode(b).split("\n"));
    const column = Math.floor(lines.length / 4), [url, title, date, publication] = [0, 1, 2, 3].map((n) => lines[n * column + doc % this.together]);
    return { number, url: url.replace("*", () => slug(title)), title, date, publication };
  }

  // entities is those of a name, with their preferred names.
  async entities(name) {
    if (!name) return [];
    const blocks = await Promise.all(this.names.map((s) =>
      this.#numbered(s, s.kind, holding(s, toBytes.encode(name)), s.places, (b) => utf8.decode(b).split("\n"))));
    return blocks.flat().map((line) => line.split("\t")).filter(([key, , label]) => label && (key || terms(label, true).join(" ")) === name)
      .map(([, id, label]) => ({ id: whole(id, label), name: label }));
  }

  // facets is the commonest ids of each folder in a segment, each with its articles.
  facets(s, folders) {
    return this.file(s, "facets", 0, async (b) => {
      const r = new Numbers(await unzip(b));
      return Object.fromEntries(folders.map((folder) => [folder, Array.from({ length: r.int() }, () => {
        const id = r.string(), count = r.int(), docs = new Uint32Array(count);
        let n = 0;
        new Bits(r.take(r.int())).docs(count, s.articles, (doc) => { docs[n++] = doc; });
        return { id, docs };
      })]));
    });
  }

  // labels is what the commonest ids are called.
  async labels() {
    const files = await Promise.all(this.labelled.files.labels.map((_, n) => this.file(this.labelled, "labels", n, async (b) => utf8.decode(await unzip(b)).trim().split("\n"))));
    return new Map(files.flat().map((line) => {
      const [id, label] = line.split("\t");
      return [whole(id, label), label];
    }));
  }
}

// whole is an id of which all but its folder may be left out, where it follows from a name.
const whole = (id, name) => id.includes("/") ? id : `${id}/${slug(name)}`;

// after is a place that is counted from another.
const after = ({ file, offset, size }, start, pack) => {
  const at = start.offset + offset;
  return pack ? { file: start.file + file + Math.floor(at / pack), offset: at % pack, size } : { file: start.file + file, offset: at, size };
};

const damaged = () => new Error("the index is damaged");

// unzip takes what a server has unpacked already as it is.
export async function unzip(b) {
  if (b[0] !== 0x1f || b[1] !== 0x8b) return b;
  return new Uint8Array(await new Response(new Blob([b]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer().catch(() => { throw damaged(); }));
}

// unzipPart takes nothing else: what begins otherwise is not the part that was asked for.
function unzipPart(b) {
  if (b[0] !== 0x1f || b[1] !== 0x8b) throw new Error("the host answers ranges with other bytes, and the index is in packs");
  return unzip(b);
}

// Numbers reads varints and strings.
class Numbers {
  constructor(b, at = 0) { this.b = b; this.at = at; }
  int() {
    let n = 0;
    for (let scale = 1; ; scale *= 128) {
      const c = this.b[this.at++];
      if (c === undefined) throw damaged();
      n += (c & 127) * scale;
      if (c < 128) return n;
    }
  }
  take(n) { return this.b.subarray(this.at, this.at += n); }
  string() { return utf8.decode(this.take(this.int())); }
  hex(n) { return Array.from(this.take(n), (c) => c.toString(16).padStart(2, "0")).join(""); }
  // front reads what is coded by what it shares with the one before, the letters from where they stand.
  front(last, letters = this) {
    const shared = this.int(), rest = this.int(), b = new Uint8Array(shared + rest);
    b.set(last.subarray(0, shared));
    b.set(letters.take(rest), shared);
    return b;
  }
}

// places is where things of those lengths stand in packs of so many bytes.
function places(r, count, pack) {
  const at = new Shelf(pack, 0, 0);
  return Array.from({ length: count }, () => at.run(r.int()));
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

// Shelf tells where bytes stand among files: see package search.
class Shelf {
  constructor(pack, file, used) { Object.assign(this, { pack, file, used }); }
  list(n) {
    if (this.pack) return this.run(n);
    const at = { file: this.file, offset: 0, size: n };
    this.file += n > listBeginning ? 2 : 1;
    return at;
  }
  positions(n) {
    if (this.pack) return this.run(n);
    if (this.used > 0 && this.used + n > 512 << 10) { this.file++; this.used = 0; }
    const at = { file: this.file, offset: this.used, size: n };
    this.used += n;
    return at;
  }
  run(n) {
    const at = { file: this.file, offset: this.used, size: n };
    this.used += n;
    this.file += Math.floor(this.used / this.pack);
    this.used %= this.pack;
    return at;
  }
}

// Block is the nth of the dictionary, or that of frequent words.
class Block {
  constructor(b, pack, number) { Object.assign(this, { b, pack, number }); }

  // each is the first entry that is wanted.
  each(want) {
    const r = new Numbers(this.b), count = r.int();
    const lists = new Shelf(this.pack, r.int(), r.int()), positions = new Shelf(this.pack, 0, 0);
    const [terms, letters, numbers] = [0, 1, 2].map(() => new Numbers(r.take(r.int())));
    let term = new Uint8Array(0);
    for (let n = 0; n < count; n++) {
      term = terms.front(term, letters);
      const e = { term, articles: numbers.int(), id: term.includes(47), block: this.number, positions: [] };
      const list = numbers.int(), size = Math.floor(list / 2);
      if (list % 2) e.inline = r.take(size);
      else e.list = lists.list(size);
      if (!e.id) {
        const code = numbers.int();
        if (code % 2 === 0) e.positions.push({ docs: e.articles, ...positions.positions(code / 2) });
        else for (let i = 1; i < code; i += 2) e.positions.push({ docs: numbers.int(), ...positions.positions(numbers.int()) });
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

// impactOf is the impact of a term that counts tf times.
function impactOf(tf, length, average) {
  const n = 10 * tf * average, d = n + 3 * average + 9 * length;
  return Math.max(1, Math.floor((2 * highestImpact * n + d) / (2 * d)));
}

// Bits reads gamma, Rice and truncated binary codes. Past the end it reads zeros.
class Bits {
  constructor(b) { this.b = b; this.at = 0; }
  get over() { return this.at > 8 * this.b.length; }
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
      if (v || this.over) {
        const n = Math.clz32(v);
        this.at += n + 1;
        return q + n;
      }
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
    for (let k = riceFor(articles, count), doc = -1; count > 0; count--) {
      doc += this.rice(k) + 1;
      if (this.over) return;
      each(doc);
    }
  }
  // often is how often a word stands in an article of that room, where its impact is that.
  often(impact, room, average) {
    let least = 1;
    while (impactOf(least, room, average) < impact) least++;
    let most = least;
    while (most <= titleWeight && impactOf(most + 1, room, average) === impact) most++;
    if (most <= titleWeight) return least + this.below(most - least + 1);
    const n = this.rice(Math.max(0, 30 - Math.clz32(least)));
    return n % 2 ? least + (n + 1) / 2 : least - n / 2;
  }
}
