package check

import (
	"bytes"
	"iter"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tag is one start tag. It holds until the next is read.
type tag struct {
	name        string // lower case
	offset, end int    // in the page, bytes
	attributes  []attribute
}

type attribute struct{ key, value string }

// tags are the start tags of src, in order. The tokenizer's own Token would make new strings of every name, most of
// what a check allocates.
func tags(src []byte) iter.Seq[tag] {
	return func(yield func(tag) bool) {
		z := html.NewTokenizer(bytes.NewReader(src))
		z.AllowCDATA(true)
		var t tag
		for {
			kind := z.Next()
			if kind == html.ErrorToken {
				return
			}
			t.offset, t.end = t.end, t.end+len(z.Raw())
			if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
				continue
			}
			t.read(z)
			if !yield(t) {
				return
			}
		}
	}
}

func (t *tag) read(z *html.Tokenizer) {
	name, more := z.TagName()
	t.name = atom.String(name)
	t.attributes = t.attributes[:0]
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		t.attributes = append(t.attributes, attribute{atom.String(key), string(value)})
	}
}

// value is an attribute's value, "" where the tag has none of that name.
func (t tag) value(key string) string {
	for _, a := range t.attributes {
		if a.key == key {
			return a.value
		}
	}
	return ""
}

// addresses are all the places a tag leads to. Those of a feed or sitemap are absolute by their formats; what is not
// is left alone.
func (p *page) addresses(t tag) iter.Seq[string] {
	if isPage(p.name) {
		return t.addresses
	}
	return func(yield func(string) bool) {
		t.feedAddresses(p.src, func(address string) bool { return !hasScheme(address) || yield(address) })
	}
}

// addresses yields those of an HTML page's tag.
func (t tag) addresses(yield func(string) bool) {
	for _, a := range t.attributes {
		if !t.each(a, yield) {
			return
		}
	}
}

func (t tag) each(a attribute, yield func(string) bool) bool {
	switch {
	case t.name == "base":
		return true
	case a.key == "href", a.key == "src", a.key == "poster", a.key == "xlink:href",
		a.key == "data" && t.name == "object", a.key == "action" && t.name == "form":
		return yield(a.value)
	case a.key == "srcset":
		return sources(a.value, yield)
	case a.key == "content" && t.name == "meta":
		return t.metaAddress(a.value, yield)
	}
	return true
}

// sources are the addresses of a srcset: each up to a blank, then a width or density, then a comma.
func sources(srcset string, yield func(string) bool) bool {
	for {
		srcset = strings.TrimLeft(srcset, " \t\r\n\f,")
		if srcset == "" {
			return true
		}
		address := srcset
		if end := strings.IndexAny(srcset, " \t\r\n\f"); end >= 0 {
			address = srcset[:end]
		}
		srcset = srcset[len(address):]
		alone := strings.TrimRight(address, ",")
		if !yield(alone) {
			return false
		}
		if alone == address {
			_, srcset, _ = strings.Cut(srcset, ",")
		}
	}
}

// metaAddress is where a redirect leads, and the page and picture that other sites are told to show.
func (t tag) metaAddress(content string, yield func(string) bool) bool {
	switch property := t.value("property"); {
	case property == "og:url" || property == "og:image":
		return yield(content)
	case strings.EqualFold(t.value("http-equiv"), "refresh"):
		_, rest, found := strings.Cut(content, ";")
		rest = cutPrefixFold(strings.TrimSpace(rest), "url=")
		return !found || yield(strings.Trim(rest, `'" `))
	}
	return true
}

// feedAddresses yields those that RSS, Atom and the sitemap protocol write as attributes or as an element's text.
func (t tag) feedAddresses(src []byte, yield func(string) bool) {
	for _, a := range t.attributes {
		if (a.key == "href" || a.key == "url" || a.key == "src") && !yield(a.value) {
			return
		}
	}
	switch {
	case t.name == "guid" && t.value("ispermalink") == "false":
	case t.name == "loc", t.name == "link", t.name == "guid", t.name == "url", t.name == "image:loc":
		text, _, _ := bytes.Cut(src[t.end:], []byte("<"))
		yield(html.UnescapeString(strings.TrimSpace(string(text))))
	}
}
