package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isName reports whether text has the form of a person's name: two to five words in capitals, particles aside.
func isName(text string) bool {
	words := strings.Fields(text)
	if len(words) < 2 || len(words) > 5 {
		return false
	}
	for i, w := range words {
		if i > 0 && i < len(words)-1 && particles[strings.ToLower(w)] {
			continue
		}
		if !isNameWord(w) {
			return false
		}
	}
	return strings.ContainsFunc(words[len(words)-1], unicode.IsLetter)
}

func isSingleName(text string) bool {
	return !strings.Contains(text, " ") && isNameWord(text) && utf8.RuneCountInString(text) > 2
}

func isNameWord(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	if !unicode.IsUpper(first) || notNames[strings.ToLower(strings.Trim(w, "."))] || isGlued(w) || isHost(w) {
		return false
	}
	return !strings.ContainsFunc(w, func(c rune) bool {
		return !unicode.IsLetter(c) && !strings.ContainsRune(".-'’", c)
	})
}

// isHost reports whether a word is the name of a site: "Example.com".
func isHost(w string) bool {
	dot := strings.LastIndexByte(w, '.')
	return dot > 2 && len(w)-dot > 2
}

// isGlued reports whether two words were run together: "GarberFOX". A name may change to a capital once, as McDonald
// does, but not to two of them.
func isGlued(w string) bool {
	for i := 2; i < len(w); i++ {
		if isLower(w[i-2]) && isUpper(w[i-1]) && isUpper(w[i]) {
			return true
		}
	}
	return false
}

var particles = words(`de da di du la le van von der den del della dos el al bin ibn ter ten zu y e`)

// notNames are words that stand in capitals where a name may, without being part of one.
var notNames = words(`monday tuesday wednesday thursday friday saturday sunday january february march april july august september october
	november december the a an this that his her its our your my all any every no not now then more most less means necessary contrast night
	day days week year years time popular accident law how what when where why who which is are was were will can do does get go see watch
	read share sign log follow home about contact us new latest top best live breaking related topics topic tags category categories comments
	comment search menu video videos photo photos gallery image images click here updated published posted edition subscribe
	politics world business sport sports opinion culture entertainment health science technology tech travel lifestyle
	africa america asia europe australia states kingdom nations east west north south middle central united international national local
	government council court house committee association party union university college school hospital department ministry office bank
	admin administrator webmaster anonymous source sources auto cars est edt gmt pst pdt utc am pm
	company inc corp ltd group foundation institute museum club league cup team network city county street road park avenue`)

// sectionNames are the names of a paper's sections, in lower case.
var sectionNames = words(`news politics world business sport sports opinion opinions commentary comment editorial editorials letters culture
	arts books film music entertainment health science technology tech travel lifestyle life local national international features obituaries
	money economy education environment weather crime food fashion style royal football reviews analysis magazine media u.s. uk us`)
