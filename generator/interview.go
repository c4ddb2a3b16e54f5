package main

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/archive"
	"broadsheet/generator/serve"
	"broadsheet/generator/site"
)

// interview is review in the preview: it asks about the names of the last build, and writes answers down as the command does.
type interview struct {
	*workshop
	site *project

	mu    sync.Mutex
	asked map[string]archive.Suggestion // by ID: what has been asked and not been answered
}

// atOnce is how many questions are asked at once.
const atOnce = 20

// Questions waits for a build that is under way.
func (v *interview) Questions(ctx context.Context) (first []serve.Question, more int, err error) {
	if err := v.ready(ctx); err != nil && !errors.Is(err, site.ErrBusy) {
		return nil, 0, err
	}
	v.work.RLock()
	defer v.work.RUnlock()
	if v.last == nil {
		return nil, 0, errUnread
	}
	first = []serve.Question{}
	open, err := v.undecided(v.last.archive)
	if err != nil {
		return nil, 0, err
	}
	asked := map[string]archive.Suggestion{}
	for _, s := range open[:min(atOnce, len(open))] {
		q, err := question(v.last.archive, &s)
		if err != nil {
			return nil, 0, err
		}
		first, asked[q.ID] = append(first, q), s
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.asked = asked
	return first, len(open) - len(first), nil
}

// undecided is the suggestions that have no answer yet, not even one that waits to be built.
func (v *interview) undecided(a *archive.Archive) ([]archive.Suggestion, error) {
	decided, err := v.site.verdicts()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(a.Suggestions(), func(s archive.Suggestion) bool {
		return strings.Contains(decided, s.Accept) || strings.Contains(decided, s.Refuse)
	}), nil
}

// question is a suggestion as the preview shows it.
func question(a *archive.Archive, s *archive.Suggestion) (serve.Question, error) {
	q := serve.Question{ID: s.ID(), Names: s.Names, Asks: s.Question, Why: s.Why, Evidence: []serve.Evidence{}, Yes: s.Accept, No: s.Refuse}
	for _, e := range s.Evidence {
		text, err := a.Quote(e)
		if err != nil {
			return q, err
		}
		q.Evidence = append(q.Evidence, serve.Evidence{File: path.Join(contentFolder, a.Cards[e.Card].File), Text: text, Form: e.Form})
	}
	return q, nil
}

// Answer writes the block that says yes or no into entities.toml, once.
func (v *interview) Answer(question string, yes bool) (written string, known bool, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	s, known := v.asked[question]
	if !known {
		return "", false, nil
	}
	written = verdict(&s, yes)
	if err := v.site.decide(written); err != nil {
		return "", true, err
	}
	delete(v.asked, question)
	return written, true, nil
}
