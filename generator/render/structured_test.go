package render

import (
	"encoding/json"
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
		"@type": "OpinionNewsArticle", "headline": a.Headline, "datePublished": "2002-04-05T14:05Z", "inLanguage": "en",
		"url": a.Canonical, "isBasedOn": "https://www.voanews.com/", "printPage": "A5",
	} {
		if got[key] != want {
			t.Errorf("%s is %v, want %v", key, got[key], want)
		}
	}
	if got["about"] != nil {
		t.Error("names that nobody checked are given as facts")
	}
	a.ByMachine = false
	if about, _ := described(t, a)["about"].([]any); len(about) != len(a.People)+len(a.Places)+len(a.Organizations) {
		t.Errorf("about: %v", about)
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
	if text := execute(t, defaultTheme(t), "article.html", a); strings.Count(text, "</script") != 1 {
		t.Error("the headline ends the element")
	}
}
