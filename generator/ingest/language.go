package ingest

import (
	"math/bits"
	"strings"
)

// languageWords is how many words of a text are looked at; fewer than the least tell nothing.
const (
	languageWords = 600
	leastWords    = 40
)

// evidentLanguage is the language whose small words make up the text, as BCP 47, or "" where that is not evident: at
// least one word in ten, and twice as many as any other language has.
func evidentLanguage(lines []line) string {
	seen := 0
	var counts [len(smallWords)]int
	for _, l := range lines {
		for word := range strings.FieldsSeq(l.text) {
			seen++
			if !isLetter(word[0]) || !isLetter(word[len(word)-1]) {
				word = strings.Trim(word, `.,;:!?"'“”()`)
			}
			if len(word) > longestSmall {
				continue
			}
			for languages := speakers[strings.ToLower(word)]; languages != 0; languages &= languages - 1 {
				counts[bits.TrailingZeros(languages)]++
			}
		}
		if seen > languageWords {
			break
		}
	}
	best, second := 0, 0
	language := ""
	for i, n := range counts {
		if n > best {
			best, second, language = n, best, smallWords[i].language
		} else {
			second = max(second, n)
		}
	}
	if seen < leastWords || 10*best < seen || best < 2*second {
		return ""
	}
	return language
}

// speakers has, for each small word, the languages that use it: a bit for each, by their place in smallWords.
var speakers = func() map[string]uint {
	languages := map[string]uint{}
	for i, l := range smallWords {
		for word := range strings.FieldsSeq(l.words) {
			languages[word] |= 1 << i
		}
	}
	return languages
}()

// longestSmall is the bytes of the longest of the small words.
var longestSmall = func() int {
	most := 0
	for word := range speakers {
		most = max(most, len(word))
	}
	return most
}()

// smallWords are the commonest words of each language told apart here.
var smallWords = [...]struct{ language, words string }{
	{"en", "the of and to in that was is for with his he it as on be by had from which were this not but are have at"},
	{"de", "der die und das von zu mit den ist des nicht ein eine dem für auf sich im auch als wird bei nach aus"},
	{"fr", "le la les et des une est dans du que qui pour sur pas au avec par ce il cette aux sont ont"},
	{"es", "el la los las y del que en una por con para se su es al lo como más fue sus pero"},
	{"pt", "o os as e do da dos das que em uma por com para se no na não é ao mais foi pela pelo"},
	{"it", "il la gli e di del della che in una per con non si è sono dei delle al alla nel anche più"},
	{"nl", "de het een en van is dat op te in zijn voor met die niet aan er om ook als naar bij werd"},
}
