package archive

import (
	"cmp"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/generator/markdown"
	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

var newswire = flag.String("newswire", "testdata/newswire", "folder of wire stories in the form of Reuters-21578, for TestCountries")

// leastCountries is the F1 that TestCountries wants.
const leastCountries = 0.85

// story is a wire story with the countries that its editors filed it under.
type story struct {
	id, title, text string
	places          []string
}

var (
	storyForm = regexp.MustCompile(`(?s)<REUTERS [^>]*NEWID="(\d+)">(.*?)</REUTERS>`)
	labelForm = regexp.MustCompile(`<D>([^<]*)</D>`)
)

// readNewswire reads the .sgm files of a folder.
func readNewswire(t *testing.T, dir string) []story {
	names, err := filepath.Glob(filepath.Join(dir, "*.sgm"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no wire stories in %s: %v", dir, err)
	}
	var stories []story
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range storyForm.FindAllStringSubmatch(string(b), -1) {
			s := story{id: m[1], title: element(m[2], "TITLE"), text: element(m[2], "DATELINE") + element(m[2], "BODY")}
			if s.text == "" {
				_, s.text, _ = strings.Cut(element(m[2], "TEXT"), "</TITLE>")
			}
			for _, d := range labelForm.FindAllStringSubmatch(element(m[2], "PLACES"), -1) {
				s.places = append(s.places, d[1])
			}
			stories = append(stories, s)
		}
	}
	return stories
}

// element is the text of the first element of a name; lines that begin with four blanks are paragraphs.
func element(s, name string) string {
	_, s, _ = strings.Cut(s, "<"+name+">")
	s, _, found := strings.Cut(s, "</"+name+">")
	if !found {
		return ""
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return -1
		}
		return r
	}, html.UnescapeString(s))
	return strings.ReplaceAll(s, "\n    ", "\n\n")
}

// TestCountries reads wire stories as an archive and compares the countries that its places lie in, and its adjectives
// speak of, with those that the editors filed each story under.
func TestCountries(t *testing.T) {
	stories := readNewswire(t, *newswire)
	dir := t.TempDir()
	for _, s := range stories {
		save(t, filepath.Join(dir, s.id+".txt"), s.title+"\n\n"+s.text+"\n")
	}
	a := read(t, options(dir))
	filed, labels := map[string][]string{}, map[string]bool{}
	for _, s := range stories {
		filed[s.id] = s.places
		for _, label := range s.places {
			labels[label] = true
		}
	}
	right, ours, theirs := 0, 0, 0
	missed, added := map[string]int{}, map[string]int{}
	for i := range a.Cards {
		want := filed[a.Cards[i].ID]
		got := countries(t, a, i, labels)
		if len(want) == 0 {
			continue // nobody filed it
		}
		ours, theirs = ours+len(got), theirs+len(want)
		for _, c := range want {
			if slices.Contains(got, c) {
				right++
			} else {
				missed[c]++
			}
		}
		for _, c := range got {
			if !slices.Contains(want, c) {
				added[c]++
			}
		}
	}
	precision, recall := float64(right)/float64(ours), float64(right)/float64(theirs)
	f := 2 * precision * recall / (precision + recall)
	t.Logf("%d stories: precision %.3f, recall %.3f, F1 %.3f", len(a.Cards), precision, recall, f)
	t.Logf("most often missed: %s; added: %s", most(missed), most(added))
	if f < leastCountries {
		t.Errorf("F1 of countries is %.3f, the floor %.2f", f, leastCountries)
	}
}

func most(counts map[string]int) string {
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	var list []string
	for _, name := range names[:min(12, len(names))] {
		list = append(list, fmt.Sprintf("%s %d", name, counts[name]))
	}
	return strings.Join(list, ", ")
}

// countries is where the places of a card lie, and whose adjectives its text has, as the wire writes them.
func countries(t *testing.T, a *Archive, i int, labels map[string]bool) []string {
	var found []string
	add := func(country string) {
		if label := wireLabel(country); !slices.Contains(found, label) {
			found = append(found, label)
		}
	}
	for _, e := range a.Of[i] {
		if e < 0 || a.Entities[e].Kind != news.Place {
			continue
		}
		if place := &a.Entities[e]; place.Country != "" {
			add(place.Country)
		} else if place.At != nil || labels[wireLabel(place.Name)] {
			add(place.Name)
		}
	}
	article, err := a.Article(i)
	if err != nil {
		t.Fatal(err)
	}
	text := article.Title + "\n" + markdown.Parse([]byte(article.Body)).Text()
	for _, w := range prose.Words(nil, text) {
		if country, found := adjectives[w.Of(text)]; found {
			add(country)
		}
	}
	return found
}

// wireLabel is a country as the wire of 1987 writes it.
func wireLabel(country string) string {
	if label, found := wireLabels[country]; found {
		return label
	}
	return prose.Slug(country)
}

var wireLabels = map[string]string{
	"United States": "usa", "United Kingdom": "uk", "Germany": "west-germany", "Russia": "ussr", "Soviet Union": "ussr",
	"Ukraine": "ussr", "Georgia": "ussr", "Estonia": "ussr", "Latvia": "ussr", "Lithuania": "ussr", "United Arab Emirates": "uae",
	"Myanmar": "burma", "Cambodia": "kampuchea", "Serbia": "yugoslavia", "Croatia": "yugoslavia", "Slovenia": "yugoslavia",
	"Czechia": "czechoslovakia", "Slovakia": "czechoslovakia", "Democratic Republic of the Congo": "zaire", "Republic of the Congo": "congo",
	"Trinidad and Tobago": "trinidad-tobago", "Yemen": "yemen-arab-republic", "U.S. Virgin Islands": "us-virgin-islands",
}

var adjectives = map[string]string{
	"American": "United States", "British": "United Kingdom", "Canadian": "Canada", "Japanese": "Japan", "German": "Germany",
	"French": "France", "Brazilian": "Brazil", "Australian": "Australia", "Belgian": "Belgium", "Swiss": "Switzerland",
	"Soviet": "Russia", "Chinese": "China", "Dutch": "Netherlands", "Iranian": "Iran", "Italian": "Italy", "Filipino": "Philippines",
	"Philippine": "Philippines", "Taiwanese": "Taiwan", "Swedish": "Sweden", "Ecuadorean": "Ecuador", "Indonesian": "Indonesia",
	"Spanish": "Spain", "Argentine": "Argentina", "Saudi": "Saudi Arabia", "Iraqi": "Iraq", "Mexican": "Mexico",
	"Venezuelan": "Venezuela", "Indian": "India", "Thai": "Thailand", "Danish": "Denmark", "Malaysian": "Malaysia",
	"Colombian": "Colombia", "Turkish": "Turkey", "Peruvian": "Peru", "Egyptian": "Egypt", "Yugoslav": "Serbia",
	"Nicaraguan": "Nicaragua", "Finnish": "Finland", "Kuwaiti": "Kuwait", "Bolivian": "Bolivia", "Nigerian": "Nigeria",
	"Portuguese": "Portugal", "Bangladeshi": "Bangladesh", "Pakistani": "Pakistan", "Austrian": "Austria", "Algerian": "Algeria",
	"Norwegian": "Norway", "Israeli": "Israel", "Hungarian": "Hungary", "Zambian": "Zambia", "Libyan": "Libya",
	"Irish": "Ireland", "Chilean": "Chile", "Moroccan": "Morocco", "Jordanian": "Jordan", "Greek": "Greece", "Polish": "Poland",
	"Jamaican": "Jamaica", "Lebanese": "Lebanon", "Honduran": "Honduras", "Cuban": "Cuba", "Syrian": "Syria", "Sudanese": "Sudan",
	"Kenyan": "Kenya", "Ghanaian": "Ghana", "Vietnamese": "Vietnam", "Ethiopian": "Ethiopia",
}
