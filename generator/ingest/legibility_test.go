package ingest

import (
	"strings"
	"testing"
)

func TestIsLegible(t *testing.T) {
	for _, word := range strings.Fields(`The mayor's well-known McDonald “quoted,” NATO U.S. strengths rhythm a I 1,250.75 $3.5m 20th 1914-18 9:30am 50% & –
		café Präsident Президент 大統領 Mr. Dr. St. hrs. O'Brien e.g. TV 1990s twenty-five Jane.`) {
		if !isLegible(word) {
			t.Errorf("%q is a word", word)
		}
	}
	for _, word := range strings.Fields("th3 lIoVeRn wh^t tlie~ iiii xcvbnmt t0wn .;' |of ,,- s1ncc g rrrr {he po<er") {
		if isLegible(word) {
			t.Errorf("%q is no word", word)
		}
	}
}

// TestLegibility orders texts as a reader would: the archive's articles above its old front pages, these above noise.
func TestLegibility(t *testing.T) {
	news, pages := 100, 100
	for file, src := range contentTexts(t) {
		a, _ := Read(file, src, Options{})
		switch score := Legibility(a.Body); {
		case a.Genre == "page":
			pages = min(pages, score)
		case a.Body != "":
			news = min(news, score)
		}
	}
	noise := Legibility("i,l tlic; |be .:'i t0 lhc% ~~ 1l1 rn^n |]e w;is ..; s1ncc x{ tl,e")
	if news < 94 || pages < 60 || pages >= news || noise > 40 || Legibility("") != 0 {
		t.Errorf("articles at least %d, pages at least %d, noise %d", news, pages, noise)
	}
}
