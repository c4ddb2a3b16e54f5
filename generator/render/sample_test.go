package render

import (
	"fmt"
	"html/template"
	"strings"

	"broadsheet/generator/news"
)

// sample is every kind of page with all its fields filled, by the path it is written to.
func sample() map[string]samplePage {
	return map[string]samplePage{
		"index.html":                      {"front.html", sampleFront()},
		"articles/2002/04/peace.html":     {"article.html", sampleArticle()},
		"people/lim-dong-won/index.html":  {"listing.html", sampleListing()},
		"people/lim-dong-won/2002.html":   {"listing.html", sampleLeaf()},
		"people/index.html":               {"index.html", sampleIndex()},
		"dates/index.html":                {"dates.html", sampleDates()},
		"dates/on/index.html":             {"days.html", &Days{Page: samplePageAt("dates/on/index.html", "On this day"), Months: sampleYear().Months}},
		"explore/index.html":              {"explore.html", sampleExplore()},
		"2002/index.html":                 {"year.html", sampleYear()},
		"2002/04.html":                    {"period.html", samplePeriod()},
		"about.html":                      {"page.html", sampleStanding()},
		"search.html":                     {"search.html", &Search{Page: samplePageAt("search.html", "Search"), Described: "opensearch.xml", Tables: []Link{{Label: "2002", URL: "search/articles-2002.csv"}}}},
		"404.html":                        {"missing.html", &Missing{samplePageAt("404.html", "No such page")}},
		"articles/2002/04/old-place.html": {"moved.html", sampleMoved()},
	}
}

// bare is every kind of page with nothing filled but what a page cannot be without.
func bare() map[string]samplePage {
	page := Page{Site: &Site{Title: "Archive", Language: "en", Style: "style.css"}, Path: "x.html", Title: "Page"}
	return map[string]samplePage{
		"front":   {"front.html", &Front{Page: page}},
		"article": {"article.html", &Article{Page: page, Headline: "Untitled", Permalink: "x.html"}},
		"listing": {"listing.html", &Listing{Page: page, Kind: "Tag", Heading: "Flood"}},
		"index":   {"index.html", &Index{Page: page, Kind: "tags", Heading: "Tags"}},
		"dates":   {"dates.html", &Dates{Page: page}},
		"days":    {"days.html", &Days{Page: page}},
		"explore": {"explore.html", &Explore{Page: page}},
		"year":    {"year.html", &Year{Page: page, Year: "2002"}},
		"period":  {"period.html", &Period{Page: page, Heading: "April 2002"}},
		"page":    {"page.html", &Standing{Page: page, Headline: "About"}},
		"search":  {"search.html", &Search{Page: page}},
		"missing": {"missing.html", &Missing{page}},
		"moved":   {"moved.html", &Moved{Page: page, To: Link{URL: "y.html"}}},
	}
}

type samplePage struct {
	template string
	data     any
}

func sampleSite() *Site {
	return &Site{
		Title: "The Peninsula Record", Description: "Stories of two Koreas and the world around them",
		Language: "en", BaseURL: "https://example.org/archive/", Contact: "mailto:archive@example.org",
		Menu: []Link{{Label: "About", URL: "about.html"}},
		Rooms: []Link{
			{Label: "Dates", URL: "dates/index.html"}, {Label: "People", URL: "people/index.html"},
			{Label: "Places", URL: "places/index.html"}, {Label: "Organizations", URL: "organizations/index.html"},
			{Label: "Tags", URL: "tags/index.html"},
		},
		Feed: true, Style: "style.css",
	}
}

func samplePageAt(path, title string) Page {
	site := sampleSite()
	return Page{
		Site: site, Path: path, Root: strings.Repeat("../", strings.Count(path, "/")), Title: title,
		Description: "What the page holds, in a sentence.", Canonical: site.BaseURL + path,
	}
}

func day(s string) Date {
	d, err := news.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return english.Date(d)
}

func sampleItems() []Item {
	return []Item{
		{URL: "articles/2019/10/coral.html", Headline: "Voracious fish defend coral reefs against warming, say scientists",
			Summary: "Warming seas appear to decrease the efficacy of the chemical compounds that corals release into the water to defend themselves from bacteria and encroaching seaweed, but these losses may be mitigated if there are large numbers of hungry fish around.",
			Date:    day("2019-10-05"), Publication: "Wikinews"},
		{URL: "articles/2002/04/peace.html", Headline: "North, South Korea Close to Restarting Peace Process",
			Summary: "North and South Korea appear close to agreement on restarting a series of exchanges that could revive their stalled peace process.",
			Date:    day("2002-04-05"), Byline: "By our correspondent", Publication: "Voice of America"},
		{URL: "articles/2019/01/statues.html", Headline: "Scientists report correlation between locations of Easter Island statues and water resources",
			Summary: "The megalithic platforms stand near places where fresh water reaches the shore.", Date: day("2019-01-12"), Publication: "Wikinews"},
		{URL: "articles/2019/01/brines.html", Headline: "Simple animals could live in Martian brines",
			Date: day("2019-01-09"), Publication: "Wikinews"},
		{URL: "articles/1916/flood.html", Headline: "The river above its banks at the lower town", Summary: "All traffic on the lower road has ceased.",
			Date: day("1916~")},
		{URL: "articles/2019/01/cargo.html", Headline: "Disappearance of Indonesian cargo ship Namse Bangdzod investigated",
			Summary: "The tanker left Sampit for Tanjung Priok and has not been heard from since.", Date: day("2019-01-10"), Publication: "Wikinews"},
		{URL: "articles/2019/08/haunters.html", Headline: "Wikinews attends Texas Haunters Convention", Date: day("2019-08-05"), Publication: "Wikinews"},
		{URL: "articles/2019/04/maker.html", Headline: "Wikinews attends Maker Faire in Tyler, Texas", Summary: "Inventors, artists and tinkerers showed what they had made.", Date: day("2019-04-30"), Publication: "Wikinews"},
		{URL: "articles/undated/page.html", Headline: "Untitled, page 4"},
	}
}

func sampleBars() []Bar {
	var bars []Bar
	for i, n := range []int{4, 0, 9, 31, 12, 3, 0, 0, 18, 44, 80, 61, 27, 33, 40, 12, 5, 166, 129, 20} {
		b := Bar{Label: fmt.Sprint(2001 + i), Count: n, Share: (n*100 + 165) / 166}
		if n > 0 && i != 17 {
			b.URL = b.Label + "/index.html"
		}
		bars = append(bars, b)
	}
	return bars
}

var (
	somePeople = []Link{{"Kim Jong Il", "people/kim-jong-il/index.html", 1240}, {"Lim Dong-won", "people/lim-dong-won/index.html", 31},
		{"Lee Chung-min", "people/lee-chung-min/index.html", 2}, {"Bush", "", 0}}
	somePlaces = []Link{{"North Korea", "places/north-korea/index.html", 2911}, {"South Korea", "places/south-korea/index.html", 2204},
		{"Pyongyang", "places/pyongyang/index.html", 840}, {"Seoul", "places/seoul/index.html", 811},
		{"Washington", "places/washington/index.html", 302}, {"United States", "places/united-states/index.html", 1702},
		{"Korean Peninsula", "places/korean-peninsula/index.html", 96}}
	someOrganizations = []Link{{"Korean Peninsula Energy Development Organization", "organizations/kedo/index.html", 12}, {"Yonsei University", "organizations/yonsei-university/index.html", 7}}
	someTags          = []Link{{"Peace process", "tags/peace-process/index.html", 140}, {"Diplomacy", "tags/diplomacy/index.html", 512}, {"Nuclear weapons", "tags/nuclear-weapons/index.html", 233}}
)

func sampleFront() *Front {
	return &Front{
		Page: samplePageAt("index.html", ""), Articles: 12482, First: day("1916"), Last: day("2020-12-30"), Bars: sampleBars(),
		Latest: sampleItems(), People: somePeople, Places: somePlaces, Organizations: someOrganizations, Tags: someTags,
		Sections: []Link{{"World", "sections/world/index.html", 4000}}, Publications: []Link{{"Voice of America", "publications/voice-of-america/index.html", 9000}, {"Wikinews", "publications/wikinews/index.html", 295}},
	}
}

const sampleBody = `<p><a href="../../../places/north-korea/index.html">North</a> and <a href="../../../places/south-korea/index.html">South Korea</a> appear close to agreement on restarting a series of exchanges that could revive their stalled peace process. A statement is reportedly being drafted in <a href="../../../places/pyongyang/index.html">Pyongyang</a> where South Korean presidential envoy <a href="../../../people/lim-dong-won/index.html">Lim Dong-won</a> is wrapping up a three day diplomatic mission.</p>
<p>South Korean officials said the breakthrough came in a meeting late Thursday night between North Korean leader <a href="../../../people/kim-jong-il/index.html">Kim Jong Il</a> and the South's envoy Lim Dong-won.</p>
<p>The two Koreas are close to agreeing on resuming several types of contacts, including reunions of families separated by more than 50 years of division on the peninsula and opening economic cooperation talks.</p>
<p>The two countries had agreed to these projects during a summit nearly two years ago. But North Korea backed away from them due to tensions between Pyongyang and <a href="../../../places/washington/index.html">Washington</a>, the South's key ally.</p>
<p>This is the first time the two sides have met since November. The meetings started off poorly, with North Korean state media blasting <a href="../../../places/seoul/index.html">Seoul</a> and Washington for trying to create war on the <a href="../../../places/korean-peninsula/index.html">Korean Peninsula</a> and demanding that the U.S. withdraw its 37,000 troops from the South. But the talks wrapped up on a better note both sides said Mr. Lim's discussions with Mr. Kim had gone smoothly.</p>
<blockquote><p>"I think the key object of meeting from the North Korea side was to insure that Kim Jung Il comes off with a really good public relations image at home and obviously abroad."</p></blockquote>
<h2 id="what-next">What comes next</h2>
<p>Mr. Lee has said all eyes now will be on relations between North Korea and the <a href="../../../places/united-states/index.html">United States</a>. Pyongyang has signaled this week that it might be willing reopen contacts with Washington.</p>
<p>The North said Wednesday that it would restart a dialogue with The <a href="../../../organizations/kedo/index.html">Korean Energy Development Organization</a>, or KEDO, a U.S. led international consortium building two modern nuclear power plants in the North. The project is part of the 1994 Agreed Framework, under which North Korea vowed to stop its suspected nuclear weapons program and the U.S. pledged to build the plants and provide the North with fuel oil until they are completed.</p>
<p>Washington has said it would like to broaden the scope of meetings to include priority security issues. President Bush has labeled North Korea part of an "axis of evil" intent on developing weapons of mass destruction.</p>
`

func sampleArticle() *Article {
	a := &Article{
		Page: samplePageAt("articles/2002/04/peace.html", "North, South Korea Close to Restarting Peace Process"), Headline: "North, South Korea Close to Restarting Peace Process",
		Deck:    "A statement is being drafted in Pyongyang as the South's envoy ends a three-day visit",
		Authors: []Link{{"Lee Chung-min", "authors/lee-chung-min/index.html", 0}}, Credit: "Voice of America", Dateline: "Seoul",
		Date: day("2002-04-05T14:05Z"), Modified: day("2002-04-06"), DateNote: "from the wire's own header", Genre: "Opinion", Type: "opinion",
		Section: Link{"World", "sections/world/index.html", 0}, Publication: Link{"Voice of America", "publications/voice-of-america/index.html", 0},
		Edition: "Late edition", PrintPage: "A5",
		Figures: []Figure{{URL: "articles/2002/04/map.svg", Alt: "A map of the peninsula", Caption: "The peninsula and the line that divides it", Credit: "Voice of America"}},
		Scan:    &Figure{URL: "articles/2002/04/page.svg", Caption: "The page as it was printed"},
		Body:    template.HTML(sampleBody), Corrections: []string{"An earlier version gave the envoy's name as Lim Dong Wan."},
		Tags: someTags, People: somePeople, Places: somePlaces, Organizations: someOrganizations, ByMachine: true, HardlyLegible: true,
		About: []Subject{{news.Place, "North Korea"}}, Mentions: []Subject{{news.Organization, "Yonsei University"}},
		Related: sampleItems()[:2], Issue: &Link{"In the same issue", "publications/voice-of-america/index.html#d2002-04-05", 12}, TextSum: "0123456789abcdef",
		Translations: []Translation{{"ko", Link{"한국어", "articles/2002/04/peace-ko.html", 0}, "https://example.org/archive/articles/2002/04/peace-ko.html"}},
		Source:       Link{"voanews.com", "https://www.voanews.com/", 0}, License: Link{"Public domain", "https://creativecommons.org/publicdomain/mark/1.0/", 0},
		Original: Link{"north-south-korea.txt", "articles/2002/04/peace.txt", 0}, SHA256: strings.Repeat("0123abcd", 8),
		Removed:   []news.Removal{{Line: 1, Text: "Accessibility links", Rule: "navigation"}, {Line: 3, Text: "Breaking News", Rule: "label"}},
		Permalink: "https://example.org/archive/articles/2002/04/peace.html",
		Previous:  &Link{"Sunshine policy under strain, says Seoul", "articles/2002/03/sunshine.html", 0}, Next: &Link{"Families to meet again after two years", "articles/2002/04/families.html", 0},
	}
	a.JSONLD = StructuredData(a)
	return a
}

func sampleListing() *Listing {
	items := sampleItems()
	return &Listing{
		Page: samplePageAt("people/lim-dong-won/index.html", "Lim Dong-won"), Kind: "Person", Heading: "Lim Dong-won", Note: "South Korean envoy to the North, Minister of Unification.",
		Total: 131, Items: items, Periods: []Link{{"2002", "people/lim-dong-won/2002.html", 100}, {"2001", "people/lim-dong-won/2001.html", 31}},
		Bars: sampleBars(), Spellings: []news.Spelling{{Text: "Mr. Lim", Count: 14}, {Text: "Lim Dong Won", Count: 3}}, First: &items[4], Last: &items[0],
		Central: true, Passing: items[2:4], With: somePlaces, Pairs: []Pair{{0, 1, 9}, {2, 3, 4}}, Pins: []Pin{{Link: somePlaces[3], X: 850, Y: 150, Main: true}}, Narrower: someTags[:1], Broader: someTags[1:], SameAs: []string{"https://www.wikidata.org/wiki/Q483937"}, Machine: true, Ambiguous: true,
	}
}

func sampleLeaf() *Listing {
	return &Listing{
		Page: samplePageAt("people/lim-dong-won/2002.html", "Lim Dong-won, 2002"), Kind: "Person", Heading: "Lim Dong-won", Total: 7, Items: sampleItems(),
		Period: "2002", Up: &Link{"Lim Dong-won", "people/lim-dong-won/index.html", 0},
	}
}

func sampleExplore() *Explore {
	return &Explore{
		Page: samplePageAt("explore/index.html", "Explore"), Spans: []string{"2001", "2002"},
		Tags:  []Strip{{someTags[0], []Cell{{0, 0}, {12, 2}}}, {someTags[1], []Cell{{140, 4}, {7, 2}}}},
		Names: append(append([]Link{}, somePeople[:3]...), someOrganizations...), Pairs: []Pair{{0, 1, 12}, {1, 4, 3}},
		Pins: []Pin{{Link: somePlaces[2], X: 850, Y: 150}, {Link: somePlaces[5], X: 250, Y: 160}},
	}
}

func sampleIndex() *Index {
	index := &Index{Page: samplePageAt("people/index.html", "People"), Kind: "people", Heading: "People", Total: 1234, Most: somePeople[:2], Up: &Link{"People", "people/index.html", 0}}
	for _, letter := range "ABCDEFGHIJKL" {
		anchor := strings.ToLower(string(letter))
		index.Letters = append(index.Letters, Letter{Letter: string(letter), Anchor: anchor, Count: 11, Entries: append(append([]Link{}, somePlaces...), somePeople...)})
	}
	index.Letters = append(index.Letters, Letter{Letter: "П", Anchor: "п", Count: 1, Entries: []Link{{"Плотина", "tags/плотина/index.html", 3}}})
	index.Letters = append(index.Letters, Letter{Letter: "Z", Anchor: "z", URL: "people/z.html", Count: 2})
	return index
}

func sampleDates() *Dates {
	return &Dates{
		Page: samplePageAt("dates/index.html", "Dates"), Years: sampleBars(), Each: []Link{{"2001", "2001/index.html", 4}, {"2002", "", 0}, {"2003", "2003/index.html", 9}}, Decades: []Link{{"1910s", "1910s.html", 12}},
		Undated: Link{"Undated", UndatedURL, 5},
	}
}

func sampleYear() *Year {
	year := &Year{
		Page: samplePageAt("2002/index.html", "2002"), Year: "2002", Total: 1301, Loose: sampleItems()[:2], LooseMore: []Link{{"A to F", "2002/loose-a.html", 80}},
		Previous: &Link{"2001", "2001/index.html", 0}, Next: &Link{"2003", "2003/index.html", 0},
	}
	for m := 1; m <= 12; m++ {
		month := Month{Name: english.Months[m], URL: fmt.Sprintf("2002/%02d.html", m), Count: 90 + m}
		column := (news.Weekday(2002, m, 1) + 6) % 7
		var week [7]Day
		for d := 1; d <= news.DaysIn(2002, m); d++ {
			week[column] = Day{Day: d}
			if n := (d * m * 7) % 11; n > 4 {
				week[column] = Day{Day: d, Count: n, Shade: Shade(n, 10), URL: fmt.Sprintf("2002/%02d.html#%s", m, DayAnchor(d))}
			}
			if column++; column == 7 {
				month.Weeks = append(month.Weeks, week)
				week, column = [7]Day{}, 0
			}
		}
		if column > 0 {
			month.Weeks = append(month.Weeks, week)
		}
		year.Months = append(year.Months, month)
	}
	year.Months[10] = Month{Name: "November", Weeks: year.Months[10].Weeks[:1]}
	return year
}

func samplePeriod() *Period {
	return &Period{
		Page: samplePageAt("2002/04.html", "April 2002"), Heading: "April 2002", Total: 48,
		Groups: []Group{
			{Heading: english.Day(2002, 4, 5), Anchor: DayAnchor(5), Items: sampleItems()[:3]},
			{Heading: english.Day(2002, 4, 6), Anchor: DayAnchor(6), More: &Link{"All of 6 April", "2002/04-06.html", 140}},
			{Heading: "Day not known", Anchor: DayAnchor(0), Items: sampleItems()[4:5]},
		},
		Up: &Link{"2002", "2002/index.html", 0}, Previous: &Link{"March 2002", "2002/03.html", 0}, Next: &Link{"May 2002", "2002/05.html", 0},
	}
}

func sampleStanding() *Standing {
	return &Standing{
		Page: samplePageAt("about.html", "About"), Headline: "About this archive",
		Body: "<p>The stories here were printed between 1916 and 2020.</p>\n<h2 id=\"rights\">Rights</h2>\n<ul><li>Each page says where its text was taken from.</li></ul>\n",
	}
}

func sampleMoved() *Moved {
	return &Moved{Page: samplePageAt("articles/2002/04/old-place.html", "Moved"), To: Link{Label: "North, South Korea Close to Restarting Peace Process", URL: "articles/2002/04/peace.html"}}
}
