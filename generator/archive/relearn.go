package archive

import (
	"slices"
	"strings"

	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
)

// relearn takes what changed texts show their sources in place of what they showed before. It reports false where another
// text is to be told something else now.
func (r *reader) relearn(changes []change) (ok bool, err error) {
	if r.Plain {
		return true, nil
	}
	taught := map[int32]bool{}
	orders := map[int32]string{}
	touch := func(n int32) {
		if !taught[n] {
			taught[n], orders[n] = true, r.order(&r.sources[n])
		}
	}
	for _, c := range changes {
		before, after := c.before.original, c.after.original
		var known bool
		switch {
		case before == after && after != "":
			known, err = r.seeAgain(after, touch)
		case before != "":
			known, err = r.giveUp(before, touch)
		case after != "":
			known, err = r.takeIn(after, touch)
		default:
			known = true
		}
		if !known || err != nil {
			return false, err
		}
	}
	for n := range taught {
		t := &r.sources[n]
		before := t.counts
		if err := r.learnFrom(t); err != nil {
			return false, err
		}
		if r.order(t) != orders[n] || r.tellsAnew(t.source, before, t.counts) {
			return false, nil
		}
	}
	return true, nil
}

// tellsAnew reports whether a text could hear of another count than before.
func (r *reader) tellsAnew(source string, before, now ingest.Counts) bool {
	l := ingest.Lines{Source: source}
	for _, counts := range []ingest.Counts{before, now} {
		for hash := range counts {
			if before[hash] != now[hash] {
				l.Hashes = append(l.Hashes, hash)
			}
		}
	}
	slices.Sort(l.Hashes)
	l.Hashes = slices.Compact(l.Hashes)
	return !slices.Equal(r.boilerplate.Told(l, before).Recurring, r.boilerplate.Told(l, now).Recurring)
}

// seeAgain looks at a text that has changed. It reports false where that belongs to another source now.
func (r *reader) seeAgain(text string, touch func(source int32)) (known bool, err error) {
	i, _ := slices.BinarySearch(r.texts, text)
	was, err := r.shown(i)
	if err != nil {
		return false, err
	}
	is, err := r.seeText(i)
	if err != nil || is.Source != was.Source {
		return false, err
	}
	if is != was {
		touch(r.sourceOf[i])
		t := &r.sources[r.sourceOf[i]]
		t.dates = t.dates.Add(is.Dates).Less(was.Dates)
	}
	return true, nil
}

// takeIn looks at a text that has come. It reports false where it is the first of its source.
func (r *reader) takeIn(text string, touch func(source int32)) (known bool, err error) {
	i, _ := slices.BinarySearch(r.texts, text)
	r.texts, r.keys, r.sourceOf = slices.Insert(r.texts, i, text), slices.Insert(r.keys, i, manifest.Digest{}), slices.Insert(r.sourceOf, i, 0)
	r.renumber(i, 1)
	s, err := r.seeText(i)
	n, known := slices.BinarySearchFunc(r.sources, s.Source, func(t taught, source string) int { return strings.Compare(t.source, source) })
	if err != nil || !known {
		return false, err
	}
	touch(int32(n))
	t := &r.sources[n]
	at, _ := slices.BinarySearch(t.texts, int32(i))
	r.sourceOf[i], t.texts, t.dates = int32(n), slices.Insert(t.texts, at, int32(i)), t.dates.Add(s.Dates)
	return true, nil
}

// giveUp forgets a text that has gone. It reports false where it was the last of its source.
func (r *reader) giveUp(text string, touch func(source int32)) (known bool, err error) {
	i, _ := slices.BinarySearch(r.texts, text)
	was, err := r.shown(i)
	n := r.sourceOf[i]
	t := &r.sources[n]
	if err != nil || len(t.texts) == 1 {
		return false, err
	}
	touch(n)
	at, _ := slices.BinarySearch(t.texts, int32(i))
	t.texts, t.dates = slices.Delete(t.texts, at, at+1), t.dates.Less(was.Dates)
	r.texts, r.keys, r.sourceOf = slices.Delete(r.texts, i, i+1), slices.Delete(r.keys, i, i+1), slices.Delete(r.sourceOf, i, i+1)
	r.renumber(i, -1)
	return true, nil
}

// renumber moves the texts from number i on.
func (r *reader) renumber(i int, by int32) {
	for n := range r.sources {
		for k, text := range r.sources[n].texts {
			if int(text) >= i {
				r.sources[n].texts[k] = text + by
			}
		}
	}
}

// seeText is what text i shows now, in the cache too.
func (r *reader) seeText(i int) (seen, error) {
	s, value, err := r.lookAt(i)
	if err != nil {
		return s, err
	}
	r.cache.use(r.keys[i])
	if value != nil {
		err = r.cache.put(r.keys[i], value)
	}
	return s, err
}
