package archive

import (
	"strings"

	"broadsheet/generator/entity"
	"broadsheet/generator/markdown"
	"broadsheet/generator/prose"
)

// Suggestion is what a person may want to write into entities.toml.
type Suggestion = entity.Suggestion

// Suggestions lists them, the most certain first.
func (a *Archive) Suggestions() []Suggestion {
	return entity.Suggest(a.Cards, entity.Resolution{Entities: a.Entities, Of: a.Of}, a.authority)
}

// Quote is the sentence of an article that prints a name, or its headline.
func (a *Archive) Quote(e entity.Instance) (string, error) {
	article, err := a.Article(e.Card)
	if err != nil {
		return "", err
	}
	text := markdown.Parse([]byte(article.Body)).Text()
	for _, s := range prose.Sentences(nil, text) {
		if sentence := s.Of(text); prints(sentence, e.Form) {
			return strings.Join(strings.Fields(sentence), " "), nil
		}
	}
	return article.Title, nil
}

// prints reports whether a sentence has a name as whole words.
func prints(sentence, name string) bool {
	want, have := prose.Words(nil, name), prose.Words(nil, sentence)
	for i := 0; i+len(want) <= len(have); i++ {
		n := 0
		for n < len(want) && have[i+n].Of(sentence) == want[n].Of(name) {
			n++
		}
		if n == len(want) {
			return true
		}
	}
	return false
}
