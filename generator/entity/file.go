package entity

import (
	"strings"
	"sync"

	"broadsheet/generator/entity/gazetteer"
	"broadsheet/generator/news"
)

// filer knows under which word of a name an index files it.
type filer struct {
	names map[string]class
}

// readFiler reads the names of persons once, when the first name is filed.
var readFiler = sync.OnceValue(func() *filer {
	f := &filer{names: map[string]class{}}
	for list, line := range gazetteer.Entries() {
		if list == "country" {
			break // names of persons come before
		}
		if c := listClasses[list]; c&(given|surname|family) != 0 {
			f.names[line] |= c
		}
	}
	return f
})

// sort is a name as an index files it: persons by family name ("Doe, Jane"; "Kim Jong Il" stays), all else without
// a leading "The".
func (f *filer) sort(kind news.Kind, name string) string {
	if kind != news.Person {
		return strings.TrimPrefix(name, "The ")
	}
	words := strings.Fields(name)
	suffix := ""
	if n := len(words); n > 2 && isSuffix(words[n-1]) {
		suffix = ", " + words[n-1]
		words = words[:n-1]
	}
	n := len(words)
	if n < 2 || eastern(f.names[words[0]], f.names[words[1]], f.names[words[n-1]], n) {
		return name
	}
	family := n - 1
	for family > 1 && isParticle(words[family-1]) {
		family--
	}
	return strings.Join(words[family:], " ") + ", " + strings.Join(words[:family], " ") + suffix
}

// eastern reports whether the family name stands first in a person's name of n words, by what is known of its first,
// second and last word. "Kim Clark" is not; "Kim Dae Jung" is, because Dae is no given name that comes second in "Kim
// Anne Clark".
func eastern(first, second, last class, n int) bool {
	switch {
	case first&family == 0 || n > 3:
		return false
	case first&given == 0:
		return true
	case n == 3:
		return second&given == 0 || last&(given|surname) == 0
	}
	return last&surname == 0
}

func isSuffix(word string) bool {
	switch strings.TrimSuffix(word, ".") {
	case "Jr", "Sr", "II", "III", "IV":
		return true
	}
	return false
}

func isParticle(word string) bool {
	switch word {
	case "de", "da", "do", "dos", "del", "della", "di", "du", "la", "van", "von", "der", "den", "ten", "bin", "ibn", "al":
		return true
	}
	return false
}

func words(s string) int { return len(strings.Fields(s)) }
