package entity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/news"
)

// Authority is what people have said about names in content/entities.toml. The nil Authority says nothing, and is
// ready for use.
type Authority struct {
	entries   []listed
	byID      map[string]int
	byName    map[nameKey][]int   // entries that claim a name, those with conditions first
	hidden    map[nameKey]bool    // names that are no entities
	same      map[string]string   // folded name to the folded name it is another form of
	different map[string][]string // folded name to those that are never it
	phrases   phrases             // every name, for the text
	fixes     map[string]phrases  // by article
	fixed     []string            // the articles that fix blocks name, block by block

	published map[nameKey][]Published // see WithPublished
	moved     []string
}

// Fixed is the ids of the articles that fix blocks name, in the order of the blocks.
func (a *Authority) Fixed() []string {
	if a == nil {
		return nil
	}
	return a.fixed
}

// nameKey is a folded name of a kind.
type nameKey struct {
	kind news.Kind
	name string
}

// listed is one entry.
type listed struct {
	id, name, sort, note string
	fixed                bool // the id is its author's
	kind                 news.Kind
	aliases, sameAs      []string
	not                  map[string]bool // folded names it never is
	when                 *when
	at                   *news.Position
}

// when is the condition under which an entry is meant by its names.
type when struct {
	before, after news.Date
	near          []string
	articles      []string
}

// ID is the id of the entry that a name, alias or id of a kind belongs to, or "". Where entries share the name, it
// is the one without conditions.
func (a *Authority) ID(kind news.Kind, name string) string {
	if a == nil {
		return ""
	}
	if i, found := a.byID[name]; found {
		return a.entries[i].id
	}
	for _, i := range slices.Backward(a.named(kind, name)) {
		if a.entries[i].when == nil {
			return a.entries[i].id
		}
	}
	return ""
}

// named is the entries that claim a name.
func (a *Authority) named(kind news.Kind, name string) []int {
	if a == nil {
		return nil
	}
	return a.byName[nameKey{kind, a.canonical(key(name))}]
}

// canonical is the name that a folded name is another form of, by a same block; else itself.
func (a *Authority) canonical(folded string) string {
	if a == nil {
		return folded
	}
	for a.same[folded] != "" {
		folded = a.same[folded]
	}
	return folded
}

// forms is the folded names that same blocks make forms of others, by those.
func (a *Authority) forms() map[string][]string {
	forms := map[string][]string{}
	if a != nil {
		for name := range a.same {
			forms[a.canonical(name)] = append(forms[a.canonical(name)], name)
		}
	}
	return forms
}

// joined is the folded names that same blocks make others forms of.
func (a *Authority) joined() map[string]bool {
	joined := map[string]bool{}
	if a != nil {
		for _, name := range a.same {
			joined[a.canonical(name)] = true
		}
	}
	return joined
}

// Lookup is the entry of an id, Articles left empty.
func (a *Authority) Lookup(id string) (news.Entity, bool) {
	if a == nil {
		return news.Entity{}, false
	}
	i, found := a.byID[id]
	if !found {
		return news.Entity{}, false
	}
	return a.entries[i].entity(), true
}

func (e *listed) entity() news.Entity {
	return news.Entity{ID: e.id, Kind: e.kind, Name: e.name, Sort: e.sort, Note: e.note, SameAs: e.sameAs, Confirmed: true, At: e.at}
}

// Aliases is the other names of an entry, as its author wrote them.
func (a *Authority) Aliases(id string) []string {
	if a == nil {
		return nil
	}
	i, found := a.byID[id]
	if !found {
		return nil
	}
	return a.entries[i].aliases
}

// hides reports whether a name is no entity; a hide block without a kind holds for all.
func (a *Authority) hides(kind news.Kind, name string) bool {
	return a != nil && len(a.hidden) > 0 && a.hidesFolded(kind, key(name))
}

func (a *Authority) hidesFolded(kind news.Kind, folded string) bool {
	return a != nil && (a.hidden[nameKey{kind, folded}] || a.hidden[nameKey{0, folded}])
}

// apart reports whether two names are said to be different things.
func (a *Authority) apart(one, other string) bool {
	return slices.Contains(a.different[key(one)], key(other))
}

// refuses reports whether the entry of an id is said never to be a folded name.
func (a *Authority) refuses(id, name string) bool {
	i, found := a.byID[id]
	return found && a.entries[i].not[name]
}

// inText reports whether the entry can be meant in an article, as far as its text and id can tell; its dates are
// compared in Resolve, which knows the article's.
func (w *when) inText(articleID, title, text string) bool {
	if w == nil || slices.Contains(w.articles, articleID) {
		return true
	}
	if len(w.near) == 0 {
		return !w.before.IsZero() || !w.after.IsZero()
	}
	return slices.ContainsFunc(w.near, func(word string) bool { return hasWord(text, word) || hasWord(title, word) })
}

// onDate reports whether an article of a date may mean the entry. An undated article may not.
func (w *when) onDate(articleID string, d news.Date) bool {
	if w == nil || slices.Contains(w.articles, articleID) || w.before.IsZero() && w.after.IsZero() {
		return true
	}
	return !d.IsZero() && (w.before.IsZero() || d.Compare(w.before) < 0) && (w.after.IsZero() || d.Compare(w.after) > 0)
}

// hasWord reports whether word stands in text as a whole word.
func hasWord(text, word string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return false
		}
		start, end := from+at, from+at+len(word)
		if !letterBefore(text, start) && !letterAfter(text, end) {
			return true
		}
		from = start + 1
	}
}

func letterBefore(text string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:i])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func letterAfter(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
