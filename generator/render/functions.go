package render

import (
	"html/template"
	"strings"
	"unsafe"
)

// functions are what templates may call, as the package comment lists them.
func functions(f *fragments, w *Words) template.FuncMap {
	return template.FuncMap{
		"words":    func() *Words { return w },
		"lang":     inLanguage,
		"chart":    func(root string, bars []Bar) template.HTML { return w.chart(root, bars) },
		"network":  network,
		"ring":     ring,
		"dots":     dots,
		"teasers":  f.teasers,
		"assets":   f.assets,
		"masthead": f.masthead,
		"foot":     f.foot,
		"link":     link,
		"room":     room,
		"headline": headline,
		"names":    names,
		"date":     dateHTML,
		"href":     href,
		"host":     host,
		"listed":   func(root string, list []Link) template.HTML { return w.listed(root, list) },
		"dated":    dated,
		"number":   func(n int) template.HTML { return HTML(appendEscaped(nil, w.Number(n))) },
		"count":    func(n int, one, many string) template.HTML { return HTML(appendEscaped(nil, w.Count(n, one, many))) },
		"join":     strings.Join,
		"items":    func(root string, list []Item) Items { return Items{root, list} },
		"links":    func(root string, list []Link) Links { return Links{root, list} },
		"figure":   func(root string, f Figure) FigureAt { return FigureAt{root, f} },
		"month":    func(root string, m Month) MonthAt { return MonthAt{root, m} },
		"steps":    func(root, label string, previous, next *Link) Steps { return Steps{root, label, previous, next} },
	}
}

// HTML is b without a copy of it: b is not to be written to again.
func HTML(b []byte) template.HTML { return template.HTML(unsafe.String(unsafe.SliceData(b), len(b))) }

// link is made here and not by a template because a page has so many: a template takes five times as long over one.
func link(root string, l Link) template.HTML {
	return HTML(appendLink(nil, root, l))
}

// room is a link of the menu, which says when it is the page one is on.
func room(root, path string, l Link) template.HTML {
	if l.URL != path {
		return link(root, l)
	}
	b := append([]byte(nil), `<a aria-current="page" href="`...)
	b = appendURL(appendURL(b, root), l.URL)
	b = appendEscaped(append(b, `">`...), l.Label)
	return HTML(append(b, "</a>"...))
}

func headline(root string, i Item) template.HTML { return HTML(appendHeadline(nil, root, &i)) }

func appendHeadline(b []byte, root string, i *Item) []byte {
	if i.Language == "" {
		return appendLink(b, root, Link{Label: i.Headline, URL: i.URL})
	}
	b = append(append(b, "<span "...), inLanguage(i.Language)...)
	b = appendLink(append(b, '>'), root, Link{Label: i.Headline, URL: i.URL})
	return append(b, "</span>"...)
}

func names(root string, list []Link) template.HTML {
	b := make([]byte, 0, 96*len(list))
	for i, l := range list {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendLink(b, root, l)
	}
	return HTML(b)
}

// listed is links as lines of a list, each with its count.
func (w *Words) listed(root string, list []Link) template.HTML {
	b := make([]byte, 0, 128*len(list))
	for i := range list {
		b = appendLink(append(b, "<li>"...), root, list[i])
		if n := list[i].Count; n != 0 {
			b = append(b, ` <span class="n">`...)
			b = append(append(b, w.Number(n)...), "</span>"...)
		}
		b = append(b, "</li>\n"...)
	}
	return HTML(b)
}

// dated is articles as lines of a list, each with its date.
func dated(root string, list []Item) template.HTML {
	b := make([]byte, 0, 224*len(list))
	for i := range list {
		b = appendHeadline(append(b, "<li>"...), root, &list[i])
		if text := list[i].Date.Text; text != "" {
			b = appendEscaped(append(b, ` <span class="n">`...), text)
			b = append(b, "</span>"...)
		}
		b = append(b, "</li>\n"...)
	}
	return HTML(b)
}

// appendLink writes the words alone where the link leads nowhere, or where it may not lead: to a script.
func appendLink(b []byte, root string, l Link) []byte {
	if l.URL == "" || hasScheme(l.URL) && !safeScheme(l.URL) {
		return appendEscaped(b, l.Label)
	}
	b = append(b, `<a href="`...)
	if !hasScheme(l.URL) {
		b = appendURL(b, root)
	}
	b = appendURL(b, l.URL)
	b = append(b, `">`...)
	b = appendEscaped(b, l.Label)
	return append(b, "</a>"...)
}

// dateHTML is a date in <time> where HTML has a form for it, else its words.
func dateHTML(d Date) template.HTML {
	if d.ISO == "" {
		return HTML(appendEscaped(nil, d.Text))
	}
	b := make([]byte, 0, 64)
	b = append(b, `<time datetime="`...)
	b = appendEscaped(b, d.ISO)
	b = append(b, `">`...)
	b = appendEscaped(b, d.Text)
	return HTML(append(b, "</time>"...))
}

// appendEscaped writes text for between tags or double quotes.
func appendEscaped(b []byte, text string) []byte {
	for i := range len(text) {
		switch c := text[i]; c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		case '>':
			b = append(b, "&gt;"...)
		case '"':
			b = append(b, "&#34;"...)
		case 0:
			b = append(b, "\uFFFD"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// appendURL writes a URL for between double quotes. Letters of any script stand as they are, what is escaped already
// too; what no URL may hold is escaped.
func appendURL(b []byte, url string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(url) {
		switch c := url[i]; {
		case c == '&':
			b = append(b, "&amp;"...)
		case c <= ' ' || c == 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			b = append(b, '%', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return b
}

func href(root, url string) string {
	if hasScheme(url) {
		return url
	}
	return root + url
}

// hasScheme reports whether url names its scheme: "https://…", "mailto:…". A colon after a slash belongs to the path.
func hasScheme(url string) bool {
	end := strings.IndexAny(url, ":/?#")
	return end > 0 && url[end] == ':'
}

// safeScheme reports whether a browser that follows url does no more than go there or write a letter: html/template's
// own rule for the links it writes.
func safeScheme(url string) bool {
	scheme, _, _ := strings.Cut(url, ":")
	return strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "mailto")
}

// host is the site a URL leads to, as readers know it: "wikidata.org".
func host(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	name, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(name, "www.")
}
