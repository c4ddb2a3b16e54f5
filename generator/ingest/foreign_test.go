package ingest

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestForeign holds that nothing but a text is one, in whatever encoding and however badly it was read.
func TestForeign(t *testing.T) {
	random := make([]byte, 40_000)
	for i, source := 0, rand.New(rand.NewPCG(1, 2)); i < len(random); i++ {
		random[i] = byte(source.Uint32())
	}
	var little, big []byte
	for _, c := range utf16.Encode([]rune("The pier will close on Monday.\n")) {
		little, big = append(little, byte(c), byte(c>>8)), append(big, byte(c>>8), byte(c))
	}
	for _, test := range []struct{ src, want string }{
		{string(random), "binary data"},
		{"\xff\xd8\xff\xe0\x00\x10JFIF" + string(random), "image/jpeg"},
		{"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "application/pdf"},
		{"PK\x03\x04" + string(random), "application/zip"},
		{"BM\x36\x00\x0c\x00" + strings.Repeat("\xff", 40_000), "image/bmp"},
		{"BMW to build in Leipzig\n\nThe works will open in 2005.", ""},
		{"ID3 is no mark of music here.", ""}, {"GIF89a, a standard, is thirty years old.", ""}, {"OTTO WELS SPEAKS\n", ""},
		{"", ""},
		{"The pier will close on Monday.\x00\n", ""},
		{"The pier\fwill close\x1a", ""},
		{string(little), ""}, {string(big), ""}, {"\xff\xfe" + string(little), ""}, {"\xfe\xff" + string(big), ""},
		{"Tbe pi3r wi11 c!o~e 0n M#ndny. ,;.'`^ |l1I ..-- \xab\xac\xad", ""},
		{"<html><body><p>A page saved as text</p>", ""},
	} {
		if got := Foreign([]byte(test.src)); got != test.want {
			t.Errorf("%.40q is %q, want %q", test.src, got, test.want)
		}
	}
	for golden, file := range goldenSources(t) {
		if got := Foreign(file.Data); got != "" {
			t.Errorf("%s is %q", golden, got)
		}
		if got := Foreign(bytes.ToUpper(file.Data)); strings.Contains(got, "/") {
			t.Errorf("%s in capitals is %q", golden, got)
		}
	}
}
