package prose

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func of(tokens []Token, text string) []string {
	var words []string
	for _, t := range tokens {
		words = append(words, t.Of(text))
	}
	return words
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Lim Dong-won met Mr. Kim.", "Lim|Dong-won|met|Mr.|Kim|."},
		{"The South's envoy", "The|South|'s|envoy"},
		{"the South’s envoy", "the|South|’s|envoy"},
		{"37,000 troops, 3.5 percent", "37,000|troops|,|3.5|percent"},
		{"the U.S. said", "the|U.S.|said"},
		{"in the U.S.", "in|the|U.S."},
		{"O'Brien and J. R. Ewing", "O'Brien|and|J.|R.|Ewing"},
		{"AT&T; R&D; salt & pepper", "AT&T|;|R&D|;|salt|&|pepper"},
		{`"Yes," he said.`, `"|Yes|,|"|he|said|.`},
		{"the soldiers' wives", "the|soldiers|'|wives"},
		{"Côte d'Ivoire naïve", "Côte|d'Ivoire|naïve"},
		{"end.Next", "end|.|Next"},
		{"well-known - not", "well-known|-|not"},
		{"北京 Peking", "北京|Peking"},
		{"", ""},
	} {
		if got := strings.Join(of(Words(nil, c.text), c.text), "|"); got != c.want {
			t.Errorf("%q: got %s, want %s", c.text, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"One. Two? Three!", "One.|Two?|Three!"},
		{"Mr. Lim met Sen. Doe. They spoke.", "Mr. Lim met Sen. Doe.|They spoke."},
		{"He said \"Go.\" She went.", "He said \"Go.\"|She went."},
		{"A headline\n\nA line.", "A headline|A line."},
		{"wrapped\nline. Next", "wrapped\nline.|Next"},
		{"It rose 3.5 percent. So", "It rose 3.5 percent.|So"},
		{"He waited... and left. Done", "He waited... and left.|Done"},
		{"George W. Bush spoke.", "George W. Bush spoke."},
		{"  \n\n ", ""},
	} {
		if got := strings.Join(of(Sentences(nil, c.text), c.text), "|"); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Kim Jong Il", "Kim Jong-il", "kim  jong il", "KIM JONG‑IL"},
		{"São Paulo", "Sao Paulo", "Sa\u0303o Paulo"},
		{"O'Brien", "O’Brien", "OBrien"},
		{"U.S.", "US"},
		{"Søren Łódź", "Soren Lodz"},
		{"", "—"},
	} {
		for _, s := range same[1:] {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("%q folds to %q, %q to %q", same[0], Fold(same[0]), s, Fold(s))
			}
		}
	}
	for _, apart := range [][2]string{{"AT&T", "ATT"}, {"Kim Jong Il", "Kim Jong Un"}, {"北京", "東京"}} {
		if Fold(apart[0]) == Fold(apart[1]) {
			t.Errorf("%q and %q fold alike", apart[0], apart[1])
		}
	}
}

func TestSlug(t *testing.T) {
	for s, want := range map[string]string{
		"Kim Jong Il": "kim-jong-il", "U.S. & Co.": "u-s-co", "O'Brien": "obrien", "  São  Paulo ": "são-paulo", "北京": "北京", "—": "",
		strings.Repeat("long ", 30): strings.TrimSuffix(strings.Repeat("long-", 16), "-"),
	} {
		if got := Slug(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

var seeds = []string{
	"Mr. Lim's 37,000 troops left the U.S. on Friday.", "\"Go.\" Gone!\n\nEnd", "a'\u0301s ‑x’S", "\xff\xfe.\xc3", "…?!\u2028A. b. C.D.", "İstanbul ΣΑΣ ﬁn",
}

// FuzzWords: tokens are in order, never overlap, hold no white space at their ends, and cover every byte but white
// space.
func FuzzWords(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, token := range Words(nil, text) {
			if token.Start < end || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("%q: token %v after %d", text, token, end)
			}
			if gap := text[end:token.Start]; strings.TrimSpace(gap) != "" {
				t.Fatalf("%q: %q is in no token", text, gap)
			}
			if strings.IndexFunc(token.Of(text), unicode.IsSpace) >= 0 {
				t.Fatalf("%q: token %q holds white space", text, token.Of(text))
			}
			end = token.End
		}
		if strings.TrimSpace(text[end:]) != "" {
			t.Fatalf("%q: %q is in no token", text, text[end:])
		}
	})
}

// FuzzSentences: sentences are in order, trimmed, and hold all that is not white space.
func FuzzSentences(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range Sentences(nil, text) {
			if s.Start < end || s.End <= s.Start || strings.TrimSpace(s.Of(text)) != s.Of(text) || strings.TrimSpace(text[end:s.Start]) != "" {
				t.Fatalf("%q: sentence %v after %d", text, s, end)
			}
			end = s.End
		}
		if strings.TrimSpace(text[end:]) != "" {
			t.Fatalf("%q: %q is in no sentence", text, text[end:])
		}
	})
}

// FuzzFold: folding and slugging twice is folding and slugging once, in valid UTF-8 without blanks at the ends.
func FuzzFold(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded, slug := Fold(s), Slug(s)
		if Fold(folded) != folded {
			t.Errorf("%q folds to %q, and that to %q", s, folded, Fold(folded))
		}
		if Slug(slug) != slug {
			t.Errorf("%q has slug %q, and that %q", s, slug, Slug(slug))
		}
		if !utf8.ValidString(folded) || !utf8.ValidString(slug) || len(slug) > slugBytes || strings.Trim(slug, "-") != slug {
			t.Errorf("%q: %q, %q", s, folded, slug)
		}
		if strings.Join(strings.Fields(folded), " ") != folded {
			t.Errorf("%q folds to %q with stray blanks", s, folded)
		}
	})
}

func TestWordsAppends(t *testing.T) {
	first := Words(nil, "one two")
	if both := Words(slices.Clone(first), "three"); len(both) != 3 {
		t.Errorf("got %v", both)
	}
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat(seeds[0]+" ", 100)
	var tokens []Token
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		tokens = Words(tokens[:0], text)
	}
}
