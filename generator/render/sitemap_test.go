package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"broadsheet/generator/news"
)

func TestSitemap(t *testing.T) {
	urls := []URL{
		{Loc: "https://example.org/a&b.html", LastMod: news.Date{Year: 2002, Month: 4, Day: 5}},
		{Loc: "https://example.org/c.html", LastMod: news.Date{Year: 2002, Month: 4}},
	}
	for name, f := range map[string]func(io.Writer, []URL) error{"url": Sitemap, "sitemap": SitemapIndex} {
		var got struct {
			XMLName xml.Name
			Lines   []struct {
				XMLName xml.Name
				Loc     string `xml:"loc"`
				LastMod string `xml:"lastmod"`
			} `xml:",any"`
		}
		if err := xml.Unmarshal(write(t, func(w *bytes.Buffer) error { return f(w, urls) }), &got); err != nil {
			t.Fatal(err)
		}
		if got.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" || len(got.Lines) != 2 {
			t.Fatalf("%s: %+v", name, got)
		}
		if l := got.Lines[0]; l.XMLName.Local != name || l.Loc != urls[0].Loc || l.LastMod != "2002-04-05" {
			t.Errorf("%s: %+v", name, l)
		}
		if l := got.Lines[1]; l.LastMod != "" {
			t.Errorf("%s: a month is given as the day %s", name, l.LastMod)
		}
	}
}

func TestSitemapTellsOfAFullDisk(t *testing.T) {
	if err := Sitemap(closed{}, make([]URL, 1000)); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

func TestRobots(t *testing.T) {
	for sitemap, want := range map[string]string{
		"":                                "User-agent: *\nDisallow:\n",
		"https://example.org/sitemap.xml": "User-agent: *\nDisallow:\n\nSitemap: https://example.org/sitemap.xml\n",
	} {
		if got := string(write(t, func(w *bytes.Buffer) error { return Robots(w, sitemap) })); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
