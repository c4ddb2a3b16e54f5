package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestOtherStoriesChangeNoStory holds that teasers set below a story that is long enough to show what it speaks of leave its
// text as it was.
func TestOtherStoriesChangeNoStory(t *testing.T) {
	page := strings.Join([]string{
		"Skip to content", "Menu", "Search", "Log in",
		"Harbour Wall Gives Way in Storm", "By Jane Doe", "January 28, 2019",
		"The harbour wall gave way at three in the morning on Monday, and the sea came into the lower streets of the town.",
		"Engineers had warned of a weak place in the wall two years ago, and the harbour board had set money aside for it.",
		"Nobody was hurt in the lower streets, the fire service said, because they had been cleared on Sunday evening.",
		"The storm took the roof of the fish market in the town, too, and two boats that lay behind the wall.",
		"The wall was built after the storm of 1953, and the harbour board has mended it every ten years since.",
		"The board will meet on Tuesday to decide whether the lower streets of the town can be opened again.",
	}, "\n") + "\n"
	teasers := []string{
		"Farming\nEarly lambs in the northern valleys\n12 votes\nShepherds count more twins this winter than in any of the last ten, and the grass is green already.\n",
		"Cinema\nA comedy about a lighthouse opens\n7 votes\nTwo brothers inherit an island and cannot agree about the paint; the dog is the best of three actors.\n",
		"Travel\nBy sleeper to the south\n31 votes\nThe night train is back after eleven years, with narrow beds, good coffee and a view of both oceans.\n",
		"Books\nLetters of a botanist\n4 votes\nShe wrote home from four continents about mosses, and asked in each letter whether the cat had been fed.\n",
	}
	want, _ := Read("saved.txt", []byte(page), Options{})
	if !strings.HasPrefix(want.Body, "The harbour wall") || !strings.HasSuffix(want.Body, "opened again.\n") {
		t.Fatalf("the story alone is\n%s", want.Body)
	}
	for n := range len(teasers) + 1 {
		got, _ := Read("saved.txt", []byte(page+strings.Join(teasers[:n], "")), Options{})
		if got.Body != want.Body || got.Title != want.Title {
			t.Errorf("with %d teasers below: %q\n%s", n, got.Title, got.Body)
		}
	}
}

// TestPageSaidTwiceKeepsItsStory holds that a page saved with its text for two screens loses neither.
func TestPageSaidTwiceKeepsItsStory(t *testing.T) {
	story := "The harbour wall gave way at three in the morning on Monday, and the sea came into the lower streets of the town.\nEngineers had warned of a weak place in the wall two years ago, and the harbour board had set money aside for it.\n"
	a, _ := Read("saved.txt", []byte("Skip to content\nMenu\nSearch\nLog in\nHarbour Wall Gives Way in Storm\nBy Jane Doe\n"+story+story), Options{})
	if n := strings.Count(a.Body, "The harbour wall gave way"); n != 2 {
		t.Errorf("the first paragraph stands %d times in\n%s", n, a.Body)
	}
}

// TestStoryBeginsBelowItsHead holds that what is right below the date is of the story: a line of figures, a paragraph above a
// picture that has a caption of its own, and one below a date that the page prints twice.
func TestStoryBeginsBelowItsHead(t *testing.T) {
	const (
		head = "Skip to content\nMenu\nSearch\nLog in\nHarbour Wall Gives Way in Storm\nMonday, January 28, 2019 10:20\n"
		lede = "The harbour wall gave way at three in the morning on Monday, the fire service said.\n"
		rest = "Engineers had warned of a weak place in the wall two years ago, and the harbour board had set money aside for it.\n" +
			"Nobody was hurt in the lower streets, the fire service said, because they had been cleared on Sunday evening.\n"
	)
	for name, story := range map[string]string{
		"figures": "The wall in figures: 3 breaks, 40 boats\n" + rest,
		"picture": lede + "© Jane Doe The wall of the harbour as it looked on Sunday evening, before the storm.\n" + rest,
		"date":    "Monday, January 28, 2019 10:20\n" + lede + rest,
	} {
		a, _ := Read("saved.txt", []byte(head+story), Options{})
		first, _, _ := strings.Cut(strings.TrimPrefix(story, "Monday, January 28, 2019 10:20\n"), "\n")
		if !strings.HasPrefix(a.Body, first) {
			t.Errorf("%s: %q does not begin\n%s", name, first, a.Body)
		}
	}
}

// TestHeadlineOfPage holds which line of a page is its headline, where another has its shape and place too.
func TestHeadlineOfPage(t *testing.T) {
	const top, story = "Skip to content\nMenu\nSearch\nLog in\n", "The harbour wall gave way at three in the morning on Monday, and the sea came into the lower streets of the town.\n" +
		"Engineers had warned of a weak place in the wall two years ago, and the harbour board had set money aside for it.\n" +
		"Nobody was hurt in the lower streets, the fire service said, because they had been cleared on Sunday evening.\n"
	for headline, page := range map[string]string{
		"Harbour wall gives way in storm. The board had been told. It may again.": "Sport in the Valley LIVE\n%s\nUpdated Jan 28, 9:41 AM;Posted Jan 28, 8:19 AM\nBy Jane Doe | Chronicle\n" + story,
		"What does it cost to mend the wall of the harbour?":                      "\"It costs the town a million a year to mend the harbour wall.\"\n— Jane Doe on Monday, January 28, 2019 in the Chronicle\n%s\nBy John Roe on Monday, January 28, 2019\n" + story,
		"Harbour wall gives way": "Farm prices: what is still to come?\nMonday 28 January 2019 9:22 am\n%s\nJane Doe\nJane Doe\nShare\n" + story,
	} {
		a, _ := Read("saved.txt", []byte(top+fmt.Sprintf(page, headline)), Options{})
		if a.Title != headline {
			t.Errorf("%q instead of %q", a.Title, headline)
		}
	}
}

// TestCatalogueIsOfItsStory holds that the records below a story, and one it ends amid, stay with it whole, and that the links
// to other stories below them do not, though these too are cut to one pattern.
func TestCatalogueIsOfItsStory(t *testing.T) {
	const top = "Skip to content\nMenu\nSearch\nLog in\nBoats for Sale at the Harbour\nBy Jane Doe\n" +
		"The harbour board sells five of its boats this week, and whoever wants one may look at them until Friday evening.\n"
	links := ""
	for _, story := range []string{"Early lambs in the northern valleys", "A comedy about a lighthouse opens", "By sleeper to the south", "Letters of a botanist"} {
		links += "Features\n" + story + "\n2 days ago\nThe editor's choice\n"
	}
	for _, record := range []string{"%s\nOak on oak, with a mast of pine\n$1,200\nAsk at the pier\n", "%s for 1,200 dollars\nWith a mast of pine\nSee her now: the %[1]s at the pier\n"} {
		page := top
		for _, boat := range []string{"Anna", "Berta", "Clara", "Dora", "Emma"} {
			page += fmt.Sprintf(record, boat)
		}
		a, _ := Read("saved.txt", []byte(page+links), Options{})
		if n := strings.Count(a.Body, "mast of pine"); n != 5 || strings.Contains(a.Body, "lambs") {
			t.Errorf("of five boats %d stand in\n%s", n, a.Body)
		}
	}
}

// TestLinksAmidStory holds that links to other stories amid a story go: those below a label, and those in a row that stand
// outside it too.
func TestLinksAmidStory(t *testing.T) {
	const (
		top = "Skip to content\nMenu\nSearch\nLog in\nHarbour Wall Gives Way in Storm\nBy Jane Doe\n" +
			"The harbour wall gave way at three in the morning on Monday, and the sea came into the lower streets of the town.\n"
		links = "Early lambs in the northern valleys\nA new comedy about a lighthouse opens\n"
		rest  = "Engineers had warned of a weak place in the wall two years ago, and the harbour board had set money aside for it.\n" +
			"The wall in figures, and what the harbour board says:\n" +
			"Nobody was hurt in the lower streets, the fire service said, because they had been cleared on Sunday evening.\n"
	)
	for name, page := range map[string]string{
		"below a label": top + "More:\n" + links + rest,
		"marked":        top + "» Early lambs in the northern valleys\nThey came in January, and nobody at the farms had thought of a lighthouse.\n" + rest,
		"in a row":      top + "Popular now\n" + links + rest + "More from the Chronicle\nA new comedy about a lighthouse opens\nSport\nEarly lambs in the northern valleys\n",
	} {
		a, _ := Read("saved.txt", []byte(page), Options{})
		if strings.Contains(a.Body, "lambs") || strings.Contains(a.Body, "lighthouse") || !strings.Contains(a.Body, "in figures") || !strings.Contains(a.Body, "Engineers") {
			t.Errorf("%s:\n%s", name, a.Body)
		}
	}
}

// TestPostEndsStory holds that who wrote the post that a story ends with stays with it, and that what stands below does not.
func TestPostEndsStory(t *testing.T) {
	const poster = "— Harbour Board (@harbour) January 28, 2019"
	a, _ := Read("saved.txt", []byte("Skip to content\nMenu\nSearch\nLog in\nHarbour Wall Gives Way in Storm\nBy Jane Doe\n"+
		"The harbour wall gave way at three in the morning on Monday, and the sea came into the lower streets of the town.\n"+
		"Nobody was hurt in the lower streets, the fire service said, because they had been cleared on Sunday evening.\n"+
		poster+"\nFarming\nEarly lambs in the northern valleys\n"), Options{})
	if !strings.HasSuffix(a.Body, "January 28, 2019\n") {
		t.Errorf("%q does not end\n%s", poster, a.Body)
	}
}

// TestAdvertIsNoTeaser holds that a paragraph below the label of an advertisement, which stands there twice, is no summary of
// another story.
func TestAdvertIsNoTeaser(t *testing.T) {
	const ad, second = "Do you not want to see this?", "Engineers had warned of a weak place in the wall two years ago, and the harbour board had set money aside for it."
	a, _ := Read("saved.txt", []byte("Skip to content\nMenu\nSearch\nLog in\nHarbour Wall Gives Way in Storm\nBy Jane Doe\n"+
		"The harbour wall gave way at three in the morning on Monday, and the sea came into the lower streets of the town.\n"+
		"Advertisement\n"+ad+"\nAdvertisement\n"+ad+"\n"+second+"\n"), Options{})
	if !strings.Contains(a.Body, second) || strings.Contains(a.Body, ad) {
		t.Errorf("%s", a.Body)
	}
}

func TestBestRuns(t *testing.T) {
	sums, ends := bestRuns([]int{-5, 20, -4, 30, -60, 10})
	if want := []int{41, 46, 26, 30, -50, 10}; !slices.Equal(sums, want) {
		t.Errorf("sums %v, want %v", sums, want)
	}
	if want := []int{4, 4, 4, 4, 6, 6}; !slices.Equal(ends, want) {
		t.Errorf("ends %v, want %v", ends, want)
	}
}

func lineOf(text string) line { return line{text: text, words: countWords(text)} }

// TestFurniture holds which lines of a page are no part of a story, and which only look so.
func TestFurniture(t *testing.T) {
	for _, c := range []struct {
		name string
		is   func(line) bool
		yes  []string
		no   []string
	}{
		{"caption", isCaption,
			[]string{"Image 3 of 12", "The moon rises over the pier. (NASA/JPL)", "Jane Doe / AP file", "Ferry in a storm (Image: Harbour Board)", "Image caption The pier was closed on Monday", "The wall after the storm on Monday. Jane Doe",
				"The sea comes in over the pier. (AP)", "Teachers stand at the pier of Whitby and look at the sea, Tuesday, Nov. 19, 2019.", "This March 28, 2017, file photo shows the pier.", "© Jane Doe The pier of Whitby as it was on May 18, 2018."},
			[]string{"Updated 10:01 pm, Tuesday, November 19, 2019", "The wall gave way on Tuesday, and nobody was hurt, the fire service said on Nov. 19, 2019.", "© 2018 The Harbour Chronicle and all of its sons", "The moon rose at nine (or so the almanac says).", "He caught 3 of 12 fish.", "She paid 20 dollars (see https://example.org/prices).", "Harbour board man admits threatening Rep. Jane Doe"}},
		{"request of the page", isPageSpeech,
			[]string{"Get the day's news delivered to your inbox.", "Share your thoughts and join the conversation in the comments", "If you are a subscriber, sign in to your account.", "Interested in more newsletters? Browse here.",
				"Get breaking harbour news and the latest updates on storms, ferries and more!", "By signing up, you confirm that you are over the age of sixteen, and that the paper may write to you."},
			[]string{"You could hear the sea from the pier, and the news was bad.", "“Subscribe to my newsletter,” she told you.", "Get out of the lower streets, the fire service said on Sunday evening.", "The board said that it would look at its accounts.", "If you have spent what is in your savings account, the board will look at it like at any other account of its members.", "Max out your retirement accounts", "Writing a piece of email marketing"}},
		{"small print", isSmallPrint,
			[]string{"Click here to see the boats.", "Your browser is old, and this page wants another.", "© 2019 The Harbour Chronicle. This material may not be published, broadcast, rewritten or redistributed, in whole or in part, without the leave of its owner, which the Chronicle gives on request, mostly."},
			[]string{"The game was to be played in your browser, and nobody at the harbour, where the lines had been down since the storm, had thought of what would happen when the whole town tried that on one evening."}},
		{"referral", isReferral,
			[]string{"Related: The storm of 1953", "READ MORE: Ferry cancelled again", "On Example.com: Fish prices rise", "Also on example.org Fish prices rise in all ports", "[Related: The storm of 1953]", "Related post: Eel soup"},
			[]string{"The mayor said: we knew.", "Related questions were not answered.", "On Monday: rain."}},
		{"link in capitals", shoutsLink,
			[]string{"WATCH THE STORM COME IN OVER THE HARBOUR FROM THE PIER"},
			[]string{"WHO PAYS FOR THE WALL?", "THE STORM IN FIGURES", "IN THE END THE WALL WAS NOT TO BE SAVED AT ALL."}},
		{"note", func(l line) bool { return isNote(l, []string{"Jane van Doe"}) },
			[]string{"Jane van Doe is a reporter in Port Arthur.", "Jane covers the harbour.", "John Roe (jroe@example.org) is the editor of the Chronicle.", "(Reporting by Jane van Doe in Port Arthur; editing by John Roe)", "Mary Major contributed to this report.", "Write to Jane at jane@example.org"},
			[]string{"Reporting by the board was slow.", "The mayor is a former reporter.", "He wrote to the mayor, who is the owner."}},
		{"stamp of an entry", isEntryStamp, []string{"20:24Jane Doe", "9:05 Jane van Doe"}, []string{"20:24", "20:24 the wall gave way", "2:1 Jane Doe"}},
		{"notice of a page's state", isEditNotice, []string{"-Article last amended: Mar 5 at 12:05 (history)", "This page was last modified on May 4", "This story is more than 5 years old"}, []string{"This story is about a man of eighty.", "The last amended article was the third."}},
		{"who wrote a post", isPoster, []string{"— Harbour Board (@harbour) January 28, 2019"}, []string{"— That is not so (she said) —"}},
	} {
		for _, text := range c.yes {
			if !c.is(lineOf(text)) {
				t.Errorf("no %s: %q", c.name, text)
			}
		}
		for _, text := range c.no {
			if c.is(lineOf(text)) {
				t.Errorf("a %s: %q", c.name, text)
			}
		}
	}
}

func TestFrames(t *testing.T) {
	const short = "Wall Gives Way"
	for long, want := range map[string]bool{
		"Wall Gives Way - Chronicle": true, "Wall Gives Way | Chronicle": true, "Home » Wall Gives Way": true, "NewsWall Gives Way": true,
		short: false, "Wall Gives Way in Storm": false, "Why the Wall Gives Way Now": false,
	} {
		if frames(long, short) != want {
			t.Errorf("%q: %v", long, !want)
		}
	}
}

func TestContentWords(t *testing.T) {
	for text, want := range map[string][]string{
		"The elections were over, and those elected had been there": {"electi", "electe"},
		"Кулинария и кулинарный":                                    {"кулина", "кулина"},
		"of the to in": nil,
	} {
		if got := slices.Collect(contentWords(text)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCountWords(t *testing.T) {
	for text, want := range map[string]int{"": 0, " a b\tc ": 3, "one": 1, "報道によると": 4, "Kindle for PC の設定": 5} {
		if got := countWords(text); got != want {
			t.Errorf("%q: %d words, want %d", text, got, want)
		}
	}
}
