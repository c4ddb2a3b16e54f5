package ingest

import (
	"path"
	"strings"

	"broadsheet/generator/news"
)

// DateOf is the date that a file's name or its folders' names give, with where it was found; the zero Date where
// they give none.
func DateOf(file string) (d news.Date, from string) {
	if d := dateInName(path.Base(file)); !d.IsZero() {
		return d, "file name"
	}
	if d := dateInFolders(path.Dir(file)); !d.IsZero() {
		return d, "folder"
	}
	return news.Date{}, ""
}

// TrimDate is a file's name without the date it begins with: "2019-01-28-flood" and "20190128_flood" are "flood". A
// name that is nothing but a date stays.
func TrimDate(name string) string {
	rest := name
	for _, digits := range []int{4, 2, 2} {
		after := strings.TrimLeft(rest, "0123456789")
		n := len(rest) - len(after)
		switch {
		case n == digits:
			rest = strings.TrimLeft(after, "-_. ")
		case n == 8 && digits == 4:
			return nonEmpty(strings.TrimLeft(after, "-_. "), name)
		case digits == 4:
			return name
		}
	}
	return nonEmpty(rest, name)
}

func nonEmpty(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
