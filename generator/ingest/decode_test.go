package ingest

import (
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

// TestDecodeOldEncodings writes texts in the encodings archives have and reads them back, without being told.
func TestDecodeOldEncodings(t *testing.T) {
	const (
		english  = "“No,” she said – it’s the café’s naïve façade."
		german   = "Die Straße wurde für Fußgänger geöffnet, sagte Bürgermeister Müller."
		french   = "Le préfet a été reçu à l’hôtel de ville, où il a déjeuné."
		russian  = "Президент подписал закон о бюджете на следующий год. Депутаты поддержали его."
		greek    = "Ο πρόεδρος υπέγραψε τον νόμο για τον προϋπολογισμό του επόμενου έτους."
		japanes  = "大統領は来年度の予算法に署名した。議員の過半数がこれを支持した。"
		plainOne = "Nothing but ASCII here, twice over."
	)
	for _, c := range []struct {
		name, text string
		encoding   encoding.Encoding
	}{
		{"Windows-1252", english, charmap.Windows1252},
		{"Windows-1252", german, charmap.Windows1252},
		{"Latin-1", french[:20], charmap.ISO8859_1},
		{"Latin-1", german, charmap.ISO8859_1},
		{"Mac Roman", english, charmap.Macintosh},
		{"Mac Roman", german, charmap.Macintosh},
		{"Mac Roman", french, charmap.Macintosh},
		{"Windows-1251", russian, charmap.Windows1251},
		{"KOI8-R", russian, charmap.KOI8R},
		{"ISO 8859-7", greek, charmap.ISO8859_7},
		{"Shift JIS", japanes, japanese.ShiftJIS},
		{"UTF-16, no mark", english, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"UTF-16, big end first, no mark", plainOne, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
	} {
		src, err := c.encoding.NewEncoder().Bytes([]byte(c.text))
		if err != nil {
			t.Fatal(c.name, err)
		}
		if text, _ := decode("f.txt", src, "auto"); text != c.text {
			t.Errorf("%s: %q, want %q", c.name, text, c.text)
		}
	}
}

// TestDeclaredCharset holds that what is declared is believed of text that is not UTF-8, and of no other.
func TestDeclaredCharset(t *testing.T) {
	for _, c := range []struct{ name, src, charset, text, warning string }{
		{"Central European", "Pos\xb3owie \x9fr\xf3d\xb3o", "windows-1250", "Posłowie źródło", ""},
		{"Mac Roman", "caf\x8e", "macintosh", "café", ""},
		{"UTF-8 all the same", "café", "windows-1250", "café", ""},
		{"a byte it does not have", "a\x81b", "windows-1253", "a\uFFFDb", "f.txt:1:2: not UTF-8: read as windows-1253, 1 character could not be read"},
		{"half a character", "\x93\xfa\x81", "shift_jis", "日\uFFFD", "f.txt:1:2: not UTF-8: read as shift_jis, 1 character could not be read"},
	} {
		text, list := decode("f.txt", []byte(c.src), c.charset)
		if text != c.text || list.Error() != c.warning {
			t.Errorf("%s: %q and %q, want %q and %q", c.name, text, list.Error(), c.text, c.warning)
		}
	}
	for name, known := range map[string]bool{"": true, "auto": true, "macintosh": true, "windows-1252": true, "latin1": true, "utf-9": false} {
		if KnownCharset(name) != known {
			t.Errorf("KnownCharset(%q) is not %v", name, known)
		}
	}
}
