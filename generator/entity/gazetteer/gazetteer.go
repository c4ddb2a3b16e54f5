// Package gazetteer holds the names and words that ship with the recogniser, as one compressed text.
//
// The text is lists. A line "[name]" opens a list, every other line is an entry of it:
//
//	given, surname                  names of persons; surname in order of frequency
//	korean, chinese, vietnamese     family names that stand first
//	country, region                 names of countries and of their first-level divisions
//	city                            name, country code and population in thousands, parted by tabs; "*" before the
//	                                name marks a seat of government
//	common                          English words that news prints in lower case
//	demonym, never, title, role     see the files in lists/, which say what each is
//	speech, outfit, asset, place, organization, institution
//	head-organization, head-place, head-thing
//
// An entry "A = B" says that A is another way to write B.
//
// The atlas is a second text of that form, of what GeoNames says of places:
//
//	country                         name, code, latitude and longitude in hundredths of a degree, codes of its neighbours
//	region                          name, code ("US.TX"), latitude and longitude
//	city                            name, region's code, latitude, longitude, population in thousands
//	division                        what else is printed behind a town, with a country's or region's code: "Ill", "Kent"
//
// make writes both from the lists here and the sources that README names; the same sources give the same bytes.
package gazetteer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"iter"
	"strings"
)

//go:embed names.txt.gz
var names []byte

//go:embed atlas.txt.gz
var atlas []byte

// Entries yields each list's name with each of its entries, in the order they are stored.
func Entries() iter.Seq2[string, string] { return entries(names) }

// Atlas yields the lists of the atlas likewise.
func Atlas() iter.Seq2[string, string] { return entries(atlas) }

func entries(packed []byte) iter.Seq2[string, string] {
	return func(yield func(list, entry string) bool) {
		text, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			panic("gazetteer: " + err.Error())
		}
		list := ""
		lines := bufio.NewScanner(text)
		for lines.Scan() {
			line := lines.Text()
			if name, found := strings.CutPrefix(line, "["); found {
				list = strings.TrimSuffix(name, "]")
				continue
			}
			if !yield(list, line) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			panic("gazetteer: " + err.Error())
		}
	}
}
