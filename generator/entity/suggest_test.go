package entity

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"broadsheet/generator/golden"
	"broadsheet/generator/news"
)

// TestSuggest reads cards as TestResolve does and lists what a person is asked about them, with the block of a yes and
// of a no.
func TestSuggest(t *testing.T) {
	golden.Want(t, "testdata/suggest/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		files := golden.Texts(in)
		a, faults := ParseAuthority("entities.toml", []byte(files["entities.toml"]))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		cards := parseCards(t, files["cards"])
		var out strings.Builder
		for _, s := range Suggest(cards, Resolve(cards, a, 2), a) {
			fmt.Fprintf(&out, "%s %s %s: %s\n", s.ID(), strings.Join(s.Names, " | "), s.Question, s.Why)
			for _, e := range s.Evidence {
				fmt.Fprintf(&out, "   %s in %s\n", e.Form, cards[e.Card].ID)
			}
			fmt.Fprintf(&out, "yes:%s\nno:%s\n", indent(s.Accept), indent(s.Refuse))
			for _, block := range []string{s.Accept, s.Refuse} {
				if !settles(t, files, cards, block, s.ID()) {
					t.Errorf("asked again after%s", block)
				}
			}
		}
		return out.String()
	})
}

func indent(block string) string {
	return strings.ReplaceAll(strings.TrimRight(block, "\n"), "\n", "\n   ")
}

// settles reports whether nobody is asked again once a block stands in entities.toml. What a fix says of an article's
// text is applied by Match, which these cards have behind them.
func settles(t *testing.T, files map[string]string, cards []news.Card, block, id string) bool {
	if strings.Contains(block, "[[fix]]") {
		return true
	}
	a, faults := ParseAuthority("entities.toml", []byte(files["entities.toml"]+block))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return !slices.ContainsFunc(Suggest(cards, Resolve(cards, a, 2), a), func(s Suggestion) bool { return s.ID() == id })
}
