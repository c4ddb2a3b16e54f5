package frontmatter

import (
	"net/url"
	"path"
	"strconv"
	"strings"

	"broadsheet/generator/news"
)

func setURL(a *news.Article, v Value) *wrong {
	s, bad := v.line()
	if bad == nil {
		s, bad = page(s)
	}
	if bad == nil {
		a.URL = s
	}
	return bad
}

func setAliases(a *news.Article, v Value) *wrong {
	given, bad := v.lines()
	if bad != nil {
		return bad
	}
	aliases := make([]string, 0, len(given))
	for _, s := range given {
		alias, wrong := page(s)
		if wrong != nil {
			bad = wrong // the others still lead here
			continue
		}
		aliases = append(aliases, alias)
	}
	a.Aliases = aliases
	return bad
}

func setSlug(a *news.Article, v Value) *wrong {
	s, bad := v.line()
	if bad != nil {
		return bad
	}
	slug := strings.Join(strings.Fields(strings.TrimSuffix(s, ".html")), "-")
	if strings.Contains(slug, "/") {
		return &wrong{message: "slug " + strconv.Quote(s) + " has a / in it", hint: "a slug is the last part of a URL; url sets the whole"}
	}
	if bad := outside(slug); bad != nil {
		return bad
	}
	a.Slug = slug
	return nil
}

// page is the file below the site's root that a URL there asks for: "/about/" and "/about" are about/index.html, and
// what ends in .html or .htm stands as it is. A static host serves "story.php" from story.php/index.html.
func page(s string) (string, *wrong) {
	decoded, err := url.PathUnescape(s)
	if err != nil {
		return "", &wrong{message: strconv.Quote(s) + " has a % that begins no escape", hint: "write %25 for a percent sign"}
	}
	if bad := outside(decoded); bad != nil {
		return "", bad
	}
	clean := strings.TrimPrefix(path.Clean("/"+decoded), "/")
	if clean == "" {
		return "", &wrong{message: strconv.Quote(s) + " is the front page", hint: "name a page below it"}
	}
	switch path.Ext(clean) {
	case ".html", ".htm":
		if !strings.HasSuffix(decoded, "/") {
			return clean, nil
		}
	}
	return clean + "/index.html", nil
}

// longestName, in bytes, leaves room for what a build adds to a file's name; file systems allow 255.
const longestName = 200

// outside says why s cannot be a place below the site's root.
func outside(s string) *wrong {
	about := func(why string) *wrong {
		return &wrong{message: strconv.Quote(s) + " " + why, hint: "write a path below the site's root: 2002/04/peace-talks.html"}
	}
	switch {
	case strings.Contains(s, "://") || strings.HasPrefix(s, "//"):
		return about("leads to another site")
	case strings.ContainsAny(s, `\:?#`) || strings.ContainsFunc(s, isControl):
		return about(`has a character in it that a page's name cannot have: \, :, ?, # or a control character`)
	}
	for part := range strings.SplitSeq(s, "/") {
		switch {
		case part == "." || part == "..":
			return about("leads outside")
		case len(part) > longestName:
			return about("is too long")
		}
	}
	return nil
}
