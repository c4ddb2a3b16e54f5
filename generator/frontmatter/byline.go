package frontmatter

import (
	"slices"
	"strings"
	"unicode"
)

// byline reads authors and credit from a byline as it is printed: "By Jane Doe and John Roe, AP". What stands after a
// name and is neither a name nor an agency ("Staff Writer") is left to the printed form.
func byline(printed string) (authors []string, credit string) {
	rest := printed
	if len(rest) > 3 && strings.EqualFold(rest[:3], "by ") {
		rest = rest[3:]
	}
	for _, joint := range [...]string{" and ", " & ", "; ", " / ", " | "} {
		rest = strings.ReplaceAll(rest, joint, ", ")
	}
	for _, part := range strings.Split(rest, ",") {
		part = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(part), "and "))
		switch {
		case part == "" || isRole(part):
		case isSuffix(part) && len(authors) > 0:
			authors[len(authors)-1] += ", " + part
		case isAgency(part):
			credit = part
		default:
			authors = append(authors, part)
		}
	}
	return authors, credit
}

// isAgency reports whether part is an abbreviation (AP, UPI) or names a newsroom.
func isAgency(part string) bool {
	if len(part) > 1 && !strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsUpper(r) }) {
		return true
	}
	words := strings.Fields(strings.ToLower(part))
	return slices.ContainsFunc(words, func(w string) bool {
		switch w {
		case "press", "reuters", "agency", "agence", "news", "service", "times", "post", "tribune", "herald", "chronicle",
			"gazette", "journal", "bureau", "wire", "bloomberg":
			return true
		}
		return false
	})
}

// isRole reports whether part says what an author is, in words that are no name.
func isRole(part string) bool {
	lower := strings.ToLower(part)
	for _, role := range [...]string{"writer", "reporter", "correspondent", "editor", "columnist", "staff", "contributor"} {
		if strings.HasSuffix(lower, role) {
			return true
		}
	}
	return strings.HasPrefix(lower, "special to ") || strings.HasPrefix(lower, "of the ") || strings.HasPrefix(lower, "for the ")
}

func isSuffix(part string) bool {
	switch strings.TrimSuffix(part, ".") {
	case "Jr", "Sr", "II", "III", "IV", "M.D", "MD", "Ph.D", "PhD":
		return true
	}
	return false
}
