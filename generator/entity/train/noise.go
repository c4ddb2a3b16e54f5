package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/news"
)

// rewrite is a document each of whose letters may have become something else; names keep their places.
func rewrite(d document, letter func(i int, c rune) string) document {
	var out strings.Builder
	at := make([]int, len(d.text)+1)
	for i, c := range d.text {
		at[i] = out.Len()
		out.WriteString(letter(i, c))
		for k := 1; k < utf8.RuneLen(c); k++ {
			at[i+k] = out.Len()
		}
	}
	at[len(d.text)] = out.Len()
	names := slices.Clone(d.names)
	for i, n := range names {
		names[i].Span = news.Span{Start: at[n.Start], End: at[n.End]}
	}
	return document{out.String(), names}
}

// space sets hyphens and apostrophes apart.
func space(d document) document {
	return rewrite(d, func(i int, c rune) string {
		switch c {
		case '-':
			if i > 0 && i+1 < len(d.text) && d.text[i-1] > ' ' && d.text[i+1] > ' ' {
				return " - "
			}
		case '\'', '’':
			if i > 0 && i+1 < len(d.text) && d.text[i-1] > ' ' && d.text[i+1] > ' ' {
				return " ’ "
			}
		}
		return string(c)
	})
}

// misreads is what a machine takes letters for.
var misreads = map[rune][]string{
	's': {"f", "f", "ſ", "a", "8", "3"}, 'e': {"c", "o", "a"}, 'c': {"e", "o"}, 'o': {"0", "c", "a", "e"}, 'a': {"n", "u", "o"}, 'n': {"u", "ii", "r"}, 'u': {"n", "ii", "v"},
	'm': {"in", "rn", "nt"}, 'h': {"b", "li", "n"}, 'b': {"h", "l>"}, 'i': {"l", "1", "t"}, 'l': {"i", "1", "t"}, 't': {"l", "f", "i"}, 'r': {"t", "n"}, 'd': {"tl", "cl", "il"}, 'f': {"t", "l"}, 'v': {"y", "r"}, 'w': {"vv", "tv", "iv"}, 'y': {"v", "j"}, 'k': {"lt", "h"}, 'g': {"c", "p", "q"}, 'p': {"j>", "n"},
	'B': {"R", "8", "II"}, 'C': {"G", "O", "(J"}, 'G': {"C", "O", "6"}, 'O': {"0", "C"}, 'S': {"8", "5"}, 'I': {"1", "T", "J"}, 'T': {"I", "1"}, 'M': {"IVI", "31", "AI"}, 'W': {"VV", "AV"}, 'N': {"IV", "X"}, 'H': {"II", "ll", "U"}, 'E': {"F", "K"}, 'F': {"P", "E"}, 'P': {"F", "I"}, 'R': {"H", "K", "It"}, 'L': {"I,", "1", "J"}, 'D': {"I)", "L", "1)"}, 'A': {"4", "V"}, 'J': {"I", ".T"}, 'K': {"IC", "R"}, 'V': {"Y", "\\'"}, 'U': {"TJ", "II"},
}

// misread is the document as a bad scan has it.
func misread(d document, seed uint64) document {
	random := rand.New(rand.NewPCG(5, seed))
	rate := 15 + random.IntN(60) // letters in a thousand
	old := random.IntN(3) == 0   // long s
	return rewrite(d, func(i int, c rune) string {
		next, _ := utf8.DecodeRuneInString(d.text[i+utf8.RuneLen(c):])
		if old && c == 's' && unicode.IsLetter(next) && random.IntN(5) > 0 {
			return "f"
		}
		n := random.IntN(1000)
		switch {
		case c == ' ' && n < 12:
			return ""
		case c == ' ' && n < 20:
			return []string{" . ", " , ", " - ", " ' ", " ■ ", " * "}[random.IntN(6)]
		case unicode.IsLetter(c) && unicode.IsLetter(next) && n > 990:
			return string(c) + []string{" ¬ ", " ", " - "}[random.IntN(3)]
		case c == '.' && n < 60:
			return ","
		case c == ',' && n < 60:
			return "."
		case n < rate && misreads[c] != nil:
			return misreads[c][random.IntN(len(misreads[c]))]
		case n < rate && unicode.IsLetter(c) && unicode.IsLower(c) && random.IntN(6) == 0:
			return strings.ToUpper(string(c))
		}
		return string(c)
	})
}

// One document in spacedEach is learned from with its marks set apart too, one in misreadEach as a bad scan.
const (
	spacedEach  = 3
	misreadEach = 8
)

// withCopies is the documents and the changed copies of some.
func withCopies(docs []document) []document {
	all := docs
	for i, d := range docs {
		if i%spacedEach == 0 {
			all = append(all, space(d))
		}
		if i%misreadEach == 0 {
			all = append(all, misread(d, uint64(i)))
		}
	}
	return all
}
