package entity

import (
	"strings"
	"unicode/utf8"

	"broadsheet/generator/entity/tagger"
	"broadsheet/generator/news"
)

// legibility is how well the letters of a text can be read.
type legibility uint8

const (
	legible legibility = iota
	scanned            // some letters are misread, as a machine misreads old print
	garbled            // hardly legible: no name makes a page that the gazetteer does not know
)

// Words in lower case of up to shortWord bytes are few, and print has them all: those that are not known show letters
// misread by a machine. So many of them, one in these numbers, make a text scanned and garbled.
const (
	shortWord  = 5
	inScanned  = 16
	inGarbled  = 9
	wordsToSay = 40 // fewer say nothing
)

func (r *reader) measure() legibility {
	short, unknown := 0, 0
	for i := range r.words {
		w := &r.words[i]
		if w.shape != lower || len(w.text) > shortWord || w.text[0] >= utf8.RuneSelf {
			continue
		}
		short++
		if w.class == 0 && !r.lex.inflected(w.text) {
			unknown++
		}
	}
	switch {
	case short < wordsToSay || unknown*inScanned <= short:
		if strings.Contains(r.text, lineBreak) {
			return scanned
		}
		return legible
	case unknown*inGarbled <= short:
		return scanned
	}
	return garbled
}

// What scans add to the model's sums. It has learned from print how often a capital is a name's; in old papers that a
// machine has read many are nobody's, names are of places rather, and hardly any of organisations.
const (
	scannedOutside       = 400
	scannedPlaces        = 200
	scannedOrganizations = -800
)

// lean adds to what the features of a word say what scans do.
func (r *reader) lean(sum *[tagger.Tags]int32) {
	if r.reads == legible {
		return
	}
	for t := range sum {
		switch tagger.Tag(t).Kind() {
		case 0:
			sum[t] += scannedOutside
		case news.Place:
			sum[t] += scannedPlaces
		case news.Organization:
			sum[t] += scannedOrganizations
		}
	}
}
