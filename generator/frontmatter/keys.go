package frontmatter

import (
	"strconv"
	"strings"

	"broadsheet/generator/diag"
	"broadsheet/generator/news"
)

// Key is a known key with a line of explanation.
type Key struct {
	Name  string
	Means string
	set   setter
}

// setter sets a field of an article from a value that is not empty; it says what is wrong with a value it cannot take.
type setter func(a *news.Article, v Value) *wrong

// Keys lists every known key, in the order the README shows them.
func Keys() []Key {
	return append([]Key(nil), keys[:]...)
}

var keys = [...]Key{
	{"title", "the headline", text(func(a *news.Article) *string { return &a.Title })},
	{"deck", "the line below the headline", text(func(a *news.Article) *string { return &a.Deck })},
	{"date", "when it was published, as exactly as is known: 2002-04-05, 2002-04, 2002, 191X, 1916?, 1914/1918", date(func(a *news.Article) *news.Date { return &a.Date })},
	{"date_note", "how the date is known", text(func(a *news.Article) *string { return &a.DateNote })},
	{"lastmod", "when it was last changed", date(func(a *news.Article) *news.Date { return &a.Modified })},
	{"byline", "who wrote it, as printed: By Jane Doe, AP", text(func(a *news.Article) *string { return &a.Byline.Printed })},
	{"authors", "a list of those who wrote it", texts(func(a *news.Article) *[]string { return &a.Byline.Authors })},
	{"credit", "the agency or paper it came from", text(func(a *news.Article) *string { return &a.Byline.Credit })},
	{"signed", "who signed a letter, as printed: Jane Doe, Whitby; no page is made of it", text(func(a *news.Article) *string { return &a.Signed })},
	{"dateline", "where it was filed, as printed: AUBURN, Wash. (AP)", setDateline},
	{"publication", "the paper it appeared in", text(func(a *news.Article) *string { return &a.Publication })},
	{"edition", "the edition of that paper", text(func(a *news.Article) *string { return &a.Edition })},
	{"print_page", "the page of that paper: A5", text(func(a *news.Article) *string { return &a.PrintPage })},
	{"section", "the part of the paper: Sports", text(func(a *news.Article) *string { return &a.Section })},
	{"genre", strings.Join(genres[:], ", "), setGenre},
	{"language", "the language it is written in: en, pt-BR", setLanguage},
	{"tags", "a list of subjects", texts(func(a *news.Article) *[]string { return &a.Tags })},
	{"categories", "read for other generators: the first is the section, the others are tags", checkTexts},
	{"people", "a list of the people in it, names or ids; [] for none", named(news.Person)},
	{"places", "a list of the places in it; [] for none", named(news.Place)},
	{"organizations", "a list of the organizations in it; [] for none", named(news.Organization)},
	{"description", "a sentence for search engines and previews", text(func(a *news.Article) *string { return &a.Description })},
	{"source", "where the text was taken from, a URL or words", text(func(a *news.Article) *string { return &a.Source })},
	{"license", "the license it is under", text(func(a *news.Article) *string { return &a.License })},
	{"rights", "open, metadata (headline and names alone are shown) or private (preview only)", setRights},
	{"images", "a list of pictures: files, or tables of file, alt, caption and credit", setImages},
	{"scan", "the picture of the printed page, a file or URL", text(func(a *news.Article) *string { return &a.Scan })},
	{"corrections", "a list of corrections, in words", texts(func(a *news.Article) *[]string { return &a.Corrections })},
	{"identifiers", "a list of what others call it: DOI, ARK, a database's number", texts(func(a *news.Article) *[]string { return &a.Identifiers })},
	{"corrects", "the id of the article that this printed correction puts right", text(func(a *news.Article) *string { return &a.Corrects })},
	{"translation_of", "the id of the article it translates", text(func(a *news.Article) *string { return &a.TranslationOf })},
	{"id", "a lasting identity, where the file may move", text(func(a *news.Article) *string { return &a.ID })},
	{"slug", "the last part of its URL", setSlug},
	{"url", "its whole URL below the site's root", setURL},
	{"aliases", "a list of URLs that lead to it", setAliases},
	{"draft", "true keeps it out of the site", setDraft},
	{"weight", "a whole number; where order is by hand, the smaller comes first", setWeight},
}

var genres = [...]string{"news", "opinion", "editorial", "letter", "obituary", "review", "interview", "notice", "page"}

func keyNamed(name string) (Key, bool) {
	for _, k := range keys {
		if k.Name == name {
			return k, true
		}
	}
	return Key{}, false
}

func names() []string {
	var all []string
	for _, k := range keys {
		all = append(all, k.Name)
	}
	return all
}

func text(field func(*news.Article) *string) setter {
	return func(a *news.Article, v Value) *wrong {
		s, bad := v.line()
		if bad == nil {
			*field(a) = s
		}
		return bad
	}
}

func texts(field func(*news.Article) *[]string) setter {
	return func(a *news.Article, v Value) *wrong {
		s, bad := v.lines()
		if bad == nil {
			*field(a) = s
		}
		return bad
	}
}

func checkTexts(_ *news.Article, v Value) *wrong {
	_, bad := v.lines()
	return bad
}

func named(kind news.Kind) setter {
	return texts(func(a *news.Article) *[]string { return &a.Named[kind] })
}

func date(field func(*news.Article) *news.Date) setter {
	return func(a *news.Article, v Value) *wrong {
		s, bad := v.line()
		if bad != nil {
			return bad
		}
		d, err := news.ParseDate(s)
		if err != nil {
			return &wrong{message: err.Error(), hint: "write the date as far as it is known: 1916, 1916-12 or 1916-12-01"}
		}
		*field(a) = d
		return nil
	}
}

// setDateline takes the place from what stands before an agency in parentheses or a dash.
func setDateline(a *news.Article, v Value) *wrong {
	s, bad := v.line()
	if bad != nil {
		return bad
	}
	place := s
	for _, end := range [...]string{" (", "—", "–", " -"} {
		place, _, _ = strings.Cut(place, end)
	}
	a.Dateline = news.Dateline{Printed: s, Place: strings.TrimRight(place, " ,")}
	return nil
}

func setGenre(a *news.Article, v Value) *wrong {
	s, bad := v.line()
	if bad != nil {
		return bad
	}
	for _, g := range genres {
		if strings.EqualFold(s, g) {
			a.Genre = g
			return nil
		}
	}
	hint := "one of " + strings.Join(genres[:], ", ")
	if near := diag.Nearest(s, genres[:]); near != "" {
		hint = "did you mean " + strconv.Quote(near) + "?"
	}
	return &wrong{message: "unknown genre " + strconv.Quote(s), hint: hint}
}

func setLanguage(a *news.Article, v Value) *wrong {
	s, bad := v.line()
	if bad == nil && !isLanguage(s) {
		bad = &wrong{message: strconv.Quote(s) + " is no language tag", hint: "write en, fr or pt-BR"}
	}
	if bad == nil {
		a.Language = s
	}
	return bad
}

// isLanguage reports whether s has the shape of a BCP 47 tag: two or three letters, then parts of one to eight letters
// or digits.
func isLanguage(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && (len(part) < 2 || len(part) > 3) {
			return false
		}
		for _, c := range part {
			letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
			if !letter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}

func setRights(a *news.Article, v Value) *wrong {
	s, bad := v.line()
	if bad == nil {
		rights, err := news.ParseRights(strings.ToLower(s))
		if err == nil {
			a.Rights = rights
			return nil
		}
		bad = &wrong{message: err.Error()}
	}
	a.Rights = news.Private
	bad.hint = "until this is mended the article is private"
	return bad
}

// imageKeys are the names for the parts of an image, ours first.
var imageKeys = [...][]string{{"file", "src", "url", "path"}, {"alt"}, {"caption", "title"}, {"credit", "attr"}}

func setImages(a *news.Article, v Value) *wrong {
	items := v.list
	if v.kind != list {
		items = []Value{v}
	}
	images := make([]news.Image, 0, len(items))
	for _, item := range items {
		var parts [len(imageKeys)]string
		if item.kind != table {
			parts[0], _ = item.line()
		}
		for i, names := range imageKeys {
			for _, name := range names {
				if f := find(item.table, name); f != nil && parts[i] == "" {
					parts[i], _ = f.Value.line()
				}
			}
		}
		if parts[0] == "" {
			return &wrong{message: "an image without a file", hint: `write images = ["photo.jpg"] or a table with file, alt and caption`, at: item.place}
		}
		images = append(images, news.Image{File: parts[0], Alt: parts[1], Caption: parts[2], Credit: parts[3]})
	}
	a.Images = images
	return nil
}

func setDraft(a *news.Article, v Value) *wrong {
	switch s, _ := v.line(); strings.ToLower(s) {
	case "true", "yes":
		a.Draft = true
	case "false", "no":
		a.Draft = false
	default:
		a.Draft = true
		return &wrong{message: "want true or false, found " + strconv.Quote(s), hint: "until this is mended the article is a draft"}
	}
	return nil
}

func setWeight(a *news.Article, v Value) *wrong {
	s, bad := v.line()
	if bad != nil {
		return bad
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return &wrong{message: strconv.Quote(s) + " is no whole number"}
	}
	a.Weight = n
	return nil
}
