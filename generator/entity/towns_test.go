package entity

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/generator/news"
)

// toldTowns are places named with their state, county or country, and who they are: name, country and whether they lie somewhere.
var toldTowns = []struct{ text, want string }{
	{"WHITBY, England - A boat sank. Whitby mourns.", "Whitby (England), United Kingdom"},
	{"A boat sank off Whitby, North Yorkshire, on Friday.", "Whitby (England), United Kingdom"},
	{"A boat sank in Whitby, Ontario, on Friday.", "Whitby, Canada, 43.88"},
	{"The fire broke out in Portland, Maine, on Friday. Portland has had two.", "Portland (Maine), United States, 43.66"},
	{"The fire broke out in Portland, Ore., on Friday.", "Portland (Oregon), United States, 45.52"},
	{"She was born in Paris, Texas, in 1950 and died in Paris.", "Paris (Texas), United States, 33.66"},
	{"The talks in Paris, France, went on.", "Paris, France, 48.85"},
	{"She taught at a school in Paris, Ky., until 1950.", "Paris (Kentucky), United States"},
	{"SPRINGFIELD, Ill. (AP) - The governor spoke on Monday.", "Springfield (Illinois), United States, 39.80"},
	{"SPRINGFIELD, MASS. - The mayor spoke.", "Springfield (Massachusetts), United States, 42.10"},
	{"LONDON, Ont. - Police found the car on Tuesday.", "London (Ontario), Canada, 42.98"},
	{"LONDON, England - Police found the car on Tuesday.", "London, United Kingdom, 51.51"},
	{"He lives in Cambridge, Mass., with his wife.", "Cambridge (Massachusetts), United States, 42.38"},
	{"He lives in Cambridge, England, with his wife.", "Cambridge (England), United Kingdom, 52.20"},
	{"The club from Perth, Scotland, won again.", "Perth (Scotland), United Kingdom, 56.40"},
	{"The plane left Perth, Western Australia, at noon.", "Perth, Australia, -31.95"},
	{"Ships from Newcastle, NSW, were late.", "Newcastle (New South Wales), Australia, -32.93"},
	{"The students of Athens, Georgia, marched.", "Athens (Georgia), United States, 33.96"},
	{"The students of Athens, Greece, marched.", "Athens (Greece), Greece, 37.98"},
	{"He preached in Boston, Lincolnshire, for years.", "Boston (England), United Kingdom, 52.98"},
	{"The mill in Manchester, N.H., will close.", "Manchester (New Hampshire), United States, 43.00"},
	{"Voters in Birmingham (Alabama) went to the polls.", "Birmingham (Alabama), United States, 33.52"},
	{"The trial in Richmond in British Columbia goes on.", "Richmond (British Columbia), Canada, 49.17"},
	{"They came to Melbourne, Fla., in March.", "Melbourne (Florida), United States, 28.08"},
	{"They came to Hamilton, Bermuda, in March.", "Hamilton (Bermuda), Bermuda, 32.29"},
	{"They came to Hamilton, New Zealand, in March.", "Hamilton (New Zealand), New Zealand, -37.78"},
	{"The army took Tripoli, Lebanon, at dawn.", "Tripoli (Lebanon), Lebanon, 34.43"},
	{"He flew from Santiago, Chile, to Lima.", "Santiago, Chile, -33.46"},
	// What tells nothing.
	{"He flew from London, Scotland and Wales were closed.", "London, United Kingdom, 51.51"},
	{"He went to Paris, Germany said.", "Paris, France, 48.85"},
	{"He lives in Springfield with his wife.", "Springfield, United States"},
}

// TestTowns says which town articles mean that print its state or country beside it.
func TestTowns(t *testing.T) {
	for _, x := range toldTowns {
		place, _, _ := strings.Cut(x.text, " - ")
		place, _, _ = strings.Cut(place, " (")
		f := shared.Find("", x.text, "en")
		if place != x.text && strings.HasPrefix(place, strings.ToUpper(place[:3])) {
			f = shared.Filed(f, x.text, "en", place)
		}
		check(t, x.text, f)
		r := Resolve([]news.Card{{ID: "a", Clusters: f.Clusters}}, nil, 1)
		var got []string
		for i := range r.Entities {
			got = append(got, whereabouts(&r.Entities[i]))
		}
		found := false
		for _, g := range got {
			found = found || g == x.want
		}
		if !found {
			t.Errorf("%s: want %s, got %s", x.text, x.want, strings.Join(got, "; "))
		}
	}
}

// whereabouts is an entity's name, country and latitude.
func whereabouts(e *news.Entity) string {
	s := e.Name
	if e.Country != "" {
		s += ", " + e.Country
	}
	if e.At != nil {
		s += fmt.Sprintf(", %.2f", float64(e.At.Latitude)/news.Degree)
	}
	return s
}
