package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"broadsheet/generator/news"
)

// readPage reads a file of one page.
func readPage(s Source, o Options, yield func(Record) bool) error {
	src, err := readAll(s, o)
	if err != nil {
		return err
	}
	r := Record{order: o.order}
	r.page(src, "text/html", "")
	r.Local = true
	if r.Key == "" {
		r.Key = s.Folder + "/" + s.Path[strings.LastIndexAny(s.Path, `/\`)+1:]
	}
	yield(r)
	return nil
}

// page fills a record from a page's bytes. The address is "" where the page alone knows it.
func (r *Record) page(src []byte, contentType, address string) {
	doc, err := html.Parse(strings.NewReader(r.decoded(src, contentType)))
	if err != nil {
		r.Broken = "the page cannot be read: " + err.Error()
		return
	}
	said := readHead(doc)
	if address == "" {
		address = said.first("canonical", "og:url")
	}
	unfoldAMP(doc)
	r.Form, r.Key, r.Source, r.Base = HTML, address, address, address
	r.fillPage(said)
	if language := attribute(root(doc), "lang"); language != "" {
		r.Language = language
	}
	r.story(doc)
	if r.Body == "" && r.Broken == "" {
		r.Passed = "page without a story"
	}
}

// decoded is a page in UTF-8, by its mark, its headers, its <meta>, or as Windows-1252.
func (r *Record) decoded(src []byte, contentType string) string {
	encoding, name, certain := charset.DetermineEncoding(src, contentType)
	if name == "utf-8" || !certain && len(bytes.ToValidUTF8(src, nil)) == len(src) {
		return r.toUTF8(src)
	}
	text, err := encoding.NewDecoder().Bytes(src)
	if err != nil {
		return r.toUTF8(src)
	}
	return string(text)
}

// fillPage takes what the page's head says.
func (r *Record) fillPage(h head) {
	r.setDate(h.first("article:published_time", "datepublished", "dc.date.issued", "dcterms.date", "dc.date", "pubdate", "parsely-pub-date", "sailthru.date", "publishdate", "date", "json", "time"))
	if d, certain := parseDate(h.first("article:modified_time", "datemodified"), ""); certain && d != r.Date {
		r.Modified = d
	}
	r.Publication = h.first("og:site_name")
	r.Section = h.first("article:section")
	r.Description = h.first("og:description", "description")
	r.Tags = h["article:tag"]
	r.Byline.Authors = h["linked author"]
}

// head is what the <meta> and the like of a page say, by their names in lower case.
type head map[string][]string

// first is the first of several names that is given.
func (h head) first(names ...string) string {
	for _, name := range names {
		for _, value := range h[name] {
			if value = strings.TrimSpace(value); value != "" {
				return value
			}
		}
	}
	return ""
}

func (h head) add(name, value string) {
	if name != "" && value != "" {
		h[strings.ToLower(name)] = append(h[strings.ToLower(name)], value)
	}
}

var published = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]+)"`)

// addLinkedData takes what JSON-LD says of a story: its date, from whatever is there, and its authors.
func (h head) addLinkedData(src string) {
	if m := published.FindStringSubmatch(src); m != nil {
		h.add("json", m[1])
	}
	var said any
	if json.Unmarshal([]byte(src), &said) != nil || len(h["linked author"]) > 0 {
		return
	}
	for _, name := range linkedAuthors(said) {
		h.add("linked author", name)
	}
}

// linkedAuthors are those of the first thing, in a list or a graph, that has a headline.
func linkedAuthors(said any) []string {
	switch v := said.(type) {
	case []any:
		for _, one := range v {
			if authors := linkedAuthors(one); len(authors) > 0 {
				return authors
			}
		}
	case map[string]any:
		if _, story := v["headline"]; !story {
			return linkedAuthors(v["@graph"])
		}
		var authors []string
		list("|", func(*Record) *[]string { return &authors })(nil, words(v["author"]))
		return slices.DeleteFunc(authors, func(name string) bool { return strings.ContainsAny(name, "/{") }) // an address, or an id
	}
	return nil
}

func readHead(doc *html.Node) head {
	h := head{}
	times := map[string]bool{}
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop"} {
				h.add(attribute(n, key), attribute(n, "content"))
			}
		case atom.Link:
			if strings.EqualFold(attribute(n, "rel"), "canonical") {
				h.add("canonical", attribute(n, "href"))
			}
		case atom.Script:
			if n.FirstChild != nil && strings.Contains(attribute(n, "type"), "ld+json") {
				h.addLinkedData(n.FirstChild.Data)
			}
		case atom.Abbr: // of the microformats of blogs
			if slices.Contains(strings.Fields(attribute(n, "class")), "published") {
				h.add("datepublished", attribute(n, "title"))
			}
		case atom.Time:
			times[attribute(n, "datetime")] = true
			if attribute(n, "itemprop") == "datePublished" {
				h.add("datepublished", attribute(n, "datetime"))
			}
		}
	}
	if len(times) == 1 { // of several, nothing says which is the story's
		for only := range times {
			h.add("time", only)
		}
	}
	return h
}

func root(doc *html.Node) *html.Node {
	for n := range doc.ChildNodes() {
		if n.DataAtom == atom.Html {
			return n
		}
	}
	return doc
}

// story takes headline, byline and body out of the page around them.
func (r *Record) story(doc *html.Node) {
	found, err := readability.FromDocument(doc, nil) // links stay as they are: pictures may lie beside the page
	if err != nil {
		r.Broken = "the page cannot be read: " + err.Error()
		return
	}
	r.Title = strings.Join(strings.Fields(found.Title()), " ")
	r.Title = titleOf(doc, r.Title)
	if by := strings.Join(strings.Fields(found.Byline()), " "); by != "" {
		r.Byline = news.Byline{Printed: by}
	}
	if found.Node == nil {
		r.wholePage(doc)
		return
	}
	r.compareStory(doc, found.Node)
	dropMenus(found.Node)
	r.takeHead(found.Node)
	r.takeByline(found.Node)
	r.Body = r.rendered(found.Node)
}

// titleOf is the title of a page less the name of the site: the longest heading of the page that is a part of it, where it is
// most of it, or a heading of the first level that is not the site's own; for that name often is a heading too.
func titleOf(doc *html.Node, title string) string {
	best, story := "", ""
	for n := range doc.Descendants() {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3:
		default:
			continue
		}
		part := partOf(title, strings.Join(strings.Fields(visible(n)), " "))
		if isBrand(n) {
			continue
		}
		if len(part) > len(best) {
			best = part
		}
		if n.DataAtom == atom.H1 && len(part) > len(story) && !isLink(n) {
			story = part
		}
	}
	switch {
	case 2*len(best) >= len(title):
		return best
	case story != "":
		return story
	}
	return title
}

// isBrand reports whether a heading stands in what names the site.
func isBrand(n *html.Node) bool {
	for ; n != nil && n.DataAtom != atom.Body; n = n.Parent {
		if brands.MatchString(strings.ToLower(attribute(n, "id") + " " + attribute(n, "class"))) {
			return true
		}
	}
	return false
}

// isLink reports whether a heading leads elsewhere, as the site's name leads to its front page.
func isLink(n *html.Node) bool {
	for child := range n.Descendants() {
		if child.DataAtom == atom.A {
			return true
		}
	}
	return n.Parent != nil && n.Parent.DataAtom == atom.A
}

var brands = regexp.MustCompile(`\b(?:site|logo|brand|masthead|banner|blog)`)

// unfoldAMP makes plain elements of those of AMP pages.
func unfoldAMP(doc *html.Node) {
	for n := range doc.Descendants() {
		switch n.Data {
		case "amp-img":
			n.Data, n.DataAtom, n.FirstChild, n.LastChild = "img", atom.Img, nil, nil // inside is a picture for browsers without scripts
		case "amp-iframe":
			n.Data, n.DataAtom = "iframe", atom.Iframe
		case "amp-video", "amp-audio":
			n.Data, n.DataAtom = "video", atom.Video
		case "amp-youtube":
			n.Data, n.DataAtom = "iframe", atom.Iframe
			n.Attr = []html.Attribute{{Key: "src", Val: "https://www.youtube.com/embed/" + attribute(n, "data-videoid")}}
		}
	}
}

// compareStory warns where little of what the page has in whole paragraphs is in the story that was found.
func (r *Record) compareStory(doc, story *html.Node) {
	const least = 4 // the story may be a part in so many
	if all, kept := inParagraphs(doc), len(strings.Fields(visible(story))); kept*least < all {
		r.warn(fmt.Sprintf("the story that was found has %d words, the page's paragraphs have %d", kept, all))
	}
}

// inParagraphs counts the words of paragraphs that are long enough to tell a story.
func inParagraphs(doc *html.Node) int {
	const longEnough = 15
	all := 0
	for n := range doc.Descendants() {
		if n.DataAtom == atom.P {
			if n := len(strings.Fields(visible(n))); n >= longEnough {
				all += n
			}
		}
	}
	return all
}

// dropMenus drops the cells of a layout table that hold links and nothing else.
func dropMenus(story *html.Node) {
	const fewest = 3
	var menus []*html.Node
	for n := range story.Descendants() {
		if n.DataAtom == atom.Td {
			if links, others := count(n); links >= fewest && others == 0 {
				menus = append(menus, n)
			}
		}
	}
	for _, n := range menus {
		n.Parent.RemoveChild(n)
	}
}

// count counts the links below a node, and the words that are in none.
func count(n *html.Node) (links, others int) {
	for child := range n.ChildNodes() {
		switch {
		case child.DataAtom == atom.A && attribute(child, "href") != "":
			links++
		case child.Type == html.TextNode:
			others += len(strings.Fields(child.Data))
		default:
			l, o := count(child)
			links, others = links+l, others+o
		}
	}
	return links, others
}

// takeByline takes out of the story the paragraph that is its byline, and keeps it as printed.
func (r *Record) takeByline(story *html.Node) {
	for n := range story.Descendants() {
		if n.DataAtom != atom.P { // paragraphs do not nest, so every word is looked at once
			continue
		}
		words := strings.Join(strings.Fields(visible(n)), " ")
		if names(words) != "" && names(words) == names(r.Byline.Printed+" "+strings.Join(r.Byline.Authors, " ")) {
			r.Byline.Printed, r.Byline.Authors = words, nil
			n.Parent.RemoveChild(n)
			return
		}
	}
}

// rendered is a tree as HTML again.
func (r *Record) rendered(n *html.Node) string {
	var b strings.Builder
	if err := html.Render(&b, n); err != nil {
		r.Broken = "the page cannot be read: " + err.Error()
	}
	return b.String()
}

// wholePage takes everything in the page, where no story stands out.
func (r *Record) wholePage(doc *html.Node) {
	for n := range doc.Descendants() {
		if n.DataAtom != atom.Body {
			continue
		}
		if !strings.ContainsFunc(visible(n), unicode.IsLetter) {
			return
		}
		r.Body = r.rendered(n)
		r.warn("no story stands out; the whole page was taken")
		return
	}
}
