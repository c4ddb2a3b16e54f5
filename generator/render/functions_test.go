package render

import "testing"

func TestLink(t *testing.T) {
	for _, test := range []struct {
		link Link
		want string
	}{
		{Link{Label: "Seoul", URL: "places/seoul/index.html"}, `<a href="../places/seoul/index.html">Seoul</a>`},
		{Link{Label: "Bush"}, "Bush"},
		{Link{Label: "R&D <3 \"x\"", URL: `a"b.html?x=1&y=2#d05`}, `<a href="../a%22b.html?x=1&amp;y=2#d05">R&amp;D &lt;3 &#34;x&#34;</a>`},
		{Link{Label: "VOA", URL: "https://www.voanews.com/a b"}, `<a href="https://www.voanews.com/a%20b">VOA</a>`},
		{Link{Label: "Mail", URL: "mailto:archive@example.org"}, `<a href="mailto:archive@example.org">Mail</a>`},
		{Link{Label: "Bad", URL: "JavaScript:alert(1)"}, "Bad"},
		{Link{Label: "Colon", URL: "articles/2002/a:b.html"}, `<a href="../articles/2002/a:b.html">Colon</a>`},
		{Link{Label: "Плотина", URL: "articles/плотина.html"}, `<a href="../articles/плотина.html">Плотина</a>`},
	} {
		if got := string(link("../", test.link)); got != test.want {
			t.Errorf("%+v: got %s, want %s", test.link, got, test.want)
		}
	}
}

func TestRoomMarksThePageOneIsOn(t *testing.T) {
	l := Link{Label: "People", URL: "people/index.html"}
	if got := room("../", "people/index.html", l); got != `<a aria-current="page" href="../people/index.html">People</a>` {
		t.Error(got)
	}
	if got := room("", "index.html", l); got != `<a href="people/index.html">People</a>` {
		t.Error(got)
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 articles", 1: "1 article", 999: "999 articles", 1000: "1,000 articles", 1234567: "1,234,567 articles"} {
		if got := english.Count(n, "article", "articles"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
