package ingest

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

func TestMend(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"quotation marks", "â€œDonâ€™t,â€\u009d she said â€“ twiceâ€¦", "“Don’t,” she said – twice…"},
		{"letters", "cafÃ© Ã  la carte, naÃ¯ve, Ã‰tat, MÃ¼ller, StraÃŸe", "café Ã  la carte, naïve, État, Müller, Straße"},
		{"money and signs", "Â£50 and â‚¬20 Â© 1999", "£50 and €20 © 1999"},
		{"twice", "donÃ¢â‚¬â„¢t and cafÃƒÂ©", "don’t and café"},
		{"read as Latin-1", "don\u00e2\u0080\u0099t", "don’t"},
		{"amid clean text", "The café’s motto: â€œcafÃ©â€\u009d", "The café’s motto: “café”"},
		{"a pictograph", "well done ðŸ˜€", "well done 😀"},
	} {
		got, repairs, list := mend("f.txt", c.text)
		if got != c.want || len(repairs) != 1 || len(list) != 1 {
			t.Errorf("%s: %q, want %q; %+v %v", c.name, got, c.want, repairs, list)
		}
	}
}

func TestMendGoesOnRecordLineByLine(t *testing.T) {
	a, list := Read("f.txt", []byte("A headline about the cafÃ©\n\nHe said\u00c2\u00a0it wasnâ€™t so, and then he left the room.\n"), Options{})
	if a.Title != "A headline about the café" || !strings.Contains(a.Body, "wasn’t") {
		t.Errorf("title %q, body %q", a.Title, a.Body)
	}
	if len(a.Removed) != 2 || a.Removed[0].Text != "Ã©" || a.Removed[1].Line != 3 || a.Removed[1].Text != "Â\u00a0 â€™" || a.Removed[1].Rule != mended {
		t.Errorf("on record: %+v", a.Removed)
	}
	if want := "f.txt:1: 3 characters of UTF-8 had been read as Windows-1252, repaired"; list.Error() != want {
		t.Errorf("warning %q, want %q", list.Error(), want)
	}
}

// TestCleanTextIsNotMended holds texts that look a little like the mishap, and every text of the archive in content.
func TestCleanTextIsNotMended(t *testing.T) {
	texts := []string{
		"«LE CAFÉ» et l’été », déjà", "the letters “Ä”, “Ö” and “Ã”", "IRMÃ” … NÃO, MÃE", "Å, Ä – PÅ» SMÅ", "DÀ… CITTÀ»", "Ångström, Âge, Ãrea",
		"Ðjúp, Þór, MENÜ“", "Ñ¿", "Être ou ne pas être: là „là“", "£50, €20, ©, ™ and 20°",
	}
	for _, src := range contentTexts(t) {
		texts = append(texts, string(src))
	}
	for _, text := range texts {
		if got, repairs, _ := mend("f.txt", text); got != text {
			t.Errorf("%.60q is changed: %+v", text, repairs)
		}
	}
}

// contentTexts are the texts of the archive that comes with the program, by file.
func contentTexts(t *testing.T) map[string][]byte {
	texts := map[string][]byte{}
	err := fs.WalkDir(os.DirFS("../../content"), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || path.Ext(file) != ".txt" {
			return err
		}
		texts[file], err = os.ReadFile("../../content/" + file)
		return err
	})
	if err != nil || len(texts) < 200 {
		t.Fatalf("%d texts in content, %v", len(texts), err)
	}
	return texts
}

// FuzzMend garbles clean texts and holds that mending gives them back, and that text without what only the mishap makes
// stays as it is.
func FuzzMend(f *testing.F) {
	for _, seed := range []string{"don’t “go” – café", "Müller, Straße, naïve", "100 € or £50", "plain", "éé»", "Ã©"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		if got, _, _ := mend("f.txt", text); !hasEvident(text) && got != text {
			t.Errorf("%q became %q", text, got)
		}
		garbled := garbleText(text)
		if hasEvident(text) || !hasEvident(garbled) || strings.ContainsFunc(text, func(c rune) bool { return c >= utf8.RuneSelf && !isPlausible(c) }) {
			return
		}
		if got, _, _ := mend("f.txt", garbled); got != text {
			t.Errorf("%q, garbled to %q, came back as %q", text, garbled, got)
		}
	})
}

// garbleText reads UTF-8 as Windows-1252 does, byte by byte.
func garbleText(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		r := charmap.Windows1252.DecodeByte(c)
		if r == utf8.RuneError {
			r = rune(c)
		}
		b.WriteRune(r)
	}
	return b.String()
}
