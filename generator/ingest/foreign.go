package ingest

import (
	"bytes"
	"net/http"
	"strings"
)

// Foreign is what src is that is no text, "image/jpeg", "application/pdf", or binary data; "" for a text, however badly a
// scanner read it. No encoding of texts needs control characters, which are one byte in nine where bytes are at random.
func Foreign(src []byte) string {
	const (
		head   = 512 // bytes that are looked at for the marks of formats
		header = 64  // bytes among which a format has a control: BM is a picture's mark, and how "BMW to build in Leipzig" begins
	)
	kind, _, _ := strings.Cut(http.DetectContentType(src[:min(len(src), head)]), ";")
	switch {
	case strings.HasPrefix(kind, "text/"):
	case kind == "application/pdf" || kind == "application/postscript":
		return kind
	case kind != "application/octet-stream" && bytes.IndexFunc(src[:min(len(src), header)], isForeignControl) >= 0:
		return kind
	case isMarked16(src) || isUTF16(src, 0) || isUTF16(src, 1):
		return ""
	}
	controls := 0
	for _, c := range src {
		if isForeignControl(rune(c)) {
			controls++
		}
	}
	if isMarked16(src) || controls*leastText <= len(src) {
		return ""
	}
	return "binary data"
}

// leastText is how many bytes a text has at least for each control character.
const leastText = 20

// isForeignControl reports whether a character is a control that no system has ever set in texts.
func isForeignControl(c rune) bool { return c < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1A\x1B", c) }

func isMarked16(src []byte) bool {
	return bytes.HasPrefix(src, []byte(utf16Little)) || bytes.HasPrefix(src, []byte(utf16Big))
}
