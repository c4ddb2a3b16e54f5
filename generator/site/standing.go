package site

import (
	"slices"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// stood is what a plan keeps of its archive, which is another once it is renewed.
type stood struct {
	entities []standing
	shapes   []uint64 // per card
	alsoRan  map[int][]int
	byFile   map[string]string
	kept     map[string]string
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

// shapeOf tells which of a card's clusters are which of the entities it names: as names has them, nobody, or one that names has not.
// Names and shape together say whom a card means by each of its names.
func shapeOf(of, names []int32) uint64 {
	const fnv, fnvPrime = 0xcbf29ce484222325, 0x100000001b3
	shape := uint64(fnv)
	for _, n := range of {
		place := uint64(0)
		if n >= 0 {
			place = uint64(slices.Index(names, n) + 2)
		}
		shape = (shape ^ place) * fnvPrime
	}
	return shape
}

// shapes is that of every card.
func (p *plan) shapes() []uint64 {
	shapes := make([]uint64, len(p.Of))
	p.share(len(shapes), func(i int) { shapes[i] = shapeOf(p.Of[i], p.names[i]) })
	return shapes
}

func groupHead(l *news.Listing) manifest.Digest {
	var h manifest.Hasher
	h.Strings([]string{l.Label, l.Sort, l.Note})
	h.Bool(l.Page)
	return h.Key()
}
