package entity

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Traces are what Match and Given may ask an Authority for one article: its id, the words of text and headline, which of them follow
// each other, the names found in it, folded, and those of its front matter. They are a Bloom filter, in which one in a hundred seems to
// be that is not.
//
// B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 13(7), 1970.
type Traces []byte

const (
	bitsEach = 8 // by word; most stand in a text more than once
	probes   = 4
)

// tokenLists are lists to cut texts into words: of a million articles each list would be garbage.
var tokenLists = sync.Pool{New: func() any { return new([]prose.Token) }}

// TracesOf are those of an article whose text names found; named are the names of its front matter, of whatever kind.
func TracesOf(articleID, title, text string, found Found, named ...string) Traces {
	tokens := tokenLists.Get().(*[]prose.Token)
	defer tokenLists.Put(tokens)
	*tokens = prose.Words((*tokens)[:0], title)
	titled := len(*tokens)
	*tokens = prose.Words(*tokens, text)
	head, body := (*tokens)[:titled], (*tokens)[titled:]
	size := 4*len(found.Clusters) + 4*len(named)
	count := func(uint64) { size++ }
	eachWord(head, title, count)
	eachWord(body, text, count)
	t := make(Traces, 1+size*bitsEach/8)
	t.add(ofArticle(articleID))
	eachWord(head, title, t.add)
	eachWord(body, text, t.add)
	for n := range found.Clusters {
		c := &found.Clusters[n]
		t.add(ofName(key(c.Name)))
		for _, s := range c.Surfaces {
			t.add(ofName(key(s.Text)))
		}
	}
	for _, m := range found.Mentions {
		if printed := text[m.Start:m.End]; surface(printed) != printed {
			t.add(ofName(key(printed)))
		}
	}
	for _, name := range named {
		t.add(ofID(clean(name)))
		t.add(ofName(key(clean(name))))
	}
	return t
}

// eachWord hands over the traces of words, and of each two that follow each other, one of which may begin a name.
func eachWord(words []prose.Token, text string, hand func(trace uint64)) {
	before := ""
	for n, w := range words {
		printed := w.Of(text)
		hand(ofWord(printed))
		if n > 0 && (stands(before) || stands(printed)) {
			hand(ofPair(before, printed))
		}
		before = printed
	}
}

// stands reports whether a word does not begin with a small letter: two small words follow each other in too many articles to tell them
// apart.
func stands(word string) bool { return word[0] < 'a' || word[0] > 'z' }

func (t Traces) add(trace uint64) {
	size, step := uint64(8*len(t)), trace>>32|1
	for range probes {
		bit := trace % size
		t[bit/8] |= 1 << (bit % 8)
		trace += step
	}
}

func (t Traces) has(trace uint64) bool {
	size, step := uint64(8*len(t)), trace>>32|1
	for range probes {
		if bit := trace % size; t[bit/8]&(1<<(bit%8)) == 0 {
			return false
		}
		trace += step
	}
	return true
}

// The kinds of traces.
func ofWord(printed string) uint64 { return hash(printed) }
func ofPair(a, b string) uint64    { return mix(mix(hash(a), 'p'), hash(b)) }
func ofName(folded string) uint64  { return mix(hash(folded), 'n') }
func ofID(id string) uint64        { return mix(hash(id), 'i') }
func ofArticle(id string) uint64   { return mix(hash(id), 'a') }

// Revision is where two authorities say different things, as far as Match and Given ask.
type Revision struct {
	concerns [][]uint64 // an article that has all traces of one of these
	names    [][]uint64 // those that do not hang on how its words follow each other
}

// Revised compares an authority with what it was.
func (a *Authority) Revised(before *Authority) *Revision {
	was, is := before.answers(), a.answers()
	r := &Revision{}
	for question, answer := range is {
		if was[question] != answer {
			r.add(question)
		}
	}
	for question := range was {
		if _, asked := is[question]; !asked {
			r.add(question)
		}
	}
	if len(r.concerns) > 0 { // a fix may have found a name that has no trace
		for _, article := range before.Fixed() {
			r.add(question{anArticle, article})
		}
	}
	return r
}

func (r *Revision) add(q question) {
	r.concerns = append(r.concerns, q.traces())
	if q.about != aPhrase {
		r.names = append(r.names, q.traces())
	}
}

// Nobody reports whether the revision concerns no article at all.
func (r *Revision) Nobody() bool { return r == nil || len(r.concerns) == 0 }

// Concerns reports whether Match or Given may make something else of an article than before. Of one that has other traces they
// make the same.
func (r *Revision) Concerns(t Traces) bool { return t.hasAllOf(r.concerns) }

// Names reports whether a name of an article may stand for another entity than before though Match and Given make the same of it.
func (r *Revision) Names(t Traces) bool { return t.hasAllOf(r.names) }

// hasAllOf reports whether all traces of one of some lists are there.
func (t Traces) hasAllOf(lists [][]uint64) bool {
	return slices.ContainsFunc(lists, func(all []uint64) bool {
		return !slices.ContainsFunc(all, func(trace uint64) bool { return !t.has(trace) })
	})
}

// question is one look into an authority.
type question struct {
	about subject
	text  string
}

type subject int

const (
	aPhrase   subject = iota // words parted by blanks, as they stand in a text
	aName                    // folded
	anID                     // of an entity
	anArticle                // its id
)

// traces are those of an article that asks.
func (q question) traces() []uint64 {
	switch q.about {
	case aPhrase:
		words := strings.Split(q.text, " ")
		var all []uint64
		for n, word := range words {
			if all = append(all, ofWord(word)); n > 0 && (stands(words[n-1]) || stands(word)) {
				all = append(all, ofPair(words[n-1], word))
			}
		}
		return all
	case aName:
		return []uint64{ofName(q.text)}
	case anID:
		return []uint64{ofID(q.text)}
	}
	return []uint64{ofArticle(q.text)}
}

// answers is all that an authority has to say to an article.
func (a *Authority) answers() map[question]string {
	all := map[question]string{}
	if a == nil {
		return all
	}
	said := a.toAll()
	for id, i := range a.byID {
		all[question{anID, id}] = said[i]
	}
	claimed := func(claims []claim) string {
		var b strings.Builder
		for _, c := range claims {
			if c.entry >= 0 {
				b.WriteString(said[c.entry])
			}
			fmt.Fprintf(&b, "%q,", c.id)
		}
		return b.String()
	}
	for words, claims := range a.phrases.claims {
		all[question{aPhrase, words}] = claimed(claims)
	}
	for name := range a.names() {
		if answer := a.toName(name, said); answer != "" {
			all[question{aName, name}] = answer
		}
	}
	for article, fixes := range a.fixes {
		answer := ""
		for _, words := range slices.Sorted(maps.Keys(fixes.claims)) {
			answer += fmt.Sprintf("%q is %s,", words, claimed(fixes.claims[words]))
		}
		all[question{anArticle, article}] = answer
	}
	return all
}

// toAll is what each entry says to whoever asks for it.
func (a *Authority) toAll() []string {
	said := make([]string, len(a.entries))
	for i := range a.entries {
		said[i] = a.entries[i].toArticles()
	}
	return said
}

// toArticles is what an entry says to whoever asks for it: note, order and the like are nothing to them.
func (e *listed) toArticles() string {
	s := fmt.Sprintf("%q %q %d not %q", e.id, e.name, e.kind, slices.Sorted(maps.Keys(e.not)))
	if w := e.when; w != nil {
		s += fmt.Sprintf(" when %v %v %q %q", w.before, w.after, w.near, w.articles)
	}
	return s + ","
}

// names is the folded names that something is said of.
func (a *Authority) names() map[string]bool {
	names := map[string]bool{}
	for k := range a.byName {
		names[k.name] = true
	}
	for k := range a.hidden {
		names[k.name] = true
	}
	for name := range a.same {
		names[name] = true
	}
	for name := range a.different {
		names[name] = true
	}
	return names
}

// toName is what is said of a folded name; said is what each entry says.
func (a *Authority) toName(name string, said []string) string {
	var b strings.Builder
	if canonical := a.canonical(name); canonical != name {
		fmt.Fprintf(&b, "a form of %q,", canonical)
	}
	for _, kind := range news.Kinds {
		for _, i := range a.byName[nameKey{kind, a.canonical(name)}] {
			b.WriteString(said[i])
		}
		if a.hidesFolded(kind, name) {
			fmt.Fprintf(&b, "no %s,", kind)
		}
	}
	if others := a.different[name]; others != nil {
		fmt.Fprintf(&b, "none of %q,", others)
	}
	return b.String()
}
