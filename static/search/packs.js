// Parts of packs, from a host that answers ranges. One that answers with anything else is asked for the whole.

const bytes = async (answer) => new Uint8Array(await answer.arrayBuffer());
const whole = new Map(); // by path

function keep(path, all) {
  whole.set(path, all);
  all.catch(() => whole.delete(path));
}

// part is some bytes of a pack, which ask asks for.
export async function part(ask, path, from, size) {
  if (!whole.has(path)) {
    const last = from + size - 1;
    try {
      const answer = await ask(path, { headers: { Range: `bytes=${from}-${last}` } });
      const [, begin, end, all] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.headers.get("Content-Range")) ?? [];
      if (answer.status === 206 && +begin === from && +end === last && all <= 16 << 20) {
        const b = await bytes(answer);
        if (b.length === size) return b;
      } else if (answer.status === 200 && !whole.has(path)) keep(path, bytes(answer));
      else answer.body.cancel();
    } catch { /* the whole may come */ }
  }
  if (!whole.has(path)) keep(path, ask(path, { cache: "reload" }).then(bytes));
  return (await whole.get(path)).subarray(from, from + size);
}
