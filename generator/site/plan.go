package site

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"broadsheet/generator/archive"
	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// page is one file of the output: where it stands, the key of all that it is made from, and how to make it. write may
// be called by any worker and reads nothing that changes.
type page struct {
	path  string
	key   manifest.Digest
	write func(*bytes.Buffer) error // nil where its part is planned again to make it

	mapped bool // noted for the sitemap, while its part is planned
}

// part is some pages that are planned together, pages[first:first+count] of the plan.
//
// Of listings and articles, which are most pages of a large archive, the plan keeps paths and keys alone. The worker that finds a key changed
// plans the part again, and this time uses what its pages would show: twice the planning, which is hashing, is
// less than a million lists of links that wait in memory.
type part struct {
	first, count int
	again        func(*sheet) // nil where the pages have their write
}

// sheet is where a part's pages are put while it is planned.
type sheet struct {
	*plan
	pages  []page
	again  bool   // the addresses are claimed already
	known  bool   // so are the keys: what the pages show is wanted
	source string // content/FILE of the article or page that is being planned, for messages
}

// plan is every file of the output. It is made by one goroutine from values that do not change any more.
type plan struct {
	*archive.Archive
	o            Options
	words        *render.Words
	site         *render.Site
	siteKey      manifest.Digest
	digests      []manifest.Digest        // per card: hash of what a list shows of it
	outlines     []outline                // per card
	names        [][]int32                // per card: its entities, in order of appearance, each once
	groups       map[string]*news.Listing // tags, sections, publications and authors by id
	rooms        []room
	corrected    []int             // cards with corrections, newest first
	linked       []manifest.Digest // per entity: hash of what a link to it shows
	around       around
	publications map[string]int32 // see outline
	static       map[string][]byte
	planned      map[string]stretch // by step
	stood        stood

	calendar      *calendar
	anniversaries []anniversary
	only          *onlyDates      // whose pages are planned; nil for all
	letters       map[string]bool // pages of long A-Zs that are planned; nil for all

	pages   []page
	parts   []part
	claimed map[string]string // path or folder, folded, to the path that has it or lies in it
	found   diag.List
	maps    []string // pages for the sitemap, articles apart, as URLs below the root
}

func newPlan(a *archive.Archive, o Options) (*plan, error) {
	p, err := openPlan(a, o)
	if err != nil {
		return nil, err
	}
	p.digests = make([]manifest.Digest, len(a.Cards))
	p.share(len(a.Cards), func(i int) { p.digests[i] = a.Digest(i) })
	p.findRelated()
	for n := range fixed {
		if fixed[n].name == "articles" {
			p.listings()
		}
		p.once(&fixed[n])
	}
	p.claimed = nil // every address is settled, and they take as much as the pages
	return p, nil
}

// openPlan is a plan of no page yet, with all that they share but the cards' digests, and what the articles lead on to.
func openPlan(a *archive.Archive, o Options) (*plan, error) {
	p := &plan{Archive: a, o: o, words: o.Theme.Words(), claimed: map[string]string{}, planned: map[string]stretch{}, groups: map[string]*news.Listing{}}
	p.outline()
	p.rooms = p.everyRoom(nil)
	p.findCorrections()
	p.site = p.describe()
	text, err := json.Marshal(p.site)
	if err != nil {
		return nil, err
	}
	var h manifest.Hasher
	h.String(o.Program)
	h.String(string(text))
	p.siteKey = h.Key()
	p.findNames()
	p.indexGroups()
	p.linkKeys()
	p.lookAround()
	if p.static, err = layered(o.Static); err != nil {
		return nil, fmt.Errorf("reading static files: %w", err)
	}
	p.chooseScripts()
	return p, nil
}

// fixed is what is planned beside the listings, in the order in which addresses are claimed. The static files come first:
// no article's address takes that of the style sheet. The sitemaps tell of all others.
var fixed = []step{
	{"files", (*sheet).files}, {"originals", (*sheet).originals}, {"missing", (*sheet).missing}, {"robots", (*sheet).robots}, {"feeds", (*sheet).siteFeeds}, {"front", (*sheet).front},
	{"dates", (*sheet).dates}, {"days", (*sheet).everyDay}, {"indexes", (*sheet).indexes}, {"explore", (*sheet).explore},
	{"corrections", (*sheet).correctionPages}, {"search", (*sheet).search}, {"articles", (*sheet).articles}, {"standing", (*sheet).standing}, {"moved", (*sheet).moved},
	{"sitemaps", (*sheet).sitemaps},
}

// stretch is the pages from one number to before another.
type stretch struct{ from, to int }

// step is one of them.
type step struct {
	name string
	plan func(*sheet)
}

// indexGroups finds the tags, sections, publications and authors by their ids.
func (p *plan) indexGroups() {
	for _, listings := range [][]news.Listing{p.Tags, p.Sections, p.Publications, p.Authors} {
		for i := range listings {
			p.groups[listings[i].ID] = &listings[i]
		}
	}
}

// share does something for 0 … n-1, on as many workers as there may be.
func (p *plan) share(n int, do func(int)) {
	const most, rounds = 64, 8 // of a few long tasks each is taken by itself
	jobs := workers(p.o.Jobs)
	run := max(1, min(most, n/(rounds*jobs)))
	var next atomic.Int64
	var work sync.WaitGroup
	for range min(jobs, n) {
		work.Go(func() {
			for from := int(next.Add(int64(run))) - run; from < n; from = int(next.Add(int64(run))) - run {
				for i := from; i < min(from+run, n); i++ {
					do(i)
				}
			}
		})
	}
	work.Wait()
}

// atOnce runs steps of which none needs what another makes.
func (p *plan) atOnce(steps ...func()) { p.share(len(steps), func(n int) { steps[n]() }) }

// once plans pages whose data may wait for a worker: they are few, or hold little. Those without it are of parts that the
// step has added itself.
func (p *plan) once(step *step) {
	s := &sheet{plan: p, pages: p.pages}
	step.plan(s)
	p.planned[step.name] = stretch{len(p.pages), len(s.pages)}
	for n := len(p.pages); n < len(s.pages); n++ {
		if s.pages[n].write != nil {
			p.parts = append(p.parts, part{first: n, count: 1})
		}
	}
	p.pages = s.pages
}

// twice plans parts of which only paths and keys are kept. The hashing is shared among workers; which page has which
// address is settled afterwards, in the order of the parts.
func (p *plan) twice(parts []func(*sheet)) {
	planned := make([][]page, len(parts))
	p.share(len(parts), func(n int) { planned[n] = p.sheet(parts[n]) })
	s := &sheet{plan: p, pages: p.pages}
	for n, pages := range planned {
		first := len(s.pages)
		for _, page := range pages {
			if s.add(page.path, page.key, nil); page.mapped {
				s.mapped(page.path)
			}
		}
		p.parts = append(p.parts, part{first, len(s.pages) - first, parts[n]})
	}
	p.pages = s.pages
}

// anew is the pages of a part with what they show. A page whose address was taken has none in the plan, and is left out
// here too.
func (p *plan) anew(part part) []page {
	s := &sheet{plan: p, again: true, known: true}
	part.again(s)
	pages := s.pages
	if len(pages) == part.count {
		return pages
	}
	planned := p.pages[part.first : part.first+part.count]
	kept := pages[:0]
	for _, page := range pages {
		if len(kept) < len(planned) && planned[len(kept)].path == page.path {
			kept = append(kept, page)
		}
	}
	return kept
}

// hasher adds up the key of a page.
func (p *sheet) hasher() manifest.Hasher { return manifest.Hasher{Idle: p.known} }

// sheet is the pages that a part plans, whether their addresses are taken or not.
func (p *plan) sheet(part func(*sheet)) []page {
	s := &sheet{plan: p, again: true}
	part(s)
	return s.pages
}

// linkKeys hashes what links to entities show, once for the thousands of pages that have them.
func (p *plan) linkKeys() {
	p.linked = make([]manifest.Digest, len(p.Entities))
	var h manifest.Hasher
	for n := range p.Entities {
		p.linked[n] = linkKey(&h, &p.Entities[n])
	}
}

// linkKey is the hash of what a link to an entity shows.
func linkKey(h *manifest.Hasher, e *news.Entity) manifest.Digest {
	h.Reset()
	h.String(e.ID)
	h.String(e.Name)
	h.Bool(e.Page)
	return h.Key()
}

// describe is what every page shows of the site.
func (p *plan) describe() *render.Site {
	s := &render.Site{
		Title: p.o.Title, Description: p.o.Description, Language: p.o.Language, BaseURL: p.o.BaseURL,
		Contact: p.o.Contact, Publication: p.o.Publication, Menu: p.o.Menu, Feed: p.hasFeeds(), Style: "style.css",
		Corrections: len(p.corrected) > 0, Pagefind: p.o.Pagefind,
	}
	if len(p.Cards) > 0 {
		s.Rooms = append(s.Rooms, render.Link{Label: p.words.Dates, URL: "dates/index.html"})
	}
	for _, room := range p.rooms {
		if len(room.entries) > 0 {
			s.Rooms = append(s.Rooms, render.Link{Label: room.heading, URL: room.folder + "/index.html"})
		}
	}
	if p.searched() {
		s.Rooms = append(s.Rooms, render.Link{Label: p.words.Search, URL: searchURL})
	}
	if p.explored() {
		s.Rooms = append(s.Rooms, render.Link{Label: p.words.Explore, URL: exploreURL})
	}
	return s
}

// add plans a file. Two pages at one address cannot be, nor a page where another has its folder; the later one is left
// out and its author told.
func (p *sheet) add(name string, key manifest.Digest, write func(*bytes.Buffer) error) {
	if p.again {
		p.pages = append(p.pages, page{path: name, key: key, write: write})
		return
	}
	if strings.ContainsFunc(name, unicode.IsControl) {
		p.found = append(p.found, diag.Warn(strconv.Quote(name), "a name with a tab or line end in it is no address; the file is left out").WithHint("rename it"))
		return
	}
	if first, taken := p.taken(name); taken {
		p.found = append(p.found, diag.Warn(cmp.Or(p.source, name), "its address %s is taken, and the page left out", name).
			WithHint("the address belongs to %s; change the url, slug or alias that asks for it", first))
		return
	}
	folded := strings.ToLower(name)
	for at := folded; at != "." && p.claimed[at] == ""; at = path.Dir(at) {
		p.claimed[at] = name
	}
	p.pages = append(p.pages, page{path: name, key: key, write: write})
}

// taken is the page that stands at a path, in a folder of that name, or where the path needs a folder. Names that
// differ in case alone are one on many machines.
func (p *plan) taken(name string) (string, bool) {
	folded := strings.ToLower(name)
	if first, found := p.claimed[folded]; found {
		return first, true
	}
	for folder := path.Dir(folded); folder != "."; folder = path.Dir(folder) {
		if first := p.claimed[folder]; strings.ToLower(first) == folder {
			return first, true
		}
	}
	return "", false
}

// newestFirst is every card.
func (p *plan) newestFirst() []int {
	cards := make([]int, len(p.Cards))
	for n := range cards {
		cards[n] = len(cards) - 1 - n
	}
	return cards
}

// render plans an HTML page: data makes what the template shows, and parts are all that it depends on beside the
// settings and the template.
func (p *sheet) render(path, template string, parts *manifest.Hasher, data func() any) {
	parts.String(path)
	parts.Digest(p.siteKey)
	parts.String(p.o.Theme.Key(template))
	p.add(path, parts.Key(), func(b *bytes.Buffer) error { return p.o.Theme.Execute(b, template, data()) })
}

// page is what the head of every page shows.
func (p *plan) page(path, title string) render.Page {
	if title == p.o.Title {
		title = ""
	}
	return render.Page{
		Site: p.site, Path: path, Root: strings.Repeat("../", strings.Count(path, "/")), Title: title,
		Canonical: p.absolute(path),
	}
}

// absolute is a path below the root as an address on the web, or "" where the site has none. A folder's page goes by
// its file, as every link spells it.
func (p *plan) absolute(path string) string {
	if p.o.BaseURL == "" {
		return ""
	}
	return p.o.BaseURL + escape(path)
}

// escape is a path with what a URL cannot hold escaped.
func escape(path string) string { return (&url.URL{Path: path}).EscapedPath() }

func keyOf(parts ...string) manifest.Digest {
	var h manifest.Hasher
	h.Strings(parts)
	return h.Key()
}

// links adds links to a key.
func links(h *manifest.Hasher, list []render.Link) {
	h.Int(len(list))
	for _, l := range list {
		h.String(l.Label)
		h.String(l.URL)
		h.Int(l.Count)
	}
}

// barsKey adds a chart to a key.
func barsKey(h *manifest.Hasher, bars []render.Bar) {
	h.Int(len(bars))
	for _, bar := range bars {
		h.String(bar.Label)
		h.String(bar.URL)
		h.Int(bar.Count)
	}
}

// findNames lists the entities of each card, each once, in order.
func (p *plan) findNames() {
	starts, total := make([]int, len(p.Of)), 0
	for i, of := range p.Of {
		starts[i], total = total, total+len(of)
	}
	all := make([]int32, total)
	p.names = make([][]int32, len(p.Of))
	p.share(len(p.Of), func(i int) {
		at := starts[i]
		list := namesOf(all[at:at], p.Of[i])
		p.names[i] = list[:len(list):len(list)]
	})
}

// namesOf adds to a list the entities of a card's clusters, each once.
func namesOf(list, of []int32) []int32 {
	start := len(list)
	for _, e := range of {
		if e >= 0 && !slices.Contains(list[start:], e) {
			list = append(list, e)
		}
	}
	return list
}
