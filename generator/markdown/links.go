package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// safe reports whether a link, or a picture, may lead to url. Browsers pass over blanks and control characters before
// and inside a scheme, so they do not count.
func safe(url string, picture bool) bool {
	scheme, colon := scheme(url)
	if !colon {
		return true
	}
	switch scheme {
	case "http", "https", "ftp", "mailto", "tel", "news", "gopher", "geo":
		return true
	case "data":
		return picture && strings.HasPrefix(url, "data:image/") && !strings.HasPrefix(url, "data:image/svg")
	}
	return false
}

// scheme is the part of url before a colon, in lower case; false means that url is relative.
func scheme(url string) (string, bool) {
	var b []byte
	for i := range len(url) {
		switch c := url[i]; {
		case c <= ' ' || c == 0x7f:
		case c == ':':
			return string(b), true
		case 'A' <= c && c <= 'Z':
			b = append(b, c+'a'-'A')
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '+', c == '-', c == '.':
			b = append(b, c)
		default:
			return "", false
		}
	}
	return "", false
}

// bareLinks makes links of the URLs in the text from start on.
func (w *walker) bareLinks(start int) {
	for {
		from, to := nextURL(w.text[start:])
		if to == 0 {
			return
		}
		url := string(w.text[start+from : start+to])
		w.links = append(w.links, url)
		if url[0] == 'w' {
			url = "http://" + url
		}
		i := len(w.marks)
		w.marks = append(w.marks,
			mark{at: start + from, pair: i + 1, kind: anchor, to: &target{url: url}},
			mark{at: start + to, pair: i, kind: anchor})
		start += to
	}
}

var urlStarts = [...][]byte{[]byte("https://"), []byte("http://"), []byte("www.")}

// nextURL finds the first URL in text; to is 0 when there is none.
func nextURL(text []byte) (from, to int) {
	if !bytes.Contains(text, []byte("://")) && !bytes.Contains(text, []byte("www.")) {
		return 0, 0
	}
	for i := range text {
		if text[i] != 'h' && text[i] != 'w' || !wordStarts(text, i) {
			continue
		}
		for _, start := range urlStarts {
			if !bytes.HasPrefix(text[i:], start) {
				continue
			}
			if size := urlLength(text[i:], len(start)); size > 0 {
				return i, i + size
			}
		}
	}
	return 0, 0
}

func wordStarts(text []byte, i int) bool {
	before, _ := utf8.DecodeLastRune(text[:i])
	return i == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before)
}

// longestURL, in bytes, is what browsers take, and bounds the search for the end of one.
const longestURL = 2048

// urlLength is the length of the URL that begins text and whose host begins at host: up to white space or a character
// that no URL has, the punctuation of the sentence around it left out; 0 where there is no host with a dot in it.
func urlLength(text []byte, host int) int {
	end := bytes.IndexFunc(text[:min(len(text), longestURL)], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("<>\"“”„«»`{}|\\^", r)
	})
	if end < 0 {
		end = len(text)
	}
	if end > longestURL {
		return 0
	}
	end = trimURL(text, end)
	if end <= host {
		return 0
	}
	name := text[host:end]
	if slash := bytes.IndexAny(name, "/?#:"); slash >= 0 {
		name = name[:slash]
	}
	if dot := bytes.IndexByte(name, '.'); dot <= 0 || dot == len(name)-1 {
		return 0
	}
	return end
}

// trimURL cuts closing punctuation, and a closing parenthesis that was not opened inside.
func trimURL(text []byte, end int) int {
	for end > 0 {
		r, size := utf8.DecodeLastRune(text[:end])
		switch {
		case strings.ContainsRune(".,;:!?'’‘*_~…", r):
		case r == ')' && bytes.Count(text[:end], []byte(")")) > bytes.Count(text[:end], []byte("(")):
		case r == ']' && bytes.Count(text[:end], []byte("]")) > bytes.Count(text[:end], []byte("[")):
		default:
			return end
		}
		end -= size
	}
	return end
}
