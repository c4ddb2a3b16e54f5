package entity

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/generator/golden"
	"broadsheet/generator/news"

	"github.com/rogpeppe/go-internal/txtar"
)

// shared is one recognizer for all tests; reading the gazetteer is most of what a small test costs.
var shared = NewRecognizer()

func TestFind(t *testing.T) {
	golden.Want(t, "testdata/find/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		files := golden.Texts(in)
		f := shared.Find(files["title"], files["text"], files["language"])
		check(t, files["text"], f)
		return format(files["text"], f)
	})
}

// TestMatch prints what the machine found, and what the authority makes of it.
func TestMatch(t *testing.T) {
	golden.Want(t, "testdata/match/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		files := golden.Texts(in)
		a, faults := ParseAuthority("entities.toml", []byte(files["entities.toml"]))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		f := shared.Find(files["title"], files["text"], "en")
		before := format(files["text"], f)
		with := a.Match("the-article", files["title"], files["text"], f)
		check(t, files["text"], with)
		if after := format(files["text"], (*Authority)(nil).Match("the-article", files["title"], files["text"], f)); after != before {
			t.Errorf("without the entries the finds are not what they were:\n%s", after)
		}
		return "# machine\n" + before + "# with entities.toml\n" + format(files["text"], with)
	})
}

func TestParseAuthority(t *testing.T) {
	golden.Want(t, "testdata/parse/*.txtar", func(t *testing.T, in *txtar.Archive) string {
		files := golden.Texts(in)
		var out strings.Builder
		a, faults := ParseAuthority("entities.toml", []byte(files["entities.toml"]))
		if (a == nil) != (faults.Errors() > 0) {
			t.Errorf("authority %v with %d errors", a, faults.Errors())
		}
		if err := faults.Sorted().Write(&out); err != nil {
			t.Fatal(err)
		}
		return out.String()
	})
}

// format lists mentions and clusters for people to read.
func format(text string, f Found) string {
	var out strings.Builder
	for _, m := range f.Mentions {
		fmt.Fprintf(&out, "%s %q is %s", m.Kind, text[m.Start:m.End], f.Clusters[m.Cluster].Name)
		if m.Sense != "" {
			fmt.Fprintf(&out, " (%s)", m.Sense)
		}
		out.WriteByte('\n')
	}
	for _, c := range f.Clusters {
		fmt.Fprintf(&out, "= %s %s: %d+%d %s%s%s %s\n", c.Kind, c.Name, c.Count, c.Senses, forms(c.Surfaces),
			note(c.InTitle, " [headline]"), note(c.Bare, " [bare]"), c.Entity)
	}
	return strings.ReplaceAll(out.String(), " \n", "\n")
}

func forms(surfaces []news.Spelling) string {
	var printed []string
	for _, s := range surfaces {
		printed = append(printed, s.Text)
	}
	return strings.Join(printed, " | ")
}

func note(on bool, s string) string {
	if on {
		return s
	}
	return ""
}

// check holds what is true of every Found.
func check(t *testing.T, text string, f Found) {
	t.Helper()
	end := 0
	counts := make([]news.Cluster, len(f.Clusters))
	for i := range counts {
		counts[i].First = -1
	}
	for _, m := range f.Mentions {
		if m.Start < end || m.End <= m.Start || m.End > len(text) {
			t.Fatalf("mention %d-%d of %d bytes after %d", m.Start, m.End, len(text), end)
		}
		end = m.End
		if m.Kind == 0 || m.Kind != f.Clusters[m.Cluster].Kind {
			t.Errorf("%q is %s in a cluster of kind %s", text[m.Start:m.End], m.Kind, f.Clusters[m.Cluster].Kind)
		}
		count(&counts[m.Cluster], m, surface(text[m.Start:m.End]))
	}
	for i, c := range f.Clusters {
		if n := counts[i]; n.Count != c.Count || n.Senses != c.Senses || n.First != c.First || len(n.Surfaces) != len(c.Surfaces) {
			t.Errorf("cluster %+v, but its mentions say %+v", c, n)
		}
		if c.Name == "" || c.First < 0 && !c.InTitle {
			t.Errorf("a cluster of nothing: %+v", c)
		}
	}
}
