package entity

import (
	"strconv"
	"strings"

	"broadsheet/generator/entity/gazetteer"
	"broadsheet/generator/news"
)

// class is what the gazetteer knows of one word, as a set.
type class uint32

const (
	given     class = 1 << iota // a person's given name
	surname                     // a person's family name
	family                      // a family name that stands first
	common                      // printed in lower case elsewhere
	demonym                     // Iraqi, Catholic: capitalised, no name by itself
	never                       // Monday, II
	title                       // stands before a person's name: Mr, President
	role                        // the same in lower case: envoy
	speech                      // said, agreed
	orgHead                     // University: makes the name before it an organisation's
	placeHead                   // River
	thingHead                   // Treaty: neither person, place nor organisation
	calendar                    // Monday, May
	particle                    // de, van, bin: joins a person's name
	locative                    // in, at, near
	outfit                      // firm, newspaper: a word for an organisation
	asset                       // shares, spokesman: what an organisation has
	function                    // the, is, under: inside a name only in lower case
)

// headWord is any word that says what the name it closes is.
const headWord = orgHead | placeHead | thingHead

// entry is what is known of a word: its classes, and how many words the longest name has that begins with it.
type entry struct {
	class class
	reach uint8
}

// rank says how sure a name by itself is.
type rank uint8

const (
	weak   rank = iota // a small town, or a name that is also a word or a person's
	likely             // a town, a division of a country
	sure               // a country, a large city, an organisation of the list
)

// name is a place or organisation of the gazetteer. Kind 0 is a name of neither: "South Korean".
type name struct {
	canon   string // how it is written in full
	kind    news.Kind
	rank    rank
	capital bool // a seat of government
	country bool
	shared  bool // every state has one: Parliament
}

// lexicon is the gazetteer in memory.
type lexicon struct {
	words map[string]entry
	names map[string]name
}

// The smallest inhabitants, in thousands, of cities by rank.
const (
	sureCity   = 1000
	likelyCity = 100
)

func newLexicon() *lexicon {
	lex := &lexicon{words: make(map[string]entry, 1<<16), names: make(map[string]name, 1<<16)}
	var organizations, cities []string // read after every list that makes a name doubtful
	for list, line := range gazetteer.Entries() {
		switch list {
		case "organization":
			organizations = append(organizations, line)
		case "city":
			cities = append(cities, line)
		default:
			lex.read(list, line)
		}
	}
	lex.markGrammar()
	for _, line := range organizations {
		lex.organization(line)
	}
	for _, line := range cities {
		lex.city(line)
	}
	return lex
}

var listClasses = map[string]class{
	"given": given, "surname": surname, "korean": family | surname, "chinese": family | surname, "vietnamese": family | surname,
	"common": common, "never": never, "title": title, "role": role | common, "speech": speech | common,
	"outfit": outfit | common, "asset": asset | common,
	"head-organization": orgHead, "head-place": placeHead, "head-thing": thingHead,
}

func (lex *lexicon) read(list, line string) {
	switch list {
	case "demonym":
		lex.demonym(line)
	case "place":
		lex.named(line, name{kind: news.Place, rank: sure})
	case "institution":
		lex.named(line, name{kind: news.Organization, rank: sure, shared: true})
	case "country":
		lex.named(line, name{kind: news.Place, rank: sure, country: true})
	case "region":
		lex.named(line, name{kind: news.Place, rank: lex.doubt(line, likely)})
	default:
		lex.mark(line, listClasses[list])
	}
}

func (lex *lexicon) mark(word string, c class) {
	e := lex.words[word]
	e.class |= c
	lex.words[word] = e
}

// demonym marks the word and its plural; of two words or more it is a name of no kind.
func (lex *lexicon) demonym(line string) {
	for _, form := range [...]string{line, line + "s"} {
		if strings.Contains(line, " ") {
			lex.put(form, name{canon: line, rank: sure})
		} else {
			lex.mark(form, demonym)
		}
	}
}

// organization puts an organisation; one that bears a person's name may be that person: Ford.
func (lex *lexicon) organization(line string) {
	n := name{kind: news.Organization, rank: sure}
	if lex.words[line].class&(given|surname) != 0 {
		n.rank = likely
	}
	lex.named(line, n)
}

// named puts "Name" or "Other = Name".
func (lex *lexicon) named(line string, n name) {
	form, canon, found := strings.Cut(line, " = ")
	if !found {
		canon = form
	}
	n.canon = canon
	lex.put(form, n)
}

// put keeps the first entry of a form, but lets a country have its name: Georgia, and Luxembourg of the divisions.
func (lex *lexicon) put(form string, n name) {
	old, found := lex.names[form]
	if found && (old.rank >= n.rank) {
		old.capital = old.capital || n.capital
		old.country = old.country || n.country
		lex.names[form] = old
		return
	}
	lex.names[form] = n
	if n.kind == news.Place && strings.Contains(form, " ") && oldStyle(form) {
		lex.put(strings.ReplaceAll(form, " ", "-"), n)
	}
	first, _, _ := strings.Cut(form, " ")
	words := uint8(strings.Count(form, " ") + 1)
	e := lex.words[first]
	e.reach = max(e.reach, words)
	lex.words[first] = e
}

// oldStyle reports whether old print has a hyphen in a place's name: New-York, North-Carolina.
func oldStyle(form string) bool {
	for _, first := range [...]string{"New ", "North ", "South ", "East ", "West ", "Rhode ", "Long "} {
		if strings.HasPrefix(form, first) {
			return strings.Count(form, " ") == 1
		}
	}
	return false
}

// city reads "*Seoul<TAB>KR<TAB>10349".
func (lex *lexicon) city(line string) {
	form, rest, _ := strings.Cut(line, "\t")
	_, thousands, _ := strings.Cut(rest, "\t")
	inhabitants, _ := strconv.Atoi(thousands)
	form, seat := strings.CutPrefix(form, "*")
	n := name{canon: form, kind: news.Place, capital: seat}
	switch {
	case seat || inhabitants >= sureCity:
		n.rank = sure
	case inhabitants >= likelyCity:
		n.rank = likely
	}
	if !seat {
		n.rank = lex.doubt(form, n.rank)
	}
	lex.put(form, n)
}

// doubt is the rank of a place whose name may be a word or a person's.
func (lex *lexicon) doubt(form string, r rank) rank {
	if strings.Contains(form, " ") {
		return r
	}
	if lex.words[form].class&(given|surname|family|never|title|headWord|demonym) != 0 || lex.words[strings.ToLower(form)].class&common != 0 {
		return weak
	}
	return r
}

func (lex *lexicon) markGrammar() {
	for list, c := range map[string]class{
		"Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December": calendar,
		"de da do dos das del della di du la le van von der den ten bin bint ibn al el ul ben arap zu y e":                                               particle,
		"in at near from outside around across throughout inside toward towards":                                                                         locative,
		"the of and a an to for by on as it he she they we you this that these those his her its their our my but so if when while where who what which how why there here not with or nor yet then than after before since until during under over between among through against about into out up down off all some many most much more few both each every no any other another such same own just only also even still now once": common | function,
		"is are was were be been being am has have had does did says": function,
	} {
		for word := range strings.FieldsSeq(list) {
			lex.mark(word, c)
			if c&(common|locative) != 0 {
				lex.unmark(strings.ToUpper(word[:1])+word[1:], given|surname) // some family is called In
			}
		}
	}
}

func (lex *lexicon) unmark(word string, c class) {
	if e, found := lex.words[word]; found {
		e.class &^= c
		lex.words[word] = e
	}
}

// compassPlace is the place that a point of the compass and a country name together.
func (lex *lexicon) compassPlace(point, base string) (name, bool) {
	n, found := lex.names[point+" "+base]
	return n, found && n.kind == news.Place
}
