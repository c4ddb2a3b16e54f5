// Package corpus reads the marked articles that the recogniser learns from and is tested on. README.md says what is
// marked, and how.
package corpus

import (
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"broadsheet/generator/news"
)

// Article is a marked article: plain text, and the marks of its headline and its body.
type Article struct {
	File       string
	Title      string
	TitleMarks []Mark
	Text       string
	Marks      []Mark
}

// Mark is a name: where it stands, in bytes, its kind, and the number of what it means.
type Mark struct {
	news.Span
	Kind   news.Kind
	Number int
}

// Read reads all articles of a folder: "train", "test" or "scans".
func Read(fsys fs.FS) ([]Article, error) {
	names, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, err
	}
	var articles []Article
	for _, name := range names {
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		a, err := Parse(string(src))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		a.File = name
		articles = append(articles, a)
	}
	return articles, nil
}

// Parse reads an article: a headline, its address, an empty line, the body.
func Parse(src string) (a Article, err error) {
	head, rest, _ := strings.Cut(src, "\n")
	_, body, found := strings.Cut(rest, "\n\n")
	if !found {
		return a, fmt.Errorf("no empty line before a body")
	}
	if a.Title, a.TitleMarks, err = unmark(head); err != nil {
		return a, err
	}
	a.Text, a.Marks, err = unmark(body)
	return a, err
}

// unmark takes the marks out of a text.
func unmark(s string) (string, []Mark, error) {
	var text strings.Builder
	var marks []Mark
	start := -1
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && strings.IndexByte(`[|]`, s[i+1]) >= 0:
			i++
			text.WriteByte(s[i])
		case s[i] == '[':
			start = text.Len()
		case s[i] == '|' && start >= 0:
			label, _, closed := strings.Cut(s[i+1:], "]")
			m, err := parseMark(label)
			if err != nil || !closed {
				return "", nil, fmt.Errorf("mark %q: want |kind:number]: %w", label, err)
			}
			m.Span = news.Span{Start: start, End: text.Len()}
			marks = append(marks, m)
			start, i = -1, i+1+len(label)
		default:
			text.WriteByte(s[i])
		}
	}
	if start >= 0 {
		return "", nil, fmt.Errorf("no mark closes %q", text.String()[start:])
	}
	return text.String(), marks, nil
}

func parseMark(label string) (m Mark, err error) {
	kind, number, _ := strings.Cut(label, ":")
	if m.Kind, err = news.ParseKind(kind); err != nil {
		return m, err
	}
	m.Number, err = strconv.Atoi(number)
	return m, err
}
