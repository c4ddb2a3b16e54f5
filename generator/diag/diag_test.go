package diag

import (
	"fmt"
	"strings"
	"testing"
)

func TestDecodeTOMLPlacesFaults(t *testing.T) {
	type settings struct {
		Title  string `toml:"title"`
		Rights struct {
			Default string `toml:"default"`
		} `toml:"rights"`
	}
	tests := []struct{ name, src, want string }{
		{"unknown key with a near one", "title = \"x\"\n\ntilte = \"y\"\n", "f.toml:3:1: unknown key \"tilte\"\n  tilte = \"y\"\n  hint: did you mean \"title\"?\n"},
		{"unknown key in a table", "[rights]\n  defualt = \"open\"\n", "f.toml:2:3: unknown key \"rights.defualt\"\n  defualt = \"open\"\n  hint: did you mean \"default\"?\n"},
		{"unknown key with none near", "zzzzzz = 1\n", "f.toml:1:1: unknown key \"zzzzzz\"\n  zzzzzz = 1\n  hint: known keys are listed in the README\n"},
		{"not UTF-8", "title = \"\xff\"\n", "f.toml: not UTF-8\n  hint: save the file as UTF-8\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var s settings
			var b strings.Builder
			list := DecodeTOML("f.toml", []byte(tt.src), &s)
			if err := list.Write(&b); err != nil || b.String() != tt.want {
				t.Errorf("got\n%s\nwant\n%s", b.String(), tt.want)
			}
			if list.Err() == nil {
				t.Error("a fault in a settings file must be an error")
			}
		})
	}
	for _, src := range []string{"title = \n", "title = 3\n", "title = \"x\n", "a\n"} {
		var s settings
		list := DecodeTOML("f.toml", []byte(src), &s)
		if len(list) != 1 || list[0].Line != 1 || list[0].Col == 0 || list[0].Source == "" {
			t.Errorf("%q: %#v has no place in the file", src, list)
		}
	}
}

func TestSortedIsInOrderAndTellsOnce(t *testing.T) {
	l := List{Warn("b", "x"), Warn("a", "y"), Warn("a", "y"), Warn("a", "x").At([]byte("line"), 1, 2)}
	got := fmt.Sprint(l.Sorted())
	if want := "a: y\na:1:2: x\nb: x"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWithoutLeavesWhatIsNew(t *testing.T) {
	before := List{Warn("a", "x").At([]byte("line"), 1, 1), Warn("b", "x")}
	now := List{Warn("a", "x").At([]byte("\nline"), 2, 1), Warn("a", "y"), Warn("c", "x")}
	if got, want := fmt.Sprint(now.Without(before)), "a: y\nc: x"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAsListSeesThroughWrapping(t *testing.T) {
	err := fmt.Errorf("building: %w", Fail("site.toml", "broken"))
	if l, ok := AsList(err); !ok || len(l) != 1 || l.Err() == nil {
		t.Errorf("AsList(%v) is %v, %v", err, l, ok)
	}
	if l := (List{Warn("a", "x")}); l.Err() != nil {
		t.Error("a warning alone is no error")
	}
}

func TestNearest(t *testing.T) {
	known := []string{"title", "date", "language"}
	for word, want := range map[string]string{"tilte": "title", "Date": "date", "langauge": "language", "x": "", "publication": ""} {
		if got := Nearest(word, known); got != want {
			t.Errorf("Nearest(%q) is %q, want %q", word, got, want)
		}
	}
}

func TestQuoteTOMLIsReadBack(t *testing.T) {
	for _, text := range []string{"", "plain", `a "b" \ c`, "line\nend\ttab\r", "\x00\x1b\x7f\u0085", "naïve ☃ 𝄞"} {
		var read struct {
			Text string `toml:"text"`
		}
		if list := DecodeTOML("f.toml", []byte("text = "+QuoteTOML(text)+"\n"), &read); len(list) > 0 || read.Text != text {
			t.Errorf("%q is written %s and read %q, %v", text, QuoteTOML(text), read.Text, list)
		}
	}
}
