// Package news is the vocabulary every other package speaks: what an article, a date, a name in a text and an
// entity of an archive are. It holds values and their forms on paper, and does no work of its own.
//
// Values do not change after they are made; a later step returns a copy. Offsets are bytes, spans are half open.
package news

import "fmt"

// Kind says what sort of thing a name stands for.
type Kind uint8

const (
	Person Kind = iota + 1
	Place
	Organization
)

// Kinds lists every kind in the order indexes show them.
var Kinds = [...]Kind{Person, Place, Organization}

// String is the kind as `inspect` and the authority files write it.
func (k Kind) String() string {
	switch k {
	case Person:
		return "person"
	case Place:
		return "place"
	case Organization:
		return "organization"
	}
	return ""
}

// Folder is the kind as URLs, ids and front matter write it: people, places, organizations.
func (k Kind) Folder() string {
	switch k {
	case Person:
		return "people"
	case Place:
		return "places"
	case Organization:
		return "organizations"
	}
	return ""
}

// ParseKind reads what String or Folder wrote.
func ParseKind(s string) (Kind, error) {
	for _, k := range Kinds {
		if s == k.String() || s == k.Folder() {
			return k, nil
		}
	}
	return 0, fmt.Errorf("unknown kind %q: want person, place or organization", s)
}

func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

func (k *Kind) UnmarshalText(text []byte) error {
	parsed, err := ParseKind(string(text))
	*k = parsed
	return err
}

// Rights says how much of an article the site may show.
type Rights string

const (
	Open     Rights = "open"     // everything
	Metadata Rights = "metadata" // headline, date, source link and entities; no body, original, lede, feed text or export
	Private  Rights = "private"  // the preview alone
)

// ParseRights reads the `rights` key; the empty string stands for the site's default and is not accepted here.
func ParseRights(s string) (Rights, error) {
	switch r := Rights(s); r {
	case Open, Metadata, Private:
		return r, nil
	}
	return "", fmt.Errorf("unknown rights %q: want open, metadata or private", s)
}

// Span is the half-open byte range [Start, End) of a text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}
