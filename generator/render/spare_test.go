package render

import (
	"strings"
	"testing"

	"broadsheet/generator/news"
	"broadsheet/templates"
)

// What our functions make is not escaped again, whatever is; what authors wrote is, wherever it stands.
func TestSpare(t *testing.T) {
	own := layer("moved.html", `{{template "_head.html" .Page}}{{masthead .Page}}<p>{{link .Root .To}}</p><p title="{{.To.Label}}">{{.To.Label}}</p>{{foot .Page}}`)
	theme, err := Parse(&english, templates.Files, own)
	if err != nil {
		t.Fatal(err)
	}
	source := theme.pages["moved.html"].Tree.Root.String()
	for _, want := range []string{"{{link .Root .To}}", "{{masthead .Page}}", "{{foot .Page}}", "{{.To.Label | _html_template_attrescaper}}", "{{.To.Label | _html_template_htmlescaper}}"} {
		if !strings.Contains(source, want) {
			t.Errorf("%s is not in %s", want, source)
		}
	}
	var page strings.Builder
	data := Moved{Page: Page{Site: &Site{}}, To: Link{Label: `<b>"`, URL: `x"<.html`}}
	if err := theme.Execute(&page, "moved.html", data); err != nil {
		t.Fatal(err)
	}
	if want := `<p><a href="x%22%3C.html">&lt;b&gt;&#34;</a></p><p title="&lt;b&gt;&#34;">&lt;b&gt;&#34;</p>`; !strings.Contains(page.String(), want) {
		t.Errorf("%s is not in\n%s", want, page.String())
	}
}

func TestBeside(t *testing.T) {
	for _, c := range []struct{ page, url, want string }{
		{"people/a/index.html", "people/a/feed.xml", "feed.xml"},
		{"people/a/2002.html", "people/a/feed.xml", "feed.xml"},
		{"people/a/index.html", "people/ab/feed.xml", "../../people/ab/feed.xml"},
		{"people/a/index.html", "feed.xml", "../../feed.xml"},
		{"people/index.html", "people/a/feed.xml", "../people/a/feed.xml"},
		{"index.html", "feed.xml", "feed.xml"},
	} {
		if got := beside(c.page, strings.Repeat("../", strings.Count(c.page, "/")), c.url); got != c.want {
			t.Errorf("from %s to %s: %s, want %s", c.page, c.url, got, c.want)
		}
	}
}

// A day's parts, which are made together, are those that are made one by one.
func TestDay(t *testing.T) {
	for _, clock := range []string{"", "9:05", "14:05:00.25Z", "14:05 UTC", "14:05:00 +0100", "25:00", "noon"} {
		d := news.Date{Year: 2002, Month: 4, Day: 5, Clock: clock}
		want := Date{ISO: isoDate(d), Text: english.dateText(d), Clock: clockText(clock), URL: dateURL(d)}
		if got := english.Date(d); got != want {
			t.Errorf("%q: %+v, want %+v", clock, got, want)
		}
	}
}

// Words that a template hands to a function are set into it too.
func TestWordsAsArguments(t *testing.T) {
	theme := defaultTheme(t)
	if source := theme.pages["listing.html"].Tree.Root.String(); strings.Contains(source, "words.") {
		t.Errorf("the words of %s are left for the run", source)
	}
}
