package render

import (
	"html/template"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// Site is what every page shows of the whole site.
type Site struct {
	Title       string
	Description string
	Language    string // BCP 47
	BaseURL     string // with a slash at the end; "" when the site has none
	Contact     string // URL for "report an error", or ""
	Publication string // where the whole site is one paper
	Corrections bool   // there is a page of them
	Menu        []Link // the author's own entries, in order
	Rooms       []Link // the indexes this archive has: dates, people, places, organizations, tags, sections, publications, authors
	Pagefind    bool   // articles carry the attributes that Pagefind reads
	Feed        bool   // feed.xml, atom.xml and feed.json exist at the root
	Style       string // path below the root: "style.css"
}

// Link is one line that leads somewhere. URL is below the site's root, to be written after Page.Root; a URL with a
// scheme stands as it is; "" means there is no page to go to.
type Link struct {
	Label string
	URL   string
	Count int // articles; 0 where a count would say nothing
}

// Page is what every template sees beside its own fields.
type Page struct {
	Site        *Site
	Path        string // of this page below the root: "tags/peace-process/index.html"
	Root        string // from this page to the root: "../../"; base_url's path for 404.html
	Title       string // of the <title>, before the site's name; "" where it is that name
	Description string // for <meta name=description>, or ""
	Canonical   string // absolute, or "" when the site has no base_url
	Language    string // of the page's text, where it is not that of the words around it
	NoIndex     bool
	Feed        *Link // this page's own feed, or nil
}

// Date is a date as it is read.
type Date struct {
	ISO   string // for <time datetime>: "2002-04-05", "2002-04", "2002", or "" where HTML has no form for it
	Text  string // "5 April 2002", "April 2002", "about 1916", "1910s", "1914 to 1918"; "" when undated
	Clock string // time of day: "14:05", "14:05 UTC", "14:05 +01:00", or ""
	URL   string // the page that lists what was published then; "" when undated
}

// Item is one article in a list.
type Item struct {
	URL         string
	Headline    string
	Summary     string // deck or lede, plain text; "" where the rights do not allow one
	Date        Date
	Byline      string
	Publication string
	Language    string // where it is not that of the words around it

	Key manifest.Digest // of all that it shows but Publication and Language; zero where nobody made one
}

// Figure is a picture shown with an article.
type Figure struct {
	URL     string // below the root; with a scheme where it stands elsewhere on the web
	Alt     string
	Caption string
	Credit  string
	Away    bool // it is shown as a link, since a page asks nothing of another's server
}

// Translation is the same article in another language.
type Translation struct {
	Language string // BCP 47
	Link
	Address string // absolute, or "" when the site has no base_url
}

// Article is the data of article.html.
type Article struct {
	Page
	Headline    string
	Deck        string
	Authors     []Link
	Byline      string // as printed, where no author could be told from it
	Credit      string
	Dateline    string // the place alone, since the text has the dateline as printed: "Auburn, Wash."
	Date        Date
	Modified    Date
	DateNote    string
	Genre       string // what kind of article it is, in words; "" for news
	Type        string // the same as front matter has it
	Section     Link
	Publication Link
	Edition     string
	PrintPage   string
	Figures     []Figure
	Scan        *Figure       // the printed page, which stands beside the text; nil where there is none
	Body        template.HTML // "" when Withheld
	Signed      string        // who signed a letter, as printed, below its body; "" when Withheld
	Withheld    bool          // rights = "metadata": headline, date, source and names are all there is to show
	Draft       bool
	Corrections []string
	CorrectedBy []Item // printed corrections of it
	Corrects    []Item // the article that this printed correction puts right

	Tags          []Link
	People        []Link
	Places        []Link
	Organizations []Link
	ByMachine     bool      // names were found by the program and may be wrong
	HardlyLegible bool      // it is misread so badly that only names known elsewhere are linked
	NoModel       bool      // it is in a language whose names the program cannot find
	About         []Subject // what the article is about, and what it mentions, as structured data tells it
	Mentions      []Subject

	Identifiers []string // what others call it: a DOI, a number in a catalogue

	Source    Link // Label is what is shown; URL "" where the source is words alone
	License   Link
	Original  Link // the text as it was received, below the root; URL "" where rights forbid it
	SHA256    string
	Removed   []news.Removal
	Permalink string // absolute, else the path below the root: what a citation gives

	TextSum string // first 16 hexadecimal digits of the SHA-256 of the text shown, as inspect prints it; "" when Withheld

	AlsoRan      []Item // the same story as it ran elsewhere, or again
	Related      []Item // articles that share the most and rarest names
	Issue        *Link  // what else the same issue of the paper printed
	Translations []Translation
	Previous     *Link // the article published before this one in the same publication
	Next         *Link
	JSONLD       template.JS // schema.org NewsArticle and its kin, or ""
}

// Subject is something an article is about or mentions.
type Subject struct {
	Kind news.Kind
	Name string
}

// Standing is the data of page.html: an about page and the like.
type Standing struct {
	Page
	Headline string
	Body     template.HTML
}

// Bar is one column of a chart over time.
type Bar struct {
	Label string // "2002"
	URL   string // or ""
	Count int
	Share int // of the tallest bar, in hundredths; at least 1 where Count is not 0
}

// Listing is the data of listing.html: the articles of a tag, person, place, organization, author, section or
// publication. First pages have Periods; a leaf page has Period and Up.
type Listing struct {
	Page
	Kind    string // what it is of, in words: "Person"; "" where there is no word for it
	Heading string
	Note    string
	Total   int
	Items   []Item // newest first; on a first page at most the newest split_above
	Central bool   // on an entity's page: Items are about it, and Passing names it beside other things
	Passing []Item
	Issues  []Group // in place of Items: a publication's articles by day
	Periods []Link  // leaf pages that hold every article, newest first; empty when Items has them all
	Period  string  // on a leaf: "2002", "April 2002", "1910s", "Undated"
	Up      *Link   // on a leaf: the first page
	Bars    []Bar   // articles by year, gaps included; empty when one year says it all

	Spellings []news.Spelling // other forms printed, the most frequent first
	First     *Item           // earliest dated article
	Last      *Item           // latest dated article
	With      []Link          // entities it appears with most
	Pairs     []Pair          // which of With stand together
	Pins      []Pin           // of a place: where it lies, and those of With that are places
	Narrower  []Link          // tags below this one
	Broader   []Link          // tags above this one
	SameAs    []string        // URLs of the same thing elsewhere
	Machine   bool            // no person has confirmed this entity
	Ambiguous bool            // equal names that may be different people or places
}

// Letter is one group of an A-Z index.
type Letter struct {
	Letter  string // "A"; "#" for what begins with no letter
	Anchor  string // id on the page: "a", "other"
	URL     string // its page below the root where the index is split, else ""
	Count   int
	Entries []Link
}

// Index is the data of index.html, the A-Z of one kind. Where it is split by letter, the first page has Letters with
// a URL and no Entries, and Most; a letter's page has one Letter and Up.
type Index struct {
	Page
	Kind    string // "people", "places", "organizations", "tags", "authors", "sections", "publications"
	Heading string
	Total   int
	Letters []Letter
	Most    []Link // the most present, for a split index
	Up      *Link
}

// Front is the data of front.html.
type Front struct {
	Page
	Articles      int
	First, Last   Date // of coverage
	Bars          []Bar
	Latest        []Item // the first has the lead; those of weight come before the newest
	Days          bool   // dates/on/ has pages
	People        []Link
	Places        []Link
	Organizations []Link
	Tags          []Link
	Sections      []Link
	Publications  []Link
}

// Explore is the data of explore.html.
type Explore struct {
	Page
	Spans []string // columns: "2002", or "1910–1919" where years are many
	Tags  []Strip  // rows
	Names []Link   // of the network
	Pairs []Pair   // of Names, the strongest first
	Pins  []Pin
}

// Strip is one row of a table over time.
type Strip struct {
	Link
	Cells []Cell // one for each column
}

// Cell is how many articles stand in one column, with its shade: 0 for none, 1 to 5.
type Cell struct{ Count, Shade int }

// Shade is how strongly a count shows beside the highest of its table: 0 for none, else 1 to 5, by its square root.
func Shade(count, most int) int {
	shade := 0
	for shade*shade*most < 25*count {
		shade++
	}
	return shade
}

// Days is the data of days.html: every day of any year.
type Days struct {
	Page
	Months []Month
}

// Dates is the data of dates.html: every year, decade and the undated shelf.
type Dates struct {
	Page
	Years   []Bar  // every year from first to last, gaps included
	Each    []Link // the years with articles, and between them the gaps: "1917–2005", without URL
	Decades []Link // "1910s": articles known only to the decade
	Undated Link   // Count 0 when there are none
	Days    bool   // dates/on/ has pages
}

// Day is one cell of a month's calendar.
type Day struct {
	Day   int    // 0 for an empty cell before the first or after the last
	Count int    // articles
	Shade int    // of Count: 0 for none, 1 to 5
	URL   string // "" when there are none
}

// Weekday heads a column of a month.
type Weekday struct{ Short, Long string }

// Month is one month of a year.
type Month struct {
	Head  []Weekday // none where the days are those of any year
	Name  string    // "April"
	URL   string    // "" when it has no articles
	Count int
	Weeks [][7]Day // Monday first
}

// Year is the data of year.html.
type Year struct {
	Page
	Year      string
	Total     int
	Months    []Month // all twelve
	Loose     []Item  // articles known only to the year, or a range that begins in it
	LooseMore []Link  // where those are split over pages
	Previous  *Link   // nearest earlier year with articles
	Next      *Link
}

// Group is a run of items under one heading.
type Group struct {
	Heading string // "Friday 5 April", "Day not known", or a letter
	Anchor  string // "d05", "d00"
	Items   []Item
	More    *Link // the page that holds the group where it is too long to stand here
}

// Period is the data of period.html: a month, a day, a decade, a loose year or the undated shelf.
type Period struct {
	Page
	Heading  string // "April 2002"
	Total    int
	Groups   []Group
	Up       *Link
	Previous *Link
	Next     *Link
}

// Missing is the data of 404.html.
type Missing struct{ Page }

// Search is the data of search.html.
type Search struct {
	Page
	Described string // the OpenSearch description, below the root; "" where the site has no base_url
	Packs     bool   // the index is in packs
	Tables    []Link // of all articles, for a spreadsheet, by year
}

// Moved is the data of moved.html: an alias that leads to an article's present place.
type Moved struct {
	Page
	To Link
}
