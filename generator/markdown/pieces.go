package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// piece is a stretch of a source that reads the same by itself: one plain paragraph, or what stands between two. Most of an
// article is plain paragraphs, and the parser takes ten times as long over one as it takes to see that it is.
type piece struct {
	at    int // offset in the source
	src   []byte
	plain bool
	root  ast.Node // of one that is not plain, as parsed
}

// parse cuts a source in pieces and parses those that need it.
func parse(src []byte) []piece {
	list, apart := pieces(src)
	if !apart {
		list = []piece{{src: src}}
	}
	for i := range list {
		if !list[i].plain {
			list[i].root = commonmark.Parse(text.NewReader(list[i].src))
		}
	}
	return list
}

// pieces cuts a source. A line that is not indented ends every block above the blank line before it, but for code and HTML
// that want an end of their own, and a plain paragraph belongs to no block but a definition list. Where such may be, or
// a reference that is explained far from its place, it reports false: the source is not to be cut.
func pieces(src []byte) (list []piece, apart bool) {
	if bytes.Contains(src, []byte("]:")) {
		return nil, false
	}
	list = make([]piece, 0, 1+bytes.Count(src, parting))
	for at := 0; at < len(src); {
		if size := blankLine(src[at:]); size > 0 {
			at += size
			continue
		}
		size, plain, entangled := lines(src[at:])
		if entangled {
			return nil, false
		}
		if last := len(list) - 1; plain || last < 0 || list[last].plain {
			list = append(list, piece{at: at, src: src[at : at+size], plain: plain})
		} else {
			list[last].src = src[list[last].at : at+size]
		}
		at += size
	}
	return list, true
}

// blankLine is the length of the blank line at the start of src, or 0.
func blankLine(src []byte) int {
	for i, c := range src {
		switch c {
		case ' ', '\t':
		case '\n':
			return i + 1
		default:
			return 0
		}
	}
	return len(src)
}

// lines is the length of those at the start of src, up to a blank one; whether all are plain; and whether one keeps the
// source from being cut.
func lines(src []byte) (size int, plain, entangled bool) {
	plain = true
	for size < len(src) && blankLine(src[size:]) == 0 {
		line, _, _ := bytes.Cut(src[size:], newline)
		if bytes.IndexByte([]byte(":<`~"), bytes.TrimLeft(line, " \t")[0]) >= 0 {
			return 0, false, true
		}
		plain = plain && plainLine(line)
		size += min(len(line)+1, len(src)-size)
	}
	return size, plain, false
}

// plainLine reports whether no character of a line begins markup where it stands, and it is neither indented nor ends in a
// blank.
func plainLine(line []byte) bool {
	for _, c := range line {
		if markup[c] {
			return false
		}
	}
	return bytes.IndexByte([]byte(" #>-+="), line[0]) < 0 && line[len(line)-1] != ' ' && !numbered(line)
}

// markup is the characters that may begin some wherever they stand, and those that no text has.
var markup = func() (may [256]bool) {
	for c := range byte(' ') {
		may[c] = true
	}
	for _, c := range []byte("\\`*_[<~|{\x7f") {
		may[c] = true
	}
	return may
}()

// numbered reports whether a line begins as an item of a list does: "12." or "12)".
func numbered(line []byte) bool {
	rest := bytes.TrimLeft(line, "0123456789")
	return len(rest) < len(line) && len(rest) > 0 && (rest[0] == '.' || rest[0] == ')')
}

// piece writes one.
func (w *walker) piece(p *piece) {
	w.at, w.src = p.at, p.src
	if p.plain {
		w.paragraph(true, w.plainLines)
	} else {
		w.blocks(p.root)
	}
}

func (w *walker) plainLines() {
	for line := range bytes.Lines(w.src) {
		w.breakLine()
		start := len(w.text)
		w.text = appendPlain(w.text, bytes.TrimSuffix(line, newline))
		w.bareLinks(start)
		w.newline(softBreak)
	}
}
