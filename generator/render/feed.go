package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// Feed is a list of articles for feed readers. URLs are absolute. Items stand in the order they are to be shown, the
// newest first; those whose day is not known are left out, since feeds have no way to say so.
type Feed struct {
	Title       string
	Description string
	Home        string // the page the feed belongs to
	Self        string // the feed's own address
	Language    string // BCP 47
	Items       []FeedItem
}

// FeedItem is one article of a feed.
type FeedItem struct {
	ID      string // lasting: absolute, else told apart from a URL by the reader
	Title   string
	URL     string
	Date    news.Date
	Summary string // plain text; "" where the rights do not allow one
	Authors []string
	Key     manifest.Digest // of all that it tells but URL; zero where nobody made one
}

// dated is the items whose day is known.
func (f Feed) dated() []FeedItem {
	var items []FeedItem
	for i := range f.Items {
		if f.Items[i].dated() {
			items = append(items, f.Items[i])
		}
	}
	return items
}

func (i *FeedItem) dated() bool { return i.Date.Precision() == news.ToDay }

// updated is the newest item's moment in RFC 3339; "" for a feed without items.
func updated(items []FeedItem) string {
	var newest news.Date
	for _, item := range items {
		if item.Date.Compare(newest) > 0 {
			newest = item.Date
		}
	}
	if newest.IsZero() {
		return ""
	}
	return rfc3339(newest)
}

// moment is a known day's date and time as feeds need it: midnight where no time is known, UTC where no offset is.
func moment(d news.Date) (day string, c clock) {
	c, ok := parseClock(d.Clock)
	if !ok {
		c = clock{time: "00:00:00"}
	}
	if len(c.time) == len("14:05") {
		c.time += ":00"
	}
	if c.offset == "" {
		c.offset = "Z"
	}
	return dayISO(d), c
}

func rfc3339(d news.Date) string {
	day, c := moment(d)
	return day + "T" + c.time + c.offset
}

func rfc822(d news.Date) string {
	_, c := moment(d)
	offset := "+0000"
	if c.offset != "Z" {
		offset = strings.Replace(c.offset, ":", "", 1)
	}
	return fmt.Sprintf("%s, %02d %s %04d %s %s", english.Weekdays[news.Weekday(d.Year, d.Month, d.Day)][:3], d.Day,
		english.ShortMonths[d.Month], d.Year, c.time, offset)
}

// RSS writes the feed as RSS 2.0. A description is HTML there, so the summary's own "<" and "&" are escaped twice. Every
// tag and entity may have a feed, with the same articles: it is written straight, without a value for encoding/xml to go
// through, and an item that has a key is written once.
func (t *Theme) RSS(w *bytes.Buffer, f Feed) error {
	b := w.AvailableBuffer()
	b = append(b, xml.Header...)
	b = append(b, `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">`+"\n <channel>"...)
	b = appendElement(b, "\n  ", "title", f.Title)
	b = appendElement(b, "\n  ", "link", f.Home)
	b = appendElement(b, "\n  ", "description", orTitle(f.Description, f.Title))
	if f.Language != "" {
		b = appendElement(b, "\n  ", "language", f.Language)
	}
	b = append(b, "\n  <atom:link rel=\"self\" type=\"application/rss+xml\" href=\""...)
	b = append(appendXML(b, f.Self), `"></atom:link>`...)
	for i := range f.Items {
		if item := &f.Items[i]; item.dated() {
			b = t.parts.feedItem(b, item)
		}
	}
	_, err := w.Write(append(b, "\n </channel>\n</rss>\n"...))
	return err
}

func (f *fragments) feedItem(b []byte, item *FeedItem) []byte {
	key := item.Key
	if key != (manifest.Digest{}) {
		var h manifest.Hasher
		h.String(item.URL)
		h.Digest(item.Key)
		key = h.Key()
	}
	b, _ = f.feeds.appendTo(b, key, func(b []byte) ([]byte, error) { return appendItem(b, item), nil })
	return b
}

func appendItem(b []byte, item *FeedItem) []byte {
	const line = "\n   "
	b = append(b, "\n  <item>"...)
	b = appendElement(b, line, "title", item.Title)
	b = appendElement(b, line, "link", item.URL)
	b = append(b, "\n   <guid isPermaLink=\""...)
	b = strconv.AppendBool(b, hasScheme(item.ID))
	b = append(appendXML(append(b, `">`...), item.ID), "</guid>"...)
	b = appendElement(b, line, "pubDate", rfc822(item.Date))
	for _, name := range item.Authors {
		b = appendElement(b, line, "dc:creator", name)
	}
	if item.Summary != "" {
		b = appendElement(b, line, "description", html.EscapeString(item.Summary))
	}
	return append(b, "\n  </item>"...)
}

func appendElement(b []byte, before, name, text string) []byte {
	b = append(append(append(b, before...), '<'), name...)
	b = appendXML(append(b, '>'), text)
	return append(append(append(b, "</"...), name...), '>')
}

// appendXML writes text for between tags or double quotes, as encoding/xml escapes it.
func appendXML(b []byte, text string) []byte {
	from := 0
	for i, r := range text {
		var escaped string
		switch r {
		case '"':
			escaped = "&#34;"
		case '\'':
			escaped = "&#39;"
		case '&':
			escaped = "&amp;"
		case '<':
			escaped = "&lt;"
		case '>':
			escaped = "&gt;"
		case '\t':
			escaped = "&#x9;"
		case '\n':
			escaped = "&#xA;"
		case '\r':
			escaped = "&#xD;"
		default:
			if r >= ' ' && r < 0xfffe && (r < 0xd800 || r > 0xdfff) && r != utf8.RuneError || r > 0xffff {
				continue
			}
			escaped = "\uFFFD"
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		b = append(append(b, text[from:i]...), escaped...)
		from = i + size
	}
	return append(b, text[from:]...)
}

// orTitle is the description, for which RSS and Atom have no empty form.
func orTitle(description, title string) string {
	if description == "" {
		return title
	}
	return description
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr,omitempty"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   *atomPerson `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID      string       `xml:"id"`
	Title   string       `xml:"title"`
	Link    atomLink     `xml:"link"`
	Updated string       `xml:"updated"`
	Authors []atomPerson `xml:"author"`
	Summary string       `xml:"summary,omitempty"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

// Atom writes the feed as Atom 1.0. The feed's own author is its title, which stands for articles that name nobody. An
// Atom feed must say when it was updated: one without dated items is not valid, and not worth writing.
func Atom(w *bytes.Buffer, f Feed) error {
	items := f.dated()
	feed := atomFeed{
		Language: f.Language, ID: f.Self, Title: f.Title, Subtitle: f.Description, Updated: updated(items),
		Author: &atomPerson{f.Title},
		Links: []atomLink{
			{Rel: "self", Type: "application/atom+xml", Href: f.Self},
			{Rel: "alternate", Type: "text/html", Href: f.Home},
		},
	}
	for _, item := range items {
		entry := atomEntry{
			ID: item.ID, Title: item.Title, Link: atomLink{Rel: "alternate", Type: "text/html", Href: item.URL},
			Updated: rfc3339(item.Date), Summary: item.Summary,
		}
		for _, name := range item.Authors {
			entry.Authors = append(entry.Authors, atomPerson{name})
		}
		feed.Entries = append(feed.Entries, entry)
	}
	return writeXML(w, feed)
}

func writeXML(w io.Writer, v any) error {
	text, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	Self        string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Language    string     `json:"language,omitempty"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title"`
	Text      string       `json:"content_text"` // must stand there, even when empty
	Published string       `json:"date_published"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// JSONFeed writes the feed as JSON Feed 1.1.
func JSONFeed(w *bytes.Buffer, f Feed) error {
	feed := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Home: f.Home, Self: f.Self,
		Description: f.Description, Language: f.Language, Items: []jsonItem{},
	}
	for _, item := range f.dated() {
		entry := jsonItem{ID: item.ID, URL: item.URL, Title: item.Title, Text: item.Summary, Published: rfc3339(item.Date)}
		for _, name := range item.Authors {
			entry.Authors = append(entry.Authors, jsonAuthor{name})
		}
		feed.Items = append(feed.Items, entry)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(feed)
}
