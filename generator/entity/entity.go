// Package entity finds the people, places and organisations that articles name, and says which name is whom.
//
// It works in three steps. Find reads one text and knows nothing but the text. Match applies what people have written
// in content/entities.toml to that article. Resolve looks at the whole archive and says which clusters of which
// articles are one entity. Each is a pure function, so that the results of the first two can be kept by key.
//
// # Find
//
// Rules read first. To them a name is a run of capitalised words, with the small words that stand inside names
// ("Ministry of Trade and Industry", "Charles de Gaulle"), and what it is, the first of these says that says something:
// the gazetteer; a word that says what it closes (University, River, Treaty); a title before it; how persons' names are
// built; what stands beside it ("in Samarra", "envoy Lim", "Odinga said"); and the same name elsewhere in the text.
//
// What the rules find is evidence, among other, for a model learned from marked news (tagger), which decides. After it,
// a run of capitals counts that stands elsewhere in the text as a name, or as a person's family name; the rules have the
// last word on two places with one name ("North and South Korea"), on points of the compass and on titles. A headline is
// read by rules alone, and the body says which of its names count.
//
// Outside the span stand titles (Mr., President), possessives, and a leading "the", except in "the North" and "the
// South" where the text speaks of North or South Korea (or another country so divided): they are nothing without it.
// "North and South Korea" is two places. Demonyms, days, months, treaties, cups, wars and storms are no names; nor are
// words made of names ("London-listed", "Pro-Beijing"), web addresses, handles, sums ("US$5"), and whoever took a
// picture ("Image: Jane Doe."). Inside stand the small letters of old print's "Jackson county" and "the British army".
//
// Scans have fewer names, and hardly any of organisations, than print has for as many capitals. Their words are read as
// what they were misread from: pieces as the word that a line's end broke ("Mis - souri", "Nebras ka"), and what no list
// has as the town, country or state that one misreading makes of it ("Tsxas"). In a text that is hardly legible, as the
// reading of a bad scan is, what the gazetteer does not have, as a whole or as a given name with a family name, is
// Unproven: a mention, and the entity of that name if legible articles make one.
//
// In a list of four names or more, parted by commas, what most are the rest is. What a ship is called is no name here.
// "The State of New York" is one name without its "the", as is "New-York".
//
// Forms of one name make a cluster:
//
//   - a family name by itself is the full name it belongs to, wherever that stands in the text, first word or last; of
//     several, the one that the headline names; else the one named last before, unless another has been named more
//     often: then it is nobody's, or the other's if that has been named more than three times as often
//   - a full name with more or fewer words between the same first and last, or after them; with one letter changed in a
//     word of four or more that is not the family name, unless both words are given names
//   - a single word that the text has once and no list has, one letter from a person's family name
//   - an acronym, where one organisation alone has these initials, or where the text gives it in brackets or after "or"
//   - an organisation that no list has, where one longer name alone begins or ends so: "Unity Party of America"; and
//     names that differ in a company's legal form
//   - the gazetteer's other spellings: "U.S.", "America" and "United States"
//   - what every state has, "Senate", where the text names one state's alone: "U.S. Senate"
//
// A cluster of a single word that names a person is Bare, and never an entity; so is what every state has, printed
// without the state's name: Parliament, Ministry of Trade. A seat of government that acts or has relations ("Pyongyang
// has signaled", "tensions between Pyongyang and Washington") has the sense "government". "Washington" and "New York" are
// the states where the text says so: "Seattle, Washington". A town is the one whose state, county or country stands
// behind it, in the dateline or the body: "WHITBY, England" and "Whitby, North Yorkshire" are Whitby (England). Of two
// that a text names, one printed by itself is the one told last before.
//
// # content/entities.toml
//
// Every block is a table in an array; all keys but name are optional.
//
//	[[person]]                     # or [[place]], [[organization]]
//	name = "Kim Jong Il"           # as it is shown, and one form it is found by
//	aliases = ["Kim Jung Il"]      # other forms
//	id = "kim-jong-il"             # last part of its URL; made from the name when left out
//	sort = "Kim Jong Il"           # where it is filed in A-Z
//	same_as = ["https://…"]        # the same thing elsewhere
//	not = ["Kim Jong Un"]          # forms that never mean it
//	note = "Leader of North Korea, 1994-2011."
//	when = { before = "1960", after = "1940", near = ["Councillor"], articles = ["ID"] }
//
//	[[hide]]                       # no entity; kind left out: of no kind
//	kind = "person"
//	name = "Breaking News"
//
//	[[same]]                       # forms of one name; [[different]]: never one
//	names = ["Lim Dong-won", "Lim Dong Won"]
//
//	[[fix]]                        # one article's word; is = "nothing": names nothing
//	article = "ID"
//	text = "Jordan"
//	is = "people/michael-jordan"
//
// Names are found as whole words, in the case they are written in or all in capitals, and are what the entry says,
// whatever the recogniser took them for, unless an entry of that kind is meant by the name as well. Two entries of a kind
// may share a name if all but one have a when, whose conditions must all hold: the article's date lies before and after
// (both exclusive), one of the words near stands in it. An article listed always holds. An unknown key, a name without
// letters, a name or id that two entries claim, an unknown kind and a date that is none are errors.
//
// # Resolve
//
// Clusters are one entity where an entry says so, or where their names fold alike (prose.Fold: case, accents and
// hyphens; "US", "UK", "UN" and "EU" at the head of a longer name are written out). A name that no entry has is its
// most frequent full form; of equals, the one of the earlier card. An id is the kind's folder and the slug of the name;
// where that is taken, six digits made of the name follow. An id under which a name was published stays that of whatever entity
// has the name, but where an entry or front matter gives another.
//
// Beyond what folds alike, the archive's articles together show these to be one: a short form that nine in ten of the
// articles which print it beside a fuller name print beside the same one ("WHO"); companies that differ in their legal
// form; persons of the same first and last name, "Zelenskyy" and "Zelensky" counted as the same, whose middle names do not disagree and
// whose articles name some third thing in common. What people have listed apart is never joined. A person whose articles share too little, other names
// or tags, is Ambiguous: articles naming X, who may be different people.
//
// Where countries and regions share a name, as Georgia and Punjab, a card means the one that the places beside it tell,
// which is named after its country: "Georgia (United States)", "Georgia (country)". Where they do not tell it is
// neither, Ambiguous and nowhere. A town that texts tell from others is an entity of its own, unless the archive has no
// other of the name: then all its articles are of that, and it has its plain name.
//
// A Resolver does the same for an archive that changes. It keeps what the cards say of each name and which names are
// one; a card that comes or goes touches its names, and only entities made of those, or of names that now count for
// more or less beside them, are made again.
package entity

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"broadsheet/generator/entity/tagger"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Found is what one text names: Mentions in order of Start, never overlapping, each of a Cluster; Clusters in order
// of their first mention, those of the headline alone last.
type Found struct {
	Mentions []news.Mention
	Clusters []news.Cluster
	Reach    news.Reach // of the recognizer in this text
}

// Recognizer finds names. It may be used by many workers.
type Recognizer struct {
	lexicon func() *lexicon
	model   func() *tagger.Model
	readers sync.Pool
}

// NewRecognizer makes a recognizer. The gazetteer and the model are read, once, when the first text is.
func NewRecognizer() *Recognizer {
	return &Recognizer{lexicon: sync.OnceValue(newLexicon), model: sync.OnceValue(tagger.Load)}
}

// Find is what a text names, forms of one name folded together. Offsets are bytes of text; a name of the title
// makes or joins a cluster and gives no mention. Language is a BCP 47 tag, or "" where it is not known; the
// recognizer reads English, and finds nothing in a text that says it is in another language.
func (r *Recognizer) Find(title, text, language string) Found {
	if !english(language) {
		return Found{Reach: news.NoModel}
	}
	body, head := r.reader(text), r.reader(title)
	defer r.done(body)
	defer r.done(head)
	body.mend()
	body.read()
	head.reads = body.reads
	head.read()
	headline := head.known()
	body.judge(enough, headline)
	body.tag(r.model(), headline)
	head.settle(1, nil) // the body says which of its names count
	body.theNorth()
	body.theStates()
	body.theTowns(head)
	body.ofState()
	folder := newFolder()
	folder.fold(body, head)
	found := folder.found(body, folder.title(head))
	if body.reads == garbled {
		found.Reach = news.HardlyLegible
	}
	return found
}

// enough is how often a text names what nothing else in it vouches for before it is taken for a name.
const enough = 3

func english(language string) bool {
	primary, _, _ := strings.Cut(language, "-")
	return primary == "" || strings.EqualFold(primary, "en")
}

// reader is one for the text; give it back with done.
func (r *Recognizer) reader(text string) *reader {
	rd, _ := r.readers.Get().(*reader)
	if rd == nil {
		rd = &reader{lex: r.lexicon(), lower: map[uint64]bool{}, evidence: &evidence{}}
	}
	rd.text = text
	rd.tokens = prose.Words(rd.tokens[:0], text)
	rd.words = rd.lex.cut(rd.words[:0], rd.tokens, text)
	rd.spans = rd.spans[:0]
	clear(rd.lower)
	for i := range rd.words {
		if w := &rd.words[i]; w.shape == lower && w.class&common == 0 {
			rd.lower[w.lower] = true
		}
	}
	rd.reads = rd.measure()
	return rd
}

// longText is how many words a text has whose reader is not kept for the next.
const longText = 1 << 17

func (r *Recognizer) done(rd *reader) {
	if len(rd.words) > longText {
		return
	}
	rd.text = ""
	clear(rd.words) // they hold on to the text
	r.readers.Put(rd)
}

// found puts mentions and clusters together.
func (f *folder) found(r *reader, titled []int) Found {
	var found Found
	fullest, known := f.fullest(), f.listed(r)
	number := make([]int, len(f.groups))
	for i := range number {
		number[i] = -1
	}
	cluster := func(g int) int {
		if number[g] < 0 {
			number[g] = len(found.Clusters)
			found.Clusters = append(found.Clusters, f.groups[g].cluster(fullest[g], known[g]))
		}
		return number[g]
	}
	for i := range r.spans {
		s := &r.spans[i]
		if s.kind == 0 {
			continue
		}
		m := news.Mention{Span: r.bytes(s), Kind: s.kind, Cluster: cluster(f.root(f.of[i])), Sense: r.sense(i)}
		found.Mentions = append(found.Mentions, m)
		count(&found.Clusters[m.Cluster], m, surface(r.text[m.Start:m.End]))
	}
	for _, g := range titled {
		found.Clusters[cluster(g)].InTitle = true
	}
	return found
}

func (r *reader) bytes(s *span) news.Span {
	return news.Span{Start: r.words[s.from].Start, End: r.words[s.to-1].End}
}

// fullest is the form with the most words of each group and of those joined to it; of equals the most frequent, then
// the first.
func (f *folder) fullest() []form {
	best := make([]form, len(f.groups))
	for i := range f.groups {
		b := &best[f.root(i)]
		for _, form := range f.groups[i].forms {
			if cmp.Or(cmp.Compare(form.words, b.words), cmp.Compare(form.count, b.count)) > 0 {
				*b = form
			}
		}
	}
	return best
}

// listed is by group whether its name may make a page: always in a legible text, else if the gazetteer has it.
func (f *folder) listed(r *reader) []bool {
	listed := make([]bool, len(f.groups))
	for g := range f.groups {
		listed[g] = r.reads < garbled
	}
	for i := range r.spans {
		if r.reads < garbled || r.listed(&r.spans[i]) {
			listed[f.root(f.of[i])] = true
		}
	}
	return listed
}

// cluster is a group as the rest of the program sees it, its mentions still to be counted.
func (g *group) cluster(fullest form, known bool) news.Cluster {
	bare := g.shared || g.kind == news.Person && fullest.words < 2
	return news.Cluster{Kind: g.kind, Name: cmp.Or(g.canon, fullest.text), First: -1, Bare: bare || !known, Unproven: !bare && !known}
}

// count adds a mention to its cluster.
func count(c *news.Cluster, m news.Mention, surface string) {
	if c.First < 0 {
		c.First = m.Start
	}
	if m.Sense == "" {
		c.Count++
	} else {
		c.Senses++
	}
	spell(c, surface, 1)
}

// spell adds n mentions of one form.
func spell(c *news.Cluster, form string, n int) {
	at := slices.IndexFunc(c.Surfaces, func(s news.Spelling) bool { return s.Text == form })
	if at < 0 {
		at = len(c.Surfaces)
		c.Surfaces = append(c.Surfaces, news.Spelling{Text: form})
	}
	c.Surfaces[at].Count += n
}

// prints reports whether a text has a form of a cluster.
func prints(c *news.Cluster, form string) bool {
	return slices.ContainsFunc(c.Surfaces, func(s news.Spelling) bool { return s.Text == form })
}

// surface is a form as listings show it, whether or not it began a sentence or was broken by a line's end.
func surface(printed string) string {
	for {
		head, tail, broken := strings.Cut(printed, lineBreak)
		if !broken {
			break
		}
		printed = strings.TrimRightFunc(head, unicode.IsSpace) + strings.TrimLeftFunc(tail, unicode.IsSpace)
	}
	if rest, found := strings.CutPrefix(printed, "The "); found {
		printed = "the " + rest
	}
	if strings.ContainsAny(printed, "\n\t") {
		printed = strings.Join(strings.Fields(printed), " ")
	}
	return printed
}
