package render

import (
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"broadsheet/generator/news"
)

// Words is all that pages say in one language beside what the archive's own articles and settings say. A template reads
// a word as {{words.Cite}}; it is set into the template when that is read, so that it costs a page nothing. A language is
// one more value of this type in tongues; a test sees that none of its words is missing.
type Words struct {
	Language  string // BCP 47, of the words themselves
	Thousands string // what stands between thousands: ","

	Months       [13]string // Months[1] is January
	ShortMonths  [13]string
	Weekdays     [7]string // Sunday first
	ShortDays    [7]string // Sunday first, a letter or two for the head of a calendar
	DayMark      string    // after a day's number: "." in "5. April"
	WeekdayMark  string    // after a day of the week: "," in "Freitag, 5. April"
	DecadeMark   string    // after a decade's year: "s"
	To           string    // between the ends of a range, with blanks
	About        string    // before a date that is approximate, with a blank after it
	Perhaps      string    // before a date that is uncertain, with a blank after it
	Undated      string    // the shelf
	DateNotKnown string
	DayNotKnown  string // within a month
	MonthMissing string // within a year

	Article, Articles string // after a number
	Name, Names       string // after a number
	Line, Lines       string // after a number

	// The indexes, and what each of their pages is of.
	Dates, People, Places, Organizations, Tags, Sections, Publications, Authors string
	Person, Place, Organization, Tag, Section, Publication, Author              string

	// The frame of a page.
	Skip, Archive, Top, ReportError, Follow, NewArticles, FeedNote, Earlier, Later string

	// The front page.
	Coverage, Latest, OnThisDay, AroundThisDay, EveryDay string

	// An article.
	By, And, More, PrintPage, Draft, Corrected, PutsRight, InThisArticle, ByMachine, HardlyLegible, NoModel, Withheld, ReadThere string
	Genres, Rules                                                                                                                map[string]string // rules as they are on record; none for English
	ThePrintedPage, Picture, Translations, Related, SameIssue, NearArticles                                                      string
	Provenance, Source, Licence, KnownAs, LastChanged, Original, AsReceived, AlsoRan                                             string
	CiteAs, NotDated, TextSum, LinkHere, LeftOut, LineNumber, Text, Why                                                          string

	// A listing.
	Listed, Newest, AllByDate, NamedWith, PartOf, Within, PrintedAs, Elsewhere, OnTheMap string
	Central, NamedInPassing, Ambiguous, Unchecked, FirstAndLast                          string

	// Dates and indexes.
	Year, Years, MonthsOfYear, KnownToDecade, NoDateKnown, KnownToYear, NearYears, Near, Letters, MostNamed string
	AsTable, Explore, ByTag, ByTagNote, Network, NetworkNote, MapNote, Together                             string
	Corrections, CorrectionsNote                                                                            string

	// Search.
	Search, SearchFor, SearchNote, SearchNeedsHost, SearchNeedsScript, SearchFailed, Searching, Tables, TablesNote string
	NothingFound, DidYouMean, Best, NewestFirst, MoreHits, OverTime, Narrow, WholePeriod                           string

	// What leads elsewhere.
	NotFound, NoSuchPage, NoSuchPageNote, FrontPageNote, IndexesNote, Moved, NowAt string
}

// WordsFor is the words in the language of a BCP 47 tag, or in English.
func WordsFor(language string) *Words {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	for _, w := range tongues {
		if w.Language == base {
			return w
		}
	}
	return tongues[0]
}

// Number is n with a mark between thousands.
func (w *Words) Number(n int) string {
	digits := strconv.Itoa(n)
	if n < 1000 {
		return digits
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(w.Thousands)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Count is n with the noun for it: "1 article", "1,234 articles".
func (w *Words) Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return w.Number(n) + " " + many
}

// Month is a month of a year: "April 2002".
func (w *Words) Month(year, month int) string { return w.Months[month] + " " + strconv.Itoa(year) }

// Day is a known day within its month: "Friday 5 April".
func (w *Words) Day(year, month, day int) string {
	return w.Weekdays[news.Weekday(year, month, day)] + w.WeekdayMark + " " + w.DayOfYear(month, day)
}

// DayOfYear is a day of any year: "5 April".
func (w *Words) DayOfYear(month, day int) string {
	return strconv.Itoa(day) + w.DayMark + " " + w.Months[month]
}

// Decade is a decade by its first year: "1910s".
func (w *Words) Decade(year int) string { return strconv.Itoa(year) + w.DecadeMark }

// Genre is what a kind of article is called; "" for the usual one.
func (w *Words) Genre(genre string) string {
	if genre == "news" {
		return ""
	}
	if name, known := w.Genres[genre]; known {
		return name
	}
	return genre
}

// Rule is why a line was left out, in words for readers; those on record are English. What the rules have in common but
// for a number stands in Rules with %d for it.
func (w *Words) Rule(rule string) string {
	const digits = "0123456789"
	if said, known := w.Rules[rule]; known {
		return said
	}
	before, rest := rule, ""
	if i := strings.IndexAny(rule, digits); i >= 0 {
		before, rest = rule[:i], rule[i:]
	}
	after := strings.TrimLeft(rest, digits)
	said, known := w.Rules[before+"%d"+after]
	if !known {
		return rule
	}
	return strings.Replace(said, "%d", rest[:len(rest)-len(after)], 1)
}

// Kind is what a listing's page is of: "person".
func (w *Words) Kind(kind string) string {
	return map[string]string{"person": w.Person, "place": w.Place, "organization": w.Organization, "tag": w.Tag,
		"section": w.Section, "publication": w.Publication, "author": w.Author}[kind]
}

// Room is what an index is called: "People".
func (w *Words) Room(folder string) string {
	return map[string]string{"people": w.People, "places": w.Places, "organizations": w.Organizations, "tags": w.Tags,
		"sections": w.Sections, "publications": w.Publications, "authors": w.Authors}[folder]
}

// rightToLeft are the languages that are written so.
var rightToLeft = []string{"ar", "ckb", "dv", "fa", "he", "ks", "ku-arab", "ps", "sd", "ug", "ur", "yi"}

// direction is "rtl" or "ltr" for a language, "auto" where that is not known.
func direction(language string) string {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	switch {
	case language == "":
		return "auto"
	case slices.Contains(rightToLeft, base):
		return "rtl"
	}
	return "ltr"
}

// inLanguage is the attributes of an element whose text is in a language; none for the page's own.
func inLanguage(language string) template.HTMLAttr {
	if language == "" {
		return ""
	}
	b := appendEscaped([]byte(`lang="`), language)
	b = append(append(b, `" dir="`...), direction(language)...)
	return template.HTMLAttr(append(b, '"'))
}

// setter puts the words that a template reads in the place of its actions and their arguments.
type setter struct {
	words reflect.Value
	text  *parse.TextNode // of the template: a node of text is made from another, since it must know its tree
}

func (s *setter) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TextNode:
			s.text = n
		case *parse.ActionNode:
			if word, found := s.bareWord(n.Pipe); found && s.text != nil {
				text := s.text.Copy().(*parse.TextNode)
				text.Pos, text.Text = n.Pos, appendEscaped(nil, word)
				list.Nodes[i] = text
				continue
			}
			s.arguments(n.Pipe)
		case *parse.TemplateNode:
			s.arguments(n.Pipe)
		case *parse.IfNode:
			s.branch(&n.BranchNode)
		case *parse.RangeNode:
			s.branch(&n.BranchNode)
		case *parse.WithNode:
			s.branch(&n.BranchNode)
		}
	}
}

func (s *setter) branch(n *parse.BranchNode) {
	s.list(n.List)
	s.list(n.ElseList)
}

// arguments sets the words that functions are given.
func (s *setter) arguments(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, command := range p.Cmds {
		for n := 1; n < len(command.Args); n++ {
			if word, found := s.word(command.Args[n]); found {
				command.Args[n] = &parse.StringNode{NodeType: parse.NodeString, Pos: command.Args[n].Position(), Quoted: strconv.Quote(word), Text: word}
			}
		}
	}
}

// bareWord is the word of {{words.Field}}.
func (s *setter) bareWord(p *parse.PipeNode) (string, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return "", false
	}
	return s.word(p.Cmds[0].Args[0])
}

// word is the word of words.Field.
func (s *setter) word(node parse.Node) (string, bool) {
	chain, ok := node.(*parse.ChainNode)
	if !ok || len(chain.Field) != 1 {
		return "", false
	}
	if name, ok := chain.Node.(*parse.IdentifierNode); !ok || name.Ident != "words" {
		return "", false
	}
	field := s.words.FieldByName(chain.Field[0])
	return field.String(), field.IsValid() && field.Kind() == reflect.String
}
