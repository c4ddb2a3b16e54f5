// Package tag gives articles their subjects: by rules in content/tags.toml, or because the article's own front matter
// says so.
//
// # The file
//
// One block a tag; label alone is required.
//
//	[[tag]]
//	label   = "Peace process"              # as it is shown
//	slug    = "peace-process"              # last part of its URL; made from the label when left out
//	aliases = ["Peace talks", "Détente"]   # other words for it in front matter; never matched against text
//	broader = ["Diplomacy"]                # labels, slugs or aliases of tags in this file
//	note    = "Talks to end a war."        # printed on the tag's page
//
//	[[tag.rules]]
//	any = ["peace talks", "ceasefire*"]
//	not = ["peace prize"]
//
//	[[tag.rules]]
//	title = ["summit"]
//	all   = ["Seoul", "Pyongyang"]
//
// An article gets the tag when one of its rules holds; a tag without rules is given by front matter alone. A rule
// holds when every key it has does:
//
//	any    at least one of these phrases is in the headline or the text
//	all    each of these phrases is in the headline or the text
//	title  at least one of these phrases is in the headline
//	not    none of these phrases is in the headline or the text
//	least  the phrases of any are found at least this often together, the headline included; where there is no any,
//	       those of all, else those of title; 1 when left out
//
// A rule needs any, all or title.
//
// # Phrases
//
// A phrase is one or more words, found as whole words in a row. Case, accents, full stops and apostrophes inside a
// word do not matter, and a hyphen is a blank: "cease fire" finds "Cease-fire", "senora" finds "Señora". Two things
// are special:
//
//	ceasefire*   any word that begins so: "ceasefires"; the star ends a word, in any word of the phrase
//	US, WHO      a word written in capitals, two or more, is found in capitals alone: "US" finds "U.S.", not "us"
//
// Punctuation other than hyphens, quotes and apostrophes parts phrases: "peace, talks" is not "peace talks".
//
// # Faults
//
// A key that is unknown, an empty label or phrase, a slug, label or alias that two tags claim, a broader tag that is
// not in the file or leads back to the tag itself, and a rule that can never hold are errors.
package tag

import (
	"fmt"
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// Vocabulary is the tags of an archive. The nil Vocabulary has no tags, and is ready for use.
type Vocabulary struct {
	entries []Entry
	rules   [][]rule       // by entry
	bySlug  map[string]int // entry
	byName  map[string]int // folded label, alias or slug to entry
	phrases index
}

// Entry is one tag of the vocabulary. Broader and Narrower are slugs, in the order of the file.
type Entry struct {
	Slug     string
	Label    string
	Aliases  []string
	Note     string
	Broader  []string
	Narrower []string
}

// rule is a rule of the file with phrases by number.
type rule struct {
	any, all, title, not []int
	least                int
}

// Assign is the tags whose rules hold for an article, in the order of the file. Why names the rule's key and the
// phrases that matched, as the file writes them.
func (v *Vocabulary) Assign(title, text string) []news.Tag {
	if v == nil || len(v.phrases.written) == 0 {
		return nil
	}
	found := v.phrases.find(title, text)
	var tags []news.Tag
	for i, rules := range v.rules {
		for _, r := range rules {
			if why := r.why(found, v.phrases.written); why != "" {
				tags = append(tags, news.Tag{Slug: v.entries[i].Slug, Label: v.entries[i].Label, Why: why})
				break
			}
		}
	}
	return tags
}

// why is the reason that r holds, or "" when it does not.
func (r *rule) why(found []hits, written []string) string {
	var reasons []string
	times := 0
	for _, part := range [...]struct {
		key     string
		phrases []int
		title   bool
	}{{"title", r.title, true}, {"any", r.any, false}, {"all", r.all, false}} {
		if len(part.phrases) == 0 {
			continue
		}
		words, n := matched(part.phrases, part.title, found, written)
		if len(words) == 0 || part.key == "all" && len(words) < len(r.all) {
			return ""
		}
		reasons = append(reasons, part.key+": "+strings.Join(words, ", "))
		if part.key != "all" || len(r.any) == 0 {
			times = n // the last of title, any and all that counts
		}
	}
	if times < r.least {
		return ""
	}
	for _, p := range r.not {
		if found[p].all > 0 {
			return ""
		}
	}
	return strings.Join(reasons, "; ")
}

// matched is those of the phrases that were found, quoted, and how often they were found together.
func matched(phrases []int, title bool, found []hits, written []string) (words []string, times int) {
	for _, p := range phrases {
		n := found[p].all
		if title {
			n = found[p].title
		}
		if n > 0 {
			words = append(words, fmt.Sprintf("%q", written[p]))
		}
		times += n
	}
	return words, times
}

// Written is the tags that front matter gives, in its order, each once. A label, slug or alias of the vocabulary is
// that tag; any other label is a tag of its own. A label with neither letter nor digit is none.
func (v *Vocabulary) Written(labels []string) []news.Tag {
	var tags []news.Tag
	seen := map[string]bool{}
	for _, label := range labels {
		t := v.written(strings.Join(strings.Fields(label), " "))
		if t.Slug != "" && !seen[t.Slug] {
			seen[t.Slug] = true
			tags = append(tags, t)
		}
	}
	return tags
}

func (v *Vocabulary) written(label string) news.Tag {
	const why = "front matter"
	if v != nil {
		if i, found := v.byName[prose.Fold(label)]; found {
			return news.Tag{Slug: v.entries[i].Slug, Label: v.entries[i].Label, Why: why}
		}
	}
	return news.Tag{Slug: prose.Slug(label), Label: label, Why: why}
}

// Lookup is the entry of a slug.
func (v *Vocabulary) Lookup(slug string) (Entry, bool) {
	if v == nil {
		return Entry{}, false
	}
	i, found := v.bySlug[slug]
	if !found {
		return Entry{}, false
	}
	return v.entries[i], true
}
