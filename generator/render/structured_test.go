package render

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func described(t *testing.T, a *Article) map[string]any {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(StructuredData(a)), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestStructuredData(t *testing.T) {
	a := sampleArticle()
	got := described(t, a)
	for key, want := range map[string]any{
		"headline": a.Headline, "datePublished": "2002-04-05T14:05Z", "inLanguage": "en",
		"url": a.Canonical, "isBasedOn": "https://www.voanews.com/", "printPage": "A5",
	} {
		if got[key] != want {
			t.Errorf("%s is %v, want %v", key, got[key], want)
		}
	}
	if kinds := fmt.Sprint(got["@type"]); kinds != "[OpinionNewsArticle ArchiveComponent]" {
		t.Errorf("an opinion piece whose original is kept has the types %s", kinds)
	}
	if about := fmt.Sprint(got["about"]); about != "[map[@type:Place name:North Korea]]" {
		t.Errorf("about: %s", about)
	}
	a.Original, a.Scan, a.Type = Link{}, nil, ""
	if kind := described(t, a)["@type"]; kind != "NewsArticle" {
		t.Errorf("an article of which nothing else is kept has the type %v", kind)
	}
}

func TestStructuredDataClaimsNoMoreThanIsKnown(t *testing.T) {
	a := sampleArticle()
	for edtf, want := range map[string]any{"": nil, "1916~": nil, "191X": nil, "1914/1918": nil, "2002-04": "2002-04"} {
		a.Date = day(edtf)
		if got := described(t, a)["datePublished"]; got != want {
			t.Errorf("%q is published %v, want %v", edtf, got, want)
		}
	}
}

// What is in an article cannot end the script element that describes it.
func TestStructuredDataStaysInItsElement(t *testing.T) {
	a := sampleArticle()
	a.Headline = "</script><script>alert(1)//"
	a.JSONLD = StructuredData(a)
	if text := execute(t, defaultTheme(t), "article.html", a); strings.Count(text, "</script") != 2 {
		t.Error("the headline ends the element")
	}
}
