package search

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for _, c := range [][2]string{
		{"The company's interest rates", "the compani interest rate"},
		{"Kim Jong-il of the U.S. Army, e.g. J.Smith", "kim jong il of the us armi eg j smith"},
		{"37,000 men, 3.5 pct, 1,2", "37000 men 3 5 pct 12"},
		{"O’Brien naïve CAFÉ Straße Ærø Łódź", "obrien naiv cafe strass aero lodz"},
		{"ΟΔΥΣΣΕΥΣ İstanbul ﬁne", "οδυσσευσ istanbul fine"},
		{"東京都 で、ア", "東京 京都 て ア"},
		{"กรุงเทพ abc漢字", "กร รง งเ เท ทพ abc 漢字"},
		{"’tis --- “ ”", "tis"},
	} {
		if got := strings.Join(newAnalyzer("en").split(c[0]), " "); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
	for language, c := range map[string][2]string{
		"da":    {"Avisernes nyheder på øen", "avis nyhed pa oen"},
		"de-AT": {"Die Häuser der größten Zeitungen, zwei Haus", "die haus der grosst zeitung zwei haus"},
		"es":    {"las elecciones, la elección; políticas", "las eleccion la eleccion polit"},
		"fi":    {"Kirjastoissa luettiin sanomalehtiä", "kirjasto luet sanomaleht"},
		"fr":    {"L’homme d'État et les élèves d'aujourd'hui", "homm etat et le elev aujourdhui"},
		"hu":    {"A kormánynak újságokban", "a kormany ujsag"},
		"it":    {"Dell'arte e le città, un'altra notizia", "arte e le citt altra notiz"},
		"nl":    {"De kranten van Haarlem", "de krant van haarlem"},
		"nn":    {"Avisene på øya", "avis pa oya"},
		"pt-BR": {"As notícias das eleições", "as notic das eleico"},
		"ru":    {"Ещё новости: в газетах, еще газета", "ещ новост в газет ещ газет"},
		"sv":    {"Tidningarnas nyheter", "tidning nyhet"},
		"pl":    {"Gazety w Łodzi", "gazety w lodzi"},
	} {
		if got := strings.Join(newAnalyzer(language).split(c[0]), " "); got != c[1] {
			t.Errorf("%s: %q: %q, want %q", language, c[0], got, c[1])
		}
	}
}

func TestParse(t *testing.T) {
	for query, want := range map[string]string{
		`interest rates`:                   "interest; rate",
		`a OR b c`:                         "a | b; c",
		`a AND b`:                          "a; b",
		`"of the" -to`:                     "«of the»; not to",
		`„of the“ «in the» “at the`:        "«of the»; «in the»; «at the»",
		`kore*`:                            "kore*",
		`countries*`:                       "countries*(countri)",
		`mail-electio*`:                    "mail electio*(elect electi)",
		`person:"Kim Jong Il" by:Doe`:      "people/Kim Jong Il; authors/Doe",
		`2002-04..2002-06`:                 "768865..768959",
		`2002-06..2002-04`:                 "768865..768959",
		`2003..2002`:                       "768769..769535",
		`2002.. ..2002`:                    "768769..1073741824; 1..769151",
		`before:2002-04-05 after:1999`:     "1..768868; 768000..1073741824",
		`before:+200 2002-+4..2003`:        "befor 200; 2002 4 2003",
		"-president\u2009election":         "not presid; elect",
		`OR`:                               "",
		`- "" :: person: ..`:               "person",
		`constructor:x __proto__:y`:        "constructor x; proto y",
		`http://x..y "unclosed and more`:   "http x y; «unclos and more»",
		"<b>O’Neill</b> 37,000 al-Qaeda 😀": "b oneil b; 37000; al qaeda",
	} {
		if got := spelled(parse(query, newAnalyzer("en"))); got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
	}
}

// spelled is what clauses say, in short.
func spelled(clauses []clause) string {
	var all []string
	for _, c := range clauses {
		var atoms []string
		for _, a := range c.atoms {
			switch text := strings.Join(a.terms, " "); {
			case a.kind != "":
				atoms = append(atoms, a.kind+"/"+a.name)
			case len(a.terms) == 0:
				atoms = append(atoms, fmt.Sprintf("%d..%d", a.from, a.to))
			case a.phrase:
				atoms = append(atoms, "«"+text+"»")
			case len(a.stems) > 0:
				atoms = append(atoms, text+"*("+strings.Join(a.stems, " ")+")")
			case a.prefix:
				atoms = append(atoms, text+"*")
			default:
				atoms = append(atoms, text)
			}
		}
		all = append(all, map[bool]string{true: "not "}[c.not]+strings.Join(atoms, " | "))
	}
	return strings.Join(all, "; ")
}

// A beginning finds what the words find that begin so, in whichever form the archive has them.
func TestBeginnings(t *testing.T) {
	x := written(t, someArticles(t, 300), nil, 200)
	for beginning, word := range map[string]string{
		"electio*": "election", "election*": "election", "elections*": "elections", "countr*": "countries", "country*": "country", "presiden*": "president",
		"governm*": "government", "nationali*": "national", "U.S*": "US",
	} {
		all, err := x.Search(beginning, Options{Limit: 300})
		if err != nil {
			t.Fatal(err)
		}
		some, err := x.Search(word, Options{Limit: 300})
		if err != nil {
			t.Fatal(err)
		}
		both, err := x.Search(beginning+" "+word, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if some.Total == 0 || both.Total != some.Total || all.Total < some.Total {
			t.Errorf("%s finds %d, %s %d, and both %d", beginning, all.Total, word, some.Total, both.Total)
		}
	}
}

func TestNames(t *testing.T) {
	articles := someArticles(t, 60)
	for _, n := range []int{10, 11} {
		articles[n].Terms = append(articles[n].Terms, Term{"people/kim-jong-il", About})
	}
	articles[50].Terms = append(articles[50].Terms, Term{"organizations/kim-jong-il", About})
	articles[20].Text = "Mr Kim Jung Il spoke."
	names := []Name{
		{"Kim Jong Il", "people/kim-jong-il", "Kim Jong Il", false}, {"Kim Jung-il", "people/kim-jong-il", "Kim Jong Il", false},
		{"Kim Jong Il", "organizations/kim-jong-il", "Kim Jong Il", true}, {"Kim Jung Il", "organizations/kim-jong-il", "Kim Jong Il", true},
	}
	x := written(t, articles, names, 40)
	r, err := x.Search("kim jung il", Options{Limit: 5})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.Entities); got != "[{people/kim-jong-il Kim Jong Il 2 true} {organizations/kim-jong-il Kim Jong Il 1 false}]" {
		t.Errorf("the entities are %s", got)
	}
	var found []int
	for _, h := range r.Hits {
		found = append(found, h.Number)
	}
	if slices.Sort(found); !slices.Equal(found, []int{10, 11, 20, 50}) {
		t.Errorf("found %d: the name as it is written here, and those who have another", found)
	}
	// of several who share a name, the address of a page tells one
	articles[30].Terms = append(articles[30].Terms, Term{"people/kim-jong-il-2", About})
	two := written(t, articles, append(names, Name{"Kim Jong Il", "people/kim-jong-il-2", "Kim Jong Il", false}), 40)
	for query, want := range map[string]int{"person:kim-jong-il": 2, "person:kim-jong-il-2": 1, `person:"Kim Jong Il"`: 3} {
		if r, err := two.Search(query, Options{}); err != nil || r.Total != want {
			t.Errorf("%s of two: %d found, %v, want %d", query, r.Total, err, want)
		}
	}
	// what narrows a name down keeps its other spellings
	for query, want := range map[string]int{"kim jung il 1000..3000": 4, "-tag:none Kim Jung-il": 4, `person:"kim jong il" "Kim Jung Il"`: 2, "kim jung OR il": 1, "kim jung il*": 1} {
		if r, err := x.Search(query, Options{}); err != nil || r.Total != want {
			t.Errorf("%s: %d found, %v, want %d", query, r.Total, err, want)
		}
	}
	for _, query := range []string{"person:kim-jong-il", `person:"Kim Jung Il"`} {
		if r, err := x.Search(query, Options{}); err != nil || r.Total != 2 {
			t.Errorf("%s: %d found, %v", query, r.Total, err)
		}
	}
}

func TestSuggest(t *testing.T) {
	x := written(t, someArticles(t, 300), nil)
	for query, want := range map[string]string{
		"goverment spokezperson": "government spokesperson", "presideent": "president", "zzzzqqq": "", "offficials": "officials", "Offficials said": "officials said",
		"presidnt": "president", `"prime ministre" -qqqq`: `"prime minister" -qqqq`, "“goverment’s”": "“government”", "184,999": "", "presidents presiden": "presidents president",
	} {
		r, err := x.Search(query, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r.Total == 0 && r.Suggestion != want {
			t.Errorf("%s: %q, want %q", query, r.Suggestion, want)
		}
	}
}

// A file that is missing or cut short is an error, not fewer hits.
func TestDamage(t *testing.T) {
	for _, packed := range []bool{false, true} {
		x := writtenAs(t, someArticles(t, 400), nil, packed)
		whole := x.read
		for _, query := range []string{"president", `"the united states"`, "2000..2002", "-the"} {
			var read []string
			x.blocks, x.cards = map[string][]entry{}, map[string][]spot{}
			x.read = func(name string, from, size int) ([]byte, error) {
				read = append(read, name)
				return whole(name, from, size)
			}
			if _, err := x.Search(query, Options{Limit: 3}); err != nil || len(read) == 0 {
				t.Fatalf("%s: %d files read, %v", query, len(read), err)
			}
			for _, name := range read {
				for _, damage := range []func([]byte) ([]byte, error){
					func([]byte) ([]byte, error) { return nil, os.ErrNotExist },
					func(b []byte) ([]byte, error) { return b[:len(b)/2], nil },
				} {
					x.blocks, x.cards = map[string][]entry{}, map[string][]spot{}
					x.read = func(n string, from, size int) ([]byte, error) {
						b, err := whole(n, from, size)
						if n == name {
							return damage(b)
						}
						return b, err
					}
					if r, err := x.Search(query, Options{Limit: 3}); err == nil {
						t.Errorf("%s without %s: %d found and no error", query, name, r.Total)
					}
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, query := range []string{`a "b c" -d OR e*`, `person:"x y" 2002..`, `before:2002 ..1999-02`, "\xff\"", "日 本"} {
		f.Add(query)
	}
	words := newAnalyzer("en")
	f.Fuzz(func(t *testing.T, query string) {
		for _, c := range parse(query, words) {
			for _, a := range c.atoms {
				if a.kind == "" && len(a.terms) == 0 && a.from == 0 && a.to == 0 {
					t.Errorf("%q: an atom that asks for nothing", query)
				}
			}
		}
		nameOf(parse(query, words))
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte{}, 3)
	f.Add([]byte{1, 0, 0, 0, 0, 3, 0, 1, 'a', 2, 1, 2, 9}, 1)
	f.Fuzz(func(t *testing.T, b []byte, n int) {
		n = n&0xffff + 1
		readBlock(b, n%2*packFile)
		readRuns(b)
		(&segment{pack: n % 2 * packFile}).readBlocks(&varints{b: b})
		readRoots(compress(b), compress(b))
		readNames(&varints{b: b}, n%2 == 0)
		readDirectory(&varints{b: b}, n%2 == 0)
		readList(b, n, n, func(doc, impact int) {
			if doc < 0 || doc >= n {
				t.Fatalf("article %d of %d", doc, n)
			}
		})
		newFrequencies(n).readPositions(b, []int{0, 1, 2}, []uint8{1, 8, 6}, []byte{3, 200, 255}, func(int, []int) {})
	})
}
