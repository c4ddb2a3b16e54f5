package ingest

import (
	"path"
	"strconv"
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

// dateInURL is the date in the path of a URL: /2019/01/28/, /2019/jan/28/, /2019-01-28-.
func dateInURL(url string) news.Date {
	_, rest, found := strings.Cut(url, "://")
	if !found {
		return news.Date{}
	}
	_, rest, _ = strings.Cut(rest, "/")
	rest, _, _ = strings.Cut(rest, "?")
	if d := dateInFolders(rest); d.Precision() >= news.ToMonth {
		return d
	}
	for segment := range strings.SplitSeq(rest, "/") {
		if d := dateInName(segment); !d.IsZero() {
			return d
		}
	}
	return news.Date{}
}

// dateInFolders is the date the names of folders make: 2019/01/28, 1916/01, 1916, 2019-01.
func dateInFolders(folders string) news.Date {
	parts := strings.Split(folders, "/")
	for i := len(parts) - 1; i >= 0; i-- {
		if d := dateInName(parts[i]); !d.IsZero() {
			return d
		}
		year, ok := digitsOf(parts[i], 4)
		if !ok || year < 1450 || year > 2199 {
			continue
		}
		d := news.Date{Year: year}
		if i+1 < len(parts) {
			month, ok := digitsOf(parts[i+1], 2)
			if !ok {
				month = months[strings.ToLower(parts[i+1])]
			}
			if m, ok := day(year, month, 0); ok {
				d = m
			}
		}
		if d.Month != 0 && i+2 < len(parts) {
			if n, ok := digitsOf(parts[i+2], 2); ok && n > 0 {
				if m, ok := day(year, d.Month, n); ok {
					d = m
				}
			}
		}
		return d
	}
	return news.Date{}
}

func digitsOf(text string, most int) (int, bool) {
	if text == "" || len(text) > most || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// dateInName is the date in a file's name, at its beginning or between other characters than letters and digits:
// 2019-01-28-flood.txt, 19160107-sn84020558.txt, 1916_01_07.txt, flood-2019-01.txt.
func dateInName(file string) news.Date {
	name := path.Base(file)
	for i := 0; i+7 <= len(name); i++ {
		if !isDigit(name[i]) || i > 0 && isAlphanumeric(name[i-1]) {
			continue
		}
		if d, ok := compactDate(name[i:]); ok {
			return d
		}
		if d, ok := partedDate(name[i:]); ok {
			return d
		}
	}
	return news.Date{}
}

// compactDate reads 19160107.
func compactDate(name string) (news.Date, bool) {
	if len(name) < 8 || len(name) > 8 && isAlphanumeric(name[8]) {
		return news.Date{}, false
	}
	n, ok := digitsOf(name[:8], 8)
	if !ok {
		return news.Date{}, false
	}
	d, ok := day(n/10000, n/100%100, n%100)
	return d, ok && d.Day > 0
}

// partedDate reads 2019-01-28, 1916_01_07, 1916.01.07 and 1916-01.
func partedDate(name string) (news.Date, bool) {
	mark := name[4]
	year, ok := digitsOf(name[:4], 4)
	if !ok || mark != '-' && mark != '_' && mark != '.' {
		return news.Date{}, false
	}
	month, ok := digitsOf(name[5:7], 2)
	if !ok || len(name) > 7 && isAlphanumeric(name[7]) {
		return news.Date{}, false
	}
	if len(name) >= 10 && name[7] == mark && (len(name) == 10 || !isAlphanumeric(name[10])) {
		if n, ok := digitsOf(name[8:10], 2); ok && n > 0 {
			return day(year, month, n)
		}
	}
	return day(year, month, 0)
}
