package archive

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// heads are texts that begin in the ways texts begin, and given what a sidecar may say of any of them.
var (
	heads = []string{
		"The baths reopened on Saturday.\n\nThe mayor swam.\n",
		"Swimming baths reopen\n\nThe baths reopened on Saturday.\n\nThe mayor swam.\n",
		"SWIMMING BATHS\nREOPEN\n\nThe baths reopened on Saturday.\n\nThe mayor swam.\n",
		"Peace talks near an end\nBy Jane Doe\n17 May 1992\n\nSEOUL (AP) — The talks in Seoul went well, officials said so on Friday.\n",
		"Headline: Old mill burns\nByline: Tom Ashdown\nSection: Local; Pg. 4\nDate: 4 March 1916\n\nThe mill on the river burned to the ground, and nobody was hurt.\n",
		"LETTERS\n\nSir, the pier is a disgrace to the town and ought to be closed until it is safe.\n\nA. B. Wright,\n4 Quay Street\n",
		"OBITUARY\n\nJosiah Pettigrew\n\nAlderman Josiah Pettigrew died at his home on Tuesday, aged eighty-one years.\n\n© 1992 Harlow Vale Mercury\n",
		"The pier will close\nA survey found rust in every one of its legs\nBy Jane Doe\n\nThe pier will close on Monday for a year, the council said on Thursday.\n",
		"https://example.org/1992/05/pier\nThe pier will close\n\nThe pier will close on Monday for a year, the council said on Thursday.\n",
	}
	given = []string{
		`title = "Baths open again"`, `title = "Swimming baths reopen"`, `title = "Swimming bahts re-open"`, `deck = "Of rust"`, `byline = "By Another Writer"`,
		`authors = ["Another Writer"]`, `date = "1901-02-03"`, `section = "Abroad"`, `genre = "news"`, `signed = "C. D."`, `license = "CC0"`, `source = "A scrapbook"`,
		`credit = "Reuters"`, `print_page = "9"`, "title = \"Baths open again\"\ndate = \"1901\"\nbyline = \"\"",
	}
)

// TestGivenLosesNothing holds that whatever a sidecar says instead, every word of a text is shown or on record, and that the
// account of the article as it is shown balances.
func TestGivenLosesNothing(t *testing.T) {
	dir := t.TempDir()
	for i, text := range heads {
		for j, said := range given {
			name := filepath.Join(dir, fmt.Sprintf("t%d-s%d", i, j))
			save(t, name+".txt", text)
			save(t, name+".toml", said+"\n")
		}
	}
	o := options(dir)
	o.Recognize = false
	a := read(t, o)
	if len(a.Cards) != len(heads)*len(given) {
		t.Fatalf("%d articles of %d", len(a.Cards), len(heads)*len(given))
	}
	for i, c := range a.Cards {
		list, err := a.Account(i)
		if err != nil || len(list) > 0 {
			t.Errorf("%s: %v %v", c.File, list, err)
		}
		article, err := a.Article(i)
		if err != nil {
			t.Fatal(err)
		}
		src, err := a.Source(i)
		if err != nil {
			t.Fatal(err)
		}
		if lost := lostWords(src, article); len(lost) > 0 {
			t.Errorf("%s loses %q\n%s%+v", c.File, lost, src, article)
		}
	}
}

// TestAccountSeesWhatSidecarsReplace holds that a field that was replaced, and is not on record, is missed.
func TestAccountSeesWhatSidecarsReplace(t *testing.T) {
	dir := t.TempDir()
	save(t, filepath.Join(dir, "mill.txt"), "Old mill burns\n\nThe mill on the river burned to the ground, and nobody was hurt.\n")
	save(t, filepath.Join(dir, "mill.toml"), "title = \"Old mill burns\"\n")
	a := read(t, options(dir))
	_, _, made, err := a.asRead(0)
	if err != nil {
		t.Fatal(err)
	}
	made.Article.Title = "A fire"
	if err := a.cache.put(a.keys[0], readingCoder.encode(&made)); err != nil {
		t.Fatal(err)
	}
	if list, err := a.Account(0); err != nil || len(list) == 0 {
		t.Errorf("a headline that is neither shown nor on record is not missed: %v %v", list, err)
	}
}

// lostWords are those of a text that stand nowhere in the article: not in what its page shows, nor among the removals. The
// labels of fields are none of its words.
func lostWords(src string, a news.Article) []string {
	shown := []string{a.Title, a.Deck, a.Body, a.Byline.Printed, a.Byline.Credit, a.Dateline.Printed, a.Section, a.Genre, a.License, a.Source, a.Signed, a.PrintPage}
	for _, r := range a.Removed {
		shown = append(shown, r.Text)
	}
	if d := a.Date; d.Day > 0 {
		shown = append(shown, time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Format("2 January 2006"))
	}
	there := map[string]bool{"headline": true, "byline": true, "section": true, "date": true, "letters": a.Genre == "letter", "by": len(a.Byline.Authors) > 0 || a.Signed != ""}
	for word := range strings.FieldsSeq(prose.Fold(strings.Join(append(shown, a.Byline.Authors...), " "))) {
		there[word] = true
	}
	var lost []string
	for word := range strings.FieldsSeq(prose.Fold(src)) {
		if !there[word] {
			lost = append(lost, word)
		}
	}
	return lost
}
