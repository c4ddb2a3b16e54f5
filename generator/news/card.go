package news

// Card is what the archive keeps in memory of one article: enough for every listing, none of the body. There may be a
// million of them, so what few articles have stands in Rare.
type Card struct {
	File     string
	Original string // the text as it was received, below content/; "" for Markdown alone
	ID       string
	Slug     string

	Title       string // "" when untitled; see archive.Heading for what is shown
	Lede        string // first paragraph, plain, cut at a word; "" unless Rights is Open
	Date        Date
	Authors     []string
	Credit      string
	Publication string
	Section     string
	Genre       string
	Language    string
	Rights      Rights
	Words       int
	*Rare       // never nil in an archive: cards that have nothing of it share an empty one

	Tags     []*Tag // each is shared by the cards that have it
	Clusters []Cluster
	Named    [len(Kinds) + 1]bool // by Kind: the front matter gives this kind, so the text's finds are not listed beside it
}

// Rare is what a Card has of things that most articles have not.
type Rare struct {
	URL      string // fixed by the author, or ""
	Aliases  []string
	Draft    bool
	Weight   int
	Deck     string
	Modified Date

	PrintPage string
	Files     []string // pictures, articles and other files it shows or links to: paths below content/
	Pictures  []string // those of Files it shows

	Corrections   []string
	Corrects      string // id of the article that it, a printed correction, puts right
	TranslationOf string // id of the article it translates
}

// Entity is one person, place or organisation of the whole archive.
type Entity struct {
	ID        string // "people/kim-jong-il", lasting
	Kind      Kind
	Name      string // preferred form
	Sort      string // form to file under in A-Z: "Doe, Jane"
	Spellings []Spelling
	Note      string
	SameAs    []string
	Confirmed bool      // a person's entry in entities.toml stands behind it
	Ambiguous bool      // equal names that may be different people or places
	Country   string    // of a place, where it is known: its name in English
	At        *Position // of a place, where it is known
	Page      bool      // has a page of its own
	Articles  []Appearance
}

// Degree is what a Position counts in.
const Degree = 100_000

// Position is where on Earth a place is, in hundred-thousandths of a degree; north and east are above 0.
type Position struct {
	Latitude, Longitude int
}

// Spelling is one form of an entity's name as the archive prints it.
type Spelling struct {
	Text  string
	Count int // mentions
}

// Appearance is an entity in one article.
type Appearance struct {
	Card  int32 // index into the archive's cards
	Count int32 // mentions in the body
	About bool  // what the story is about, rather than a passing mention
}

// Listing is a group of articles under one heading: a tag, an author, a section, a year.
type Listing struct {
	ID    string // folder below the site's root, without a slash at the end: "tags/peace-process"
	Label string
	Sort  string
	Note  string
	Page  bool  // has a page of its own
	Cards []int // indexes into the archive's cards, newest first
}
