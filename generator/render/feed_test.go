package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/news"
)

func sampleFeed(t *testing.T) Feed {
	date := func(s string) news.Date {
		d, err := news.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	const site = "https://example.org/archive/"
	return Feed{
		Title: "Record & Chronicle", Description: "Stories <of> two Koreas", Home: site, Self: site + "feed.xml", Language: "en",
		Items: []FeedItem{
			{ID: "a1", Title: "Profit < loss & \"why\"", URL: site + "articles/2002/04/a.html", Date: date("2002-04-05T14:05+01:00"), Summary: "R&D <b>up</b>", Authors: []string{"Lee Chung-min", "Lim Dong-won"}},
			{ID: "a2", Title: "Known to the month", URL: site + "articles/2002/04/b.html", Date: date("2002-04")},
			{ID: site + "articles/2002/04/c.html", Title: "Плотина", URL: site + "articles/2002/04/c.html", Date: date("2002-04-04")},
		},
	}
}

func write(t *testing.T, f func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRSS(t *testing.T) {
	feed := sampleFeed(t)
	text := write(t, func(w *bytes.Buffer) error { return defaultTheme(t).RSS(w, feed) })
	var got struct {
		Version string `xml:"version,attr"`
		Channel struct {
			Title       string `xml:"title"`
			Description string `xml:"description"`
			Language    string `xml:"language"`
			Links       []struct {
				XMLName xml.Name
				Rel     string `xml:"rel,attr"`
				Href    string `xml:"href,attr"`
				Text    string `xml:",chardata"`
			} `xml:"link"`
			Items []struct {
				Title       string   `xml:"title"`
				Link        string   `xml:"link"`
				Published   string   `xml:"pubDate"`
				Description string   `xml:"description"`
				Creators    []string `xml:"http://purl.org/dc/elements/1.1/ creator"`
				GUID        struct {
					PermaLink bool   `xml:"isPermaLink,attr"`
					ID        string `xml:",chardata"`
				} `xml:"guid"`
			} `xml:"item"`
		} `xml:"channel"`
	}
	if err := xml.Unmarshal(text, &got); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	c := got.Channel
	if got.Version != "2.0" || c.Title != feed.Title || c.Description != feed.Description || c.Language != "en" {
		t.Errorf("channel: %+v", got)
	}
	if len(c.Links) != 2 || c.Links[0].Text != feed.Home || c.Links[1].Rel != "self" || c.Links[1].Href != feed.Self ||
		c.Links[1].XMLName.Space != "http://www.w3.org/2005/Atom" {
		t.Errorf("links: %+v", c.Links)
	}
	if len(c.Items) != 2 {
		t.Fatalf("%d items: the one without a day has no place in a feed", len(c.Items))
	}
	a, b := c.Items[0], c.Items[1]
	if a.Title != feed.Items[0].Title || a.Link != feed.Items[0].URL || !slices.Equal(a.Creators, feed.Items[0].Authors) {
		t.Errorf("item: %+v", a)
	}
	if a.Published != "Fri, 05 Apr 2002 14:05:00 +0100" || b.Published != "Thu, 04 Apr 2002 00:00:00 +0000" {
		t.Errorf("dates: %s, %s", a.Published, b.Published)
	}
	if a.Description != "R&amp;D &lt;b&gt;up&lt;/b&gt;" {
		t.Errorf("a description is HTML: %s", a.Description)
	}
	if a.GUID.PermaLink || a.GUID.ID != "a1" || !b.GUID.PermaLink || b.GUID.ID != b.Link {
		t.Errorf("guids: %+v, %+v", a.GUID, b.GUID)
	}
}

func TestAtom(t *testing.T) {
	feed := sampleFeed(t)
	text := write(t, func(w *bytes.Buffer) error { return Atom(w, feed) })
	var got atomFeed
	if err := xml.Unmarshal(text, &got); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if got.Title != feed.Title || got.ID != feed.Self || got.Updated != "2002-04-05T14:05:00+01:00" || len(got.Entries) != 2 {
		t.Errorf("feed: %+v", got)
	}
	a := got.Entries[0]
	if a.Title != feed.Items[0].Title || a.Link.Href != feed.Items[0].URL || a.Summary != feed.Items[0].Summary || len(a.Authors) != 2 {
		t.Errorf("entry: %+v", a)
	}
	if got.Entries[1].Updated != "2002-04-04T00:00:00Z" {
		t.Errorf("updated: %s", got.Entries[1].Updated)
	}
	if !strings.Contains(string(text), `xml:lang="en"`) {
		t.Error("no language")
	}
}

func TestJSONFeed(t *testing.T) {
	feed := sampleFeed(t)
	text := write(t, func(w *bytes.Buffer) error { return JSONFeed(w, feed) })
	var got jsonFeed
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if got.Version != "https://jsonfeed.org/version/1.1" || got.Title != feed.Title || got.Self != feed.Self || len(got.Items) != 2 {
		t.Errorf("feed: %+v", got)
	}
	if a := got.Items[0]; a.ID != "a1" || a.Text != "R&D <b>up</b>" || a.Published != "2002-04-05T14:05:00+01:00" || len(a.Authors) != 2 {
		t.Errorf("item: %+v", a)
	}
	if n := strings.Count(string(text), `"content_text"`); n != 2 {
		t.Errorf("%d items have a text, which every item must have", n)
	}
}

func TestFeedsWithoutItemsAreWellFormed(t *testing.T) {
	for name, f := range map[string]func(*bytes.Buffer, Feed) error{"RSS": defaultTheme(t).RSS, "Atom": Atom} {
		if err := xml.Unmarshal(write(t, func(w *bytes.Buffer) error { return f(w, Feed{Title: "Empty"}) }), new(struct{})); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzAppendXML holds the escaping that feeds are written with against the library's.
func FuzzAppendXML(f *testing.F) {
	for _, s := range []string{"", "plain", `"&'<>`, "a\tb\nc\r", "\x00\x1f\x7f", "\xff\xfe", "\ufffd\ufffe\uffff\U00010000", "Ünïcode"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		if err := xml.EscapeText(&want, []byte(s)); err != nil {
			t.Fatal(err)
		}
		if got := string(appendXML(nil, s)); got != want.String() {
			t.Errorf("%q is written %q, want %q", s, got, want.String())
		}
	})
}
