package archive

import (
	"slices"
	"strings"

	"broadsheet/generator/entity"
	"broadsheet/generator/manifest"
	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
	"broadsheet/generator/related"
)

// carded is what the authority files then make of a reading.
type carded struct {
	Sum      manifest.Digest // of what follows, as it is kept
	Traces   entity.Traces   // of the reading: by them it is found when an authority changes
	Head     cardHead
	Clusters []news.Cluster // the card's
	Mentions []news.Mention
}

// cardHead is the part of it that every build needs of every article: the card, without its Clusters, and the reading's messages.
type cardHead struct {
	Card     news.Card
	Sketch   related.Sketch // of the text
	Messages messages
}

// keptCard is a card head as the cache has it.
type keptCard struct {
	cardHead
	sum manifest.Digest
}

// card runs the second step: the decisions of the authority files.
func (r *reader) card(made *draft, res result) (result, error) {
	res.cardKey = r.cardKey(res.readingKey)
	c := r.decide(made)
	res.card, res.anew = c.encode(), true
	var err error
	res.head, err = r.decodeCard(res.card, made.Article.File, true) // what is kept and what is made are then one and the same
	return res, err
}

// encode is a card as it is kept.
func (c *carded) encode() []byte {
	b := cardedCoder.encode(c)
	sum := manifest.DigestOf(b[len(c.Sum):])
	copy(b, sum[:])
	return b
}

// decodeCard reads the card of a file from the cache, with its Clusters or without. What it says that the file's name says
// too, its id and slug mostly, shares the memory of that.
func (r *reader) decodeCard(value []byte, file string, clusters bool) (*keptCard, error) {
	c := &keptCard{}
	parts := []part{{digestCoder, &c.sum}, {coder: passOver}, {headCoder, &c.cardHead}}
	if clusters {
		parts = append(parts, part{clustersCoder, &c.Card.Clusters})
	}
	keep := func(s string) string {
		if at := strings.Index(file, s); at >= 0 {
			return file[at : at+len(s)]
		}
		return r.strings.keep(s)
	}
	if err := decodeHead(value, keep, parts...); err != nil {
		return nil, err
	}
	for n, t := range c.Card.Tags {
		c.Card.Tags[n] = r.strings.tag(t)
	}
	return c, nil
}

// decide applies the authority files to a reading.
func (r *reader) decide(made *draft) carded {
	a := made.Article
	doc := made.document()
	text := doc.Text()
	traces := entity.TracesOf(a.ID, a.Title, text, made.Machine, slices.Concat(a.Named[:]...)...)
	found := r.names(made)
	card := cardOf(a, doc, text)
	for _, kind := range news.Kinds {
		card.Named[kind] = a.Named[kind] != nil
	}
	card.Tags = r.tags(a, text)
	card.Pictures = local(a.File, pictures(a, doc))
	card.Files = local(a.File, append(pictures(a, doc), doc.Links()...))
	return carded{manifest.Digest{}, traces, cardHead{card, related.Of(text), made.Messages}, found.Clusters, found.Mentions}
}

// names is what people say of a reading's names.
func (r *reader) names(made *draft) entity.Found {
	a := &made.Article
	found := r.authority.Match(a.ID, a.Title, made.document().Text(), made.Machine)
	for _, kind := range news.Kinds {
		if a.Named[kind] != nil {
			found = r.authority.Given(kind, a.Named[kind], found)
		}
	}
	return found
}

// rename is the card that value keeps with its names as people tell them now; all else of it stays. It gives no result where the cache
// has lost the reading.
func (r *reader) rename(file string, reading manifest.Digest, value []byte) (res *result, err error) {
	res = &result{readingKey: reading, cardKey: r.cardKey(reading)}
	if r.cache.lend(res.cardKey, func(value []byte) { res.head, err = r.decodeCard(value, file, true) }) && err == nil {
		return res, nil
	}
	var c carded
	var made draft
	read, found := r.cache.get(reading)
	if !found || readingCoder.decode(read, &made.reading) != nil || cardedCoder.decode(value, &c) != nil {
		return nil, nil
	}
	names := r.names(&made)
	c.Clusters, c.Mentions = names.Clusters, names.Mentions
	res.card, res.anew = c.encode(), true
	res.head, err = r.decodeCard(res.card, file, true)
	return res, err
}

// tags is what the front matter gives, then what the rules add where the settings let them.
func (r *reader) tags(a news.Article, text string) []*news.Tag {
	var tags []*news.Tag
	have := map[string]bool{}
	for _, t := range r.vocabulary.Written(a.Tags) {
		tags, have[t.Slug] = append(tags, &t), true
	}
	if r.AssignTags == "none" || r.AssignTags == "untagged" && len(a.Tags) > 0 {
		return tags
	}
	for _, t := range r.vocabulary.Assign(a.Title, text) {
		if !have[t.Slug] {
			tags = append(tags, &t)
		}
	}
	return tags
}

// ledeBytes is the most of a first paragraph that a list shows.
const ledeBytes = 280

// cardOf is the part of an article that listings need.
func cardOf(a news.Article, doc *markdown.Document, text string) news.Card {
	rare := &news.Rare{
		URL: a.URL, Aliases: a.Aliases, Draft: a.Draft, Weight: a.Weight, Modified: a.Modified, PrintPage: a.PrintPage,
		Corrects: a.Corrects, TranslationOf: a.TranslationOf,
	}
	card := news.Card{
		File: a.File, Original: a.Original, ID: a.ID, Slug: a.Slug, Title: a.Title, Date: a.Date,
		Authors: a.Byline.Authors, Credit: a.Byline.Credit, Publication: a.Publication, Section: a.Section, Genre: a.Genre,
		Language: a.Language, Rights: a.Rights, Words: words(text), Rare: rare,
	}
	if a.Rights == news.Open {
		rare.Deck, rare.Corrections = a.Deck, a.Corrections
		card.Lede = prose.Cut(doc.Lede(), ledeBytes)
		if a.Description != "" {
			card.Lede = a.Description
		}
	}
	return card
}

func words(text string) (n int) {
	for range strings.FieldsSeq(text) {
		n++
	}
	return n
}

// lastCard is an article's card as it was when it could last be read; nil where the cache does not know.
func (r *reader) lastCard(s source) (lastKeys, *keptCard) {
	keys, found := r.last(s.file)
	if !found {
		return keys, nil
	}
	value, found := r.cache.get(keys.card)
	if !found {
		return keys, nil
	}
	c, err := r.decodeCard(value, s.file, true)
	if err != nil {
		return keys, nil
	}
	return keys, c
}
