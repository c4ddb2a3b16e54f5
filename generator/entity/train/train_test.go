package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/entity"
	"broadsheet/generator/news"
)

// shared is one recognizer for all tests.
var shared = entity.NewRecognizer()

// named lists names as "kind name".
func named(d document) []string {
	var all []string
	for _, n := range d.names {
		all = append(all, n.Kind.String()+" "+d.text[n.Start:n.End])
	}
	return all
}

func TestReadColumns(t *testing.T) {
	src := "# newdoc id = a\nJane\tB-PER\nDoe\tI-PER\n's\tO\n\"\tO\nhome\tO\n\"\tO\n(\tO\nin\tO\nOslo\tB-LOC\n)\tO\n.\tO\n\nThe\tO\nGrand\tB-MISC\nPrix\tI-MISC\n\n# newdoc id = b\nKEDO\tx\tB-ORG\nUN\tx\tB-ORG\n"
	docs, err := readColumns(fstest.MapFS{"a.tsv": {Data: []byte(src)}}, "a.tsv")
	if err != nil || len(docs) != 2 {
		t.Fatal(len(docs), err)
	}
	if want := "Jane Doe's \"home\" (in Oslo).\n\nThe Grand Prix\n\n"; docs[0].text != want {
		t.Errorf("got %q, want %q", docs[0].text, want)
	}
	if got, want := named(docs[0]), []string{"person Jane Doe", "place Oslo"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := named(docs[1]), []string{"organization KEDO", "organization UN"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

var letter = document{"Kim Dae-jung's men sat in Seoul.", []news.Mention{
	{Span: news.Span{Start: 0, End: 12}, Kind: news.Person}, {Span: news.Span{Start: 26, End: 31}, Kind: news.Place},
}}

func TestSpace(t *testing.T) {
	d := space(letter)
	if want := "Kim Dae - jung ’ s men sat in Seoul."; d.text != want {
		t.Errorf("got %q, want %q", d.text, want)
	}
	if got, want := named(d), []string{"person Kim Dae - jung", "place Seoul"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestMisread sees that a bad scan is always equally bad, and that names stay whole words.
func TestMisread(t *testing.T) {
	long := document{strings.Repeat(letter.text+" ", 50), letter.names}
	d := misread(long, 1)
	if d.text == long.text || d.text != misread(long, 1).text || d.text == misread(long, 2).text {
		t.Errorf("misread as %q", d.text)
	}
	if len(d.names) != 2 || d.names[1].End > len(d.text) || !strings.HasPrefix(d.text[d.names[1].End:], d.text[d.names[1].End:][:1]) {
		t.Errorf("names %v", d.names)
	}
}

// TestLearn learns from a few sentences what they say, twice the same.
func TestLearn(t *testing.T) {
	docs := []document{letter, {"Nobody met Kim Dae-jung in Seoul. Kim Dae-jung sat.", []news.Mention{
		{Span: news.Span{Start: 11, End: 23}, Kind: news.Person}, {Span: news.Span{Start: 27, End: 32}, Kind: news.Place},
		{Span: news.Span{Start: 34, End: 46}, Kind: news.Person},
	}}}
	lessons := lessonsOf(shared, docs)
	m := learn(lessons)
	if kept := agreed(m, lessons); len(kept) != len(lessons) {
		t.Errorf("%d of %d lessons are learned", len(kept), len(lessons))
	}
	if !bytes.Equal(m.Bytes(), learn(lessonsOf(shared, docs)).Bytes()) {
		t.Error("not the same a second time")
	}
}

// TestFloors holds the recogniser to what it has reached on the marked articles and scans that it did not learn from.
func TestFloors(t *testing.T) {
	test, scans := scored(t, "../corpus/test"), scored(t, "../corpus/scans")
	for _, f := range []struct {
		what  string
		score tally
		floor float64
	}{
		{"names", test.all, 87},
		{"persons", test.by[news.Person], 88},
		{"places", test.by[news.Place], 89},
		{"organizations", test.by[news.Organization], 82},
		{"names by document", test.pages, 86},
		{"names of two documents", test.often[2], 94},
		{"names of scans", scans.all, 63.5},
		{"names of scans by document", scans.pages, 62.5},
	} {
		if got := f.score.f1(); got < f.floor {
			t.Errorf("%s: F1 %.1f, the floor is %.1f", f.what, got, f.floor)
		}
	}
}

func scored(t *testing.T, folder string) scores {
	t.Helper()
	docs, err := readArticles(folder)
	if err != nil || len(docs) == 0 {
		t.Fatal(err)
	}
	s := evaluate(shared, docs)
	t.Log(folder, s)
	return s
}
