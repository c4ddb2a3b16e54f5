package news

// Article is one story with everything said in its file and found in its text. Strings are UTF-8; an empty value
// means not known. Body is Markdown; Mentions are offsets into the plain text that package markdown makes of Body.
type Article struct {
	File     string // below content/, slash-separated: the file a person would edit
	Original string // below content/: the text as it was received, where it is kept; may equal File
	SHA256   string // of Original's bytes, in hex

	ID      string // lasting identity: the `id` key, else File without its extension
	Slug    string // last part of the URL, without extension
	URL     string // where the author fixed it: path below the site's root; "" lets the site choose
	Aliases []string
	Draft   bool
	Weight  int

	Title       string
	Deck        string
	Description string
	Byline      Byline
	Signed      string // a letter's signature, as printed: never an author, and nobody is looked for in it
	Dateline    Dateline
	Date        Date
	Modified    Date // `lastmod`
	DateNote    string

	Publication string
	Edition     string
	PrintPage   string
	Section     string
	Genre       string // news, opinion, editorial, letter, obituary, review, interview, notice, page
	Language    string // BCP 47
	Tags        []string
	Named       [len(Kinds) + 1][]string // by Kind: names or ids the front matter gives; nil where it is silent

	Source        string // URL or words: where the text was taken from
	License       string
	Rights        Rights
	Images        []Image
	Scan          string
	Corrections   []string
	Identifiers   []string
	Corrects      string // id of the article that this printed correction puts right
	TranslationOf string
	Extra         map[string]any // keys we do not know, kept for templates

	Legibility int   // per cent of a text that reads as words; 0 where it was not measured
	Reach      Reach // which of its names can be found

	From    map[string]string // field name (a front-matter key) to where its value was found
	Removed []Removal
	Body    string

	Mentions []Mention
	Clusters []Cluster
}

// Reach is which names of a text the program can find.
type Reach uint8

const (
	AllNames      Reach = iota
	HardlyLegible       // those that a list or the archive's other articles know
	NoModel             // those of the authority files: the text's language is not one that it reads
)

// Byline is who wrote the article: "By Jane Doe and John Roe, AP".
type Byline struct {
	Printed string // as printed
	Authors []string
	Credit  string // an agency or paper: AP, Reuters
}

// Dateline is where, and sometimes when, a story was filed: "AUBURN, Wash. (AP) —".
type Dateline struct {
	Printed string
	Place   string
}

// Image is a picture that belongs to an article.
type Image struct {
	File    string `json:"file"` // relative to the article, or a URL
	Alt     string `json:"alt,omitempty"`
	Caption string `json:"caption,omitempty"`
	Credit  string `json:"credit,omitempty"`
}

// Removal is one line, or part of a line, of the source that is not in the body, with the rule that took it out.
type Removal struct {
	Line int    `json:"line"` // 1-based, in the original
	Text string `json:"text"`
	Rule string `json:"rule"`
	Part bool   `json:"part,omitempty"` // of a line, the rest of which may have stayed; no [[keep]] puts it back
}

// Mention is one span of the article's text that names a Cluster.
type Mention struct {
	Span
	Kind    Kind
	Cluster int    // index into the article's Clusters
	Sense   string // "government" where a place stands for its government; else ""
}

// Cluster is one person, place or organisation as a single article has it: "Lim Dong-won", "Mr. Lim" and "Lim".
type Cluster struct {
	Kind     Kind
	InTitle  bool       // named in the headline
	Bare     bool       // only a surname or the like is known: never an entity page of its own
	Unproven bool       // Bare for no other reason than that its text is hardly legible: it joins the entity that others make
	Name     string     // the fullest form in the text, titles and leading "the" left out
	Surfaces []Spelling // the distinct forms mentioned, in order of appearance
	Count    int        // mentions in the body, government sense apart
	Senses   int        // mentions with a sense
	First    int        // offset of the first mention; -1 when it stands in the front matter or headline alone
	Entity   string     // id, where an authority entry settled it: "people/kim-jong-il"
}

// Tag is a subject given to an article.
type Tag struct {
	Slug  string `json:"slug"`
	Label string `json:"label"`
	Why   string `json:"why"` // front matter, or the rule and the words that matched
}
