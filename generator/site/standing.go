package site

import (
	"slices"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// stood is what a plan keeps of its archive, which is another once it is renewed.
type stood struct {
	entities []standing
	alsoRan  map[int][]int
	byFile   map[string]string
}

// standing is an entity as it was: a renewal changes the entities of the archive.
type standing struct {
	news.Entity
	articles int
}

func stand(e *news.Entity) standing {
	s := standing{*e, len(e.Articles)}
	s.Articles, s.Spellings, s.SameAs = nil, slices.Clone(e.Spellings), slices.Clone(e.SameAs)
	return s
}

// same reports whether the pages of an entity show the same of it beside its articles.
func (s *standing) same(e *news.Entity) bool {
	return s.ID == e.ID && s.Kind == e.Kind && s.Name == e.Name && s.Sort == e.Sort && s.Note == e.Note && s.Confirmed == e.Confirmed &&
		s.Ambiguous == e.Ambiguous && s.Country == e.Country && s.Page == e.Page && s.articles == len(e.Articles) &&
		(s.At == nil) == (e.At == nil) && (s.At == nil || *s.At == *e.At) &&
		slices.Equal(s.Spellings, e.Spellings) && slices.Equal(s.SameAs, e.SameAs)
}

func groupHead(l *news.Listing) manifest.Digest {
	var h manifest.Hasher
	h.Strings([]string{l.Label, l.Sort, l.Note})
	h.Bool(l.Page)
	return h.Key()
}
