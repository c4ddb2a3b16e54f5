package check

import (
	"net/url"
	"path"
	"strings"
)

// base is the site's address on the web.
type base struct {
	scheme string // "https:", "" without a base URL
	host   string // "//example.org", lower case; "" without a base URL
	path   string // "/archive/", decoded, with a slash at both ends
}

func parseBase(baseURL string) base {
	u, err := url.Parse(baseURL)
	if err != nil || u.Host == "" {
		return base{path: "/"}
	}
	return base{
		scheme: strings.ToLower(u.Scheme) + ":",
		host:   "//" + strings.ToLower(u.Host),
		path:   strings.TrimSuffix(u.Path, "/") + "/",
	}
}

// target is where an internal link leads.
type target struct {
	path     string // below the output, cleaned; "." for its root
	folder   bool   // written with a slash at the end
	fragment string // decoded; "" where any page will do
}

// Why an address leads nowhere, whatever the output holds.
const (
	undecodable = "cannot be decoded"
	climbsOut   = "leads out of the site"
)

// resolve reads an address as it stands on the page named name. Without internal it is another site's; fault says
// what is wrong with the address itself, or is "".
func (b base) resolve(name, address string) (t target, internal bool, fault string) {
	address, fragment, _ := strings.Cut(strings.Trim(address, " \t\r\n\f"), "#")
	address, _, _ = strings.Cut(address, "?")
	address, rooted, internal := b.own(address)
	if !internal {
		return target{}, false, ""
	}
	decoded, err := url.PathUnescape(address)
	if err != nil {
		return target{}, true, undecodable
	}
	t.fragment = anchor(fragment)
	t.folder = strings.HasSuffix(decoded, "/")
	switch {
	case rooted:
		below, inside := strings.CutPrefix(path.Clean(decoded)+"/", b.path)
		t.path = path.Clean(below)
		return t, inside, ""
	case decoded == "":
		t.path = name
	default:
		t.path = path.Join(path.Dir(name), decoded)
	}
	if t.path == ".." || strings.HasPrefix(t.path, "../") {
		return t, true, climbsOut
	}
	return t, true, ""
}

// own takes the site's scheme and host off an address without query and fragment. rooted says that the rest begins at
// the host's root; internal is false for addresses of other hosts and other schemes.
func (b base) own(address string) (rest string, rooted, internal bool) {
	if b.host != "" {
		rest = cutPrefixFold(address, b.scheme)
		if after := cutPrefixFold(rest, b.host); len(after) < len(rest) && (after == "" || after[0] == '/') {
			return "/" + strings.TrimPrefix(after, "/"), true, true
		}
	}
	switch {
	case strings.HasPrefix(address, "//"), hasScheme(address):
		return "", false, false
	case strings.HasPrefix(address, "/"):
		return address, true, true
	}
	return address, false, true
}

func cutPrefixFold(s, prefix string) string {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):]
	}
	return s
}

// hasScheme reports whether a colon comes before any slash, after letters, digits and "+-." alone.
func hasScheme(address string) bool {
	for i := range len(address) {
		switch c := address[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
		case i > 0 && (c == ':'):
			return true
		case i > 0 && ('0' <= c && c <= '9' || c == '+' || c == '-' || c == '.'):
		default:
			return false
		}
	}
	return false
}

// anchor is the id a fragment asks for, or "" when it asks for none.
func anchor(fragment string) string {
	fragment, _, _ = strings.Cut(fragment, ":~:")
	if strings.EqualFold(fragment, "top") {
		return ""
	}
	if decoded, err := url.PathUnescape(fragment); err == nil {
		return decoded
	}
	return fragment
}
