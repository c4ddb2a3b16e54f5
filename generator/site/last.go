package site

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"os"

	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// Last is an output as the last build left it.
type Last struct {
	o       Options
	out     *output
	past    past
	basis   manifest.Digest
	remains *remains
}

// remains is what a Press keeps of a plan that took long to make and is no part of the archive.
type remains struct {
	digests []manifest.Digest   // per card: hash of what a list shows of it
	related [][]int             // per card: what its page leads on to
	planned map[string][]string // paths of the fixed pages, by step
	mapped  map[string]bool     // paths that the sitemap of pages has
}

// FindLast is what the last build left of the output; nil where there is nothing, or nothing of it counts.
func FindLast(o Options) (*Last, error) {
	if o.Clean {
		return nil, nil
	}
	out, err := findOutput(o.Out, o.State, o.Sources)
	if err != nil {
		return nil, err
	}
	basis, err := basisOf(o)
	if err != nil {
		return nil, err
	}
	before, found := out.readPast()
	if !found || len(out.old) == 0 {
		return nil, nil
	}
	return &Last{o: o, out: out, past: before, basis: basis}, nil
}

// MadeOf reports whether it was made of these inputs with the options it was found with.
func (l *Last) MadeOf(inputs manifest.Digest) bool {
	return l != nil && l.past.Key == wholeKey(inputs, l.basis).String()
}

// Planned reports whether it has left its plan, so that a Press can be made without planning it again.
func (l *Last) Planned() (whole bool) {
	b, err := os.ReadFile(l.out.planName())
	if err != nil {
		return false
	}
	l.remains, whole = parseRemains(b, l.past.Key, l.out.old)
	return whole
}

// Stands reports whether every file of the output is as it was written: somebody may have changed or removed one.
func (l *Last) Stands(ctx context.Context) (bool, error) { return l.out.stands(ctx, l.o.Jobs) }

// Press is what NewPress has left of a planned output, given the archive that it was made of.
func (l *Last) Press(a *archive.Archive) (*Press, error) {
	p, err := openPlan(a, l.o)
	if err != nil {
		return nil, err
	}
	if len(l.remains.related) != len(a.Cards) {
		return nil, nil
	}
	p.digests, p.around.related = l.remains.digests, l.remains.related
	p.calendar, p.anniversaries = p.makeCalendar(), p.makeAnniversaries()
	return newPress(p, l.out, l.remains), l.out.remark()
}

// Leave writes down what the next process may start from: the output is what a build of these inputs makes.
func (p *Press) Leave(inputs manifest.Digest, found diag.List) error {
	if p.stale || len(p.plan.found) > 0 || !p.out.ours() {
		return nil
	}
	return p.out.leave(inputs, p.o, past{Articles: len(p.plan.Cards), Found: found}, &remains{p.plan.digests, p.plan.around.related, p.planned, p.mapped})
}

// leave notes that the output is whole, and what it was made from.
func (o *output) leave(inputs manifest.Digest, options Options, p past, r *remains) error {
	basis, err := basisOf(options)
	if err != nil {
		return err
	}
	p.Key = wholeKey(inputs, basis).String()
	if r == nil {
		err = os.RemoveAll(o.planName())
	} else {
		err = replace(o.planName(), r.append(nil, p.Key, o.old))
	}
	if err != nil {
		return err
	}
	return o.remember(p)
}

func (o *output) planName() string { return o.prefix + ".plan" }

// On disk the remains are a line "broadsheet plan 1", the key in the output's ID.past, the number of cards, for each its digest,
// 16 bytes, the number of those it leads on to and these, then for each file of the manifest a byte: 1 + the number of the step
// that plans it, or 0 where it is a listing's, and markMapped with it where the sitemap of pages has it. Numbers are varints, the
// key has its length before it. The CRC-32 (IEEE) of all before it ends it, 4 bytes, big endian.

const (
	planHeader = "broadsheet plan 1\n"
	markMapped = 0x80
)

func (r *remains) append(b []byte, key string, m manifest.Manifest) []byte {
	start := len(b)
	b = append(binary.AppendUvarint(append(b, planHeader...), uint64(len(key))), key...)
	b = binary.AppendUvarint(b, uint64(len(r.related)))
	for n, cards := range r.related {
		b = binary.AppendUvarint(append(b, r.digests[n][:]...), uint64(len(cards)))
		for _, i := range cards {
			b = binary.AppendUvarint(b, uint64(i))
		}
	}
	steps := map[string]byte{}
	for n := range fixed {
		for _, path := range r.planned[fixed[n].name] {
			steps[path] = byte(n) + 1
		}
	}
	for n := range m {
		mark := steps[m[n].Path]
		if r.mapped[m[n].Path] {
			mark |= markMapped
		}
		b = append(b, mark)
	}
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[start:]))
}

// parseRemains reads what append wrote for the output of that key and manifest.
func parseRemains(b []byte, key string, m manifest.Manifest) (r *remains, whole bool) {
	const sum = 4
	body, found := bytes.CutPrefix(b, []byte(planHeader))
	if !found || len(body) < sum || crc32.ChecksumIEEE(b[:len(b)-sum]) != binary.BigEndian.Uint32(b[len(b)-sum:]) {
		return r, false
	}
	body = body[:len(body)-sum]
	number := func() int {
		v, n := binary.Uvarint(body)
		body = body[max(n, 0):]
		return int(v)
	}
	if n := number(); n != len(key) || n > len(body) || string(body[:n]) != key {
		return r, false
	}
	body = body[len(key):]
	cards := number()
	if cards < 0 || cards > len(body)/len(manifest.Digest{}) {
		return r, false
	}
	r = &remains{make([]manifest.Digest, cards), make([][]int, cards), map[string][]string{}, map[string]bool{}}
	all := make([]int, 0, readOnShown*cards)
	for i := range r.related {
		start := len(all)
		if len(body) < len(manifest.Digest{}) {
			return r, false
		}
		body = body[copy(r.digests[i][:], body):]
		for range number() {
			all = append(all, number())
		}
		if len(all) > start {
			r.related[i] = all[start:len(all):len(all)]
		}
	}
	if len(body) != len(m) {
		return r, false
	}
	for n, mark := range body {
		if mark&markMapped != 0 {
			r.mapped[m[n].Path] = true
		}
		if step := int(mark &^ markMapped); step > 0 && step <= len(fixed) {
			name := fixed[step-1].name
			r.planned[name] = append(r.planned[name], m[n].Path)
		}
	}
	return r, true
}
