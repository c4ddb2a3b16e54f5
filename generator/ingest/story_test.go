package ingest

import (
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
			[]string{"Image 3 of 12", "The moon rises over the pier. (NASA/JPL)", "Jane Doe / AP file", "Ferry in a storm (Image: Harbour Board)", "Image caption The pier was closed on Monday", "The wall after the storm on Monday. Jane Doe"},
			[]string{"The moon rose at nine (or so the almanac says).", "He caught 3 of 12 fish.", "She paid 20 dollars (see https://example.org/prices).", "Harbour board man admits threatening Rep. Jane Doe"}},
		{"request of the page", isPageSpeech,
			[]string{"Get the day's news delivered to your inbox.", "Share your thoughts and join the conversation in the comments", "If you are a subscriber, sign in to your account.", "Interested in more newsletters? Browse here."},
			[]string{"You could hear the sea from the pier, and the news was bad.", "“Subscribe to my newsletter,” she told you.", "Get out of the lower streets, the fire service said on Sunday evening.", "The board said that it would look at its accounts."}},
		{"referral", isReferral,
			[]string{"Related: The storm of 1953", "READ MORE: Ferry cancelled again", "On Example.com: Fish prices rise", "Also on example.org Fish prices rise in all ports"},
			[]string{"The mayor said: we knew.", "Related questions were not answered.", "On Monday: rain."}},
		{"link in capitals", shoutsLink,
			[]string{"WATCH THE STORM COME IN OVER THE HARBOUR FROM THE PIER"},
			[]string{"WHO PAYS FOR THE WALL?", "THE STORM IN FIGURES", "IN THE END THE WALL WAS NOT TO BE SAVED AT ALL."}},
		{"note", func(l line) bool { return isNote(l, []string{"Jane van Doe"}) },
			[]string{"Jane van Doe is a reporter in Port Arthur.", "Jane covers the harbour.", "John Roe (jroe@example.org) is the editor of the Chronicle.", "Mary Major contributed to this report.", "Write to Jane at jane@example.org"},
			[]string{"The mayor is a former reporter.", "He wrote to the mayor, who is the owner."}},
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
