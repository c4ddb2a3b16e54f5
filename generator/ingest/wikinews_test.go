package ingest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/generator/news"
)

// datedText is a text of Wikinews, cut where what tells its day stands: a headline, the day, the address, and the body,
// which in most begins with the day once more, as its author wrote it.
type datedText struct {
	headline, day, address, body string
}

func wikinews(t *testing.T) map[string]datedText {
	t.Helper()
	texts := map[string]datedText{}
	for file, src := range contentTexts(t) {
		head, body, _ := strings.Cut(string(src), "\n\n")
		lines := strings.Split(head, "\n")
		if !strings.HasPrefix(file, "wikinews/") {
			continue
		}
		if len(lines) != 3 || !strings.HasPrefix(lines[2], "https://en.wikinews.org/") {
			t.Fatalf("%s does not begin with a headline, a day and an address", file)
		}
		texts[file] = datedText{lines[0], lines[1], lines[2], body}
	}
	return texts
}

// ownDay is the day that stands in the body on a line of its own, "Friday, January 4, 2019", if one does; package time
// reads it here.
func (w datedText) ownDay() (string, bool) {
	for line := range strings.Lines(w.body) {
		if day, err := time.Parse("Monday, January 2, 2006", strings.TrimSpace(line)); err == nil {
			return day.Format(time.DateOnly), true
		}
	}
	return "", false
}

// TestDatesOfWikinews holds the dates of all texts of Wikinews that come with the program: with their heads, and with
// nothing but the body's own day where there is one. None may be wrong and none invented.
func TestDatesOfWikinews(t *testing.T) {
	withHead, withOwnDay, undated := 0, 0, 0
	check := func(file string, d news.Date, want string, count *int) {
		t.Helper()
		if d.String() != want {
			t.Errorf("%s: dated %q, want %q", file, d, want)
			return
		}
		*count++
	}
	texts := wikinews(t)
	n := 0
	for file, w := range texts {
		a, _ := Read(file, []byte(strings.Join([]string{w.headline, w.day, w.address, "", w.body}, "\n")), Options{})
		check(file, a.Date, w.day, &withHead)

		n++
		bare, _ := Read(fmt.Sprintf("papers/story-%d.txt", n), []byte(w.headline+"\n\n"+w.body), Options{})
		if own, found := w.ownDay(); found {
			check(file+" by its body", bare.Date, own, &withOwnDay)
		} else {
			check(file+" without any day", bare.Date, "", &undated)
		}
	}
	t.Logf("%d texts: %d dated by their heads; without them %d dated by their bodies, %d left undated", len(texts), withHead, withOwnDay, undated)
	if withHead != len(texts) || withOwnDay+undated != len(texts) || withOwnDay < 150 {
		t.Errorf("of %d texts %d are right with their heads, %d and %d without", len(texts), withHead, withOwnDay, undated)
	}
}
