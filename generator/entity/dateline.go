package entity

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// datelineWithin is how many bytes into a text a dateline may stand.
const datelineWithin = 400

// Filed is f with what a dateline says by itself: that its place is one ("DALLAS, March 4", "ELKHART, IND."), and which
// ("LONDON, Ont."). A place that the gazetteer does not know counts where a state or country that it knows stands behind it,
// or where the text has it as a name already.
func (r *Recognizer) Filed(f Found, text, language, place string) Found {
	if place == "" || !english(language) {
		return f
	}
	lex := r.lexicon()
	head := text[:min(datelineWithin, len(text))]
	town, within, _ := strings.Cut(place, ",")
	within = strings.Trim(within, " ")
	whole, inside := lex.placed(within)
	name, known := lex.placed(town)
	if !known && !inside {
		return f.asPlace(text, head, town)
	}
	if !known {
		name = town
	}
	at := indexPrinted(head, town)
	if at < 0 {
		return f
	}
	told := cmp.Or(readAtlas().townIn(name, readAtlas().division(within), false), name)
	f = f.with(text, news.Span{Start: at, End: at + len(town)}, told)
	f.rename(name, told)
	if inside {
		if gap := indexPrinted(head[at+len(town):], within); gap >= 0 {
			at += len(town) + gap
			f = f.with(text, news.Span{Start: at, End: at + len(within)}, whole)
		}
	}
	return f
}

// asPlace is f where a dateline names a town that the gazetteer does not know, and the text has it as a person of two
// words or more, never by one alone: it is a place throughout.
func (f Found) asPlace(text, head, town string) Found {
	at := indexPrinted(head, town)
	m := slices.IndexFunc(f.Mentions, func(m news.Mention) bool { return m.Span == news.Span{Start: at, End: at + len(town)} })
	if m < 0 || f.Mentions[m].Kind != news.Person || !strings.Contains(town, " ") {
		return f
	}
	filed := f.Mentions[m].Cluster
	if slices.ContainsFunc(f.Clusters[filed].Surfaces, func(s news.Spelling) bool { return key(s.Text) != key(town) }) {
		return f
	}
	mentions, clusters := slices.Clone(f.Mentions), slices.Clone(f.Clusters)
	for i := range mentions {
		if mentions[i].Cluster == filed {
			mentions[i].Kind = news.Place
		}
	}
	c := &clusters[filed]
	c.Kind, c.Bare, c.Unproven = news.Place, false, false
	if shouted(c.Name) {
		c.Name = titleWords(c.Name)
	}
	return Found{mentions, clusters, f.Reach}
}

// rename gives the place of a name the one of its towns that is meant, unless the text has settled that already.
func (f Found) rename(name, town string) {
	called := func(name string) func(c news.Cluster) bool {
		return func(c news.Cluster) bool { return c.Kind == news.Place && key(c.Name) == key(name) }
	}
	if n := slices.IndexFunc(f.Clusters, called(name)); n >= 0 && !slices.ContainsFunc(f.Clusters, called(town)) {
		f.Clusters[n].Name = town
	}
}

// placed is the place that the gazetteer or the atlas has of a name as datelines print it: "COLO.", "Conn".
func (lex *lexicon) placed(printed string) (string, bool) {
	printed = strings.Trim(printed, " ")
	for _, form := range [...]string{printed, printed + ".", titleWords(printed), titleWords(printed) + "."} {
		if n, found := lex.names[form]; found && n.kind == news.Place {
			return n.canon, true
		}
	}
	return printed, len(readAtlas().sites[printed]) > 0
}

func titleWords(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = titleCase(w)
	}
	return strings.Join(words, " ")
}

// indexPrinted is where a name stands as it is or in capitals, -1 for nowhere.
func indexPrinted(text, name string) int {
	if at := strings.Index(text, name); at >= 0 {
		return at
	}
	return strings.Index(text, strings.ToUpper(name))
}

// with is f with a place at a span, in the stead of what else is found there. One that is found there already keeps
// its cluster, which gets the name if it has none but capitals.
func (f Found) with(text string, at news.Span, name string) Found {
	overlaps := func(m news.Mention) bool { return m.Start < at.End && at.Start < m.End }
	clusters := slices.Clone(f.Clusters)
	found := slices.IndexFunc(f.Mentions, func(m news.Mention) bool { return m.Kind == news.Place && overlaps(m) })
	if found >= 0 {
		if c := &clusters[f.Mentions[found].Cluster]; shouted(c.Name) && key(c.Name) == key(name) {
			c.Name = name
		}
		return Found{f.Mentions, clusters, f.Reach}
	}
	mentions := slices.DeleteFunc(slices.Clone(f.Mentions), overlaps)
	c := slices.IndexFunc(clusters, func(c news.Cluster) bool { return c.Kind == news.Place && key(c.Name) == key(name) })
	if c < 0 {
		c = len(clusters)
		clusters = append(clusters, news.Cluster{Kind: news.Place, Name: name})
	}
	n, _ := slices.BinarySearchFunc(mentions, at.Start, func(m news.Mention, start int) int { return m.Start - start })
	mentions = slices.Insert(mentions, n, news.Mention{Span: at, Kind: news.Place, Cluster: c})
	return recount(text, mentions, clusters)
}

// shouted reports whether a name is all in capitals.
func shouted(name string) bool { return name == strings.ToUpper(name) && name != strings.ToLower(name) }

// recount is mentions and what they say of their clusters; those that none names and no headline are left out.
func recount(text string, mentions []news.Mention, clusters []news.Cluster) Found {
	for i := range clusters {
		c := &clusters[i]
		c.Count, c.Senses, c.First, c.Surfaces = 0, 0, -1, nil
	}
	number := slices.Repeat([]int{-1}, len(clusters))
	f := Found{Mentions: mentions}
	place := func(i int) int {
		if number[i] < 0 {
			number[i] = len(f.Clusters)
			f.Clusters = append(f.Clusters, clusters[i])
		}
		return number[i]
	}
	for i := range mentions {
		m := &mentions[i]
		m.Cluster = place(m.Cluster)
		count(&f.Clusters[m.Cluster], *m, surface(text[m.Start:m.End]))
	}
	for i, c := range clusters {
		if c.InTitle {
			place(i)
		}
	}
	return f
}
