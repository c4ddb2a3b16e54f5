package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"broadsheet/generator/archive"
)

// reviewNames asks about names, or writes down the answer to the questions whose numbers are given.
func (r *reviewFlags) reviewNames(p *project, a *archive.Archive, numbers []string, stdout io.Writer) error {
	suggestions := a.Suggestions()
	if len(numbers) == 0 {
		return ask(stdout, a, suggestions, r.limit)
	}
	chosen, err := choose(suggestions, numbers)
	if err != nil {
		return err
	}
	if !r.accept && !r.refuse {
		return ask(stdout, a, chosen, len(chosen))
	}
	blocks := make([]string, len(chosen))
	for i, s := range chosen {
		blocks[i] = verdict(&s, r.accept)
	}
	if err := p.decide(blocks...); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "written into %s:\n%s", path.Join(contentFolder, "entities.toml"), strings.Join(blocks, ""))
	return nil
}

// verdict is the block that says yes or no to a suggestion.
func verdict(s *archive.Suggestion, yes bool) string {
	if yes {
		return s.Accept
	}
	return s.Refuse
}

// decide adds verdicts to what people have said about names.
func (p *project) decide(verdicts ...string) error {
	return appendBlocks(p.entities(), verdicts)
}

// verdicts is what people have said about names, as they wrote it.
func (p *project) verdicts() (string, error) {
	b, err := os.ReadFile(p.entities())
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return string(b), err
}

func (p *project) entities() string { return filepath.Join(p.folder(contentFolder), "entities.toml") }

// choose is the suggestions of some numbers.
func choose(suggestions []archive.Suggestion, numbers []string) ([]archive.Suggestion, error) {
	var chosen []archive.Suggestion
	for _, number := range numbers {
		at := slices.IndexFunc(suggestions, func(s archive.Suggestion) bool { return s.ID() == number })
		if at < 0 {
			return nil, usage{fmt.Errorf("review: there is no question %s; it may be answered already, and broadsheet review lists those that are not", number)}
		}
		chosen = append(chosen, suggestions[at])
	}
	return chosen, nil
}

// onOneLine is a block as people read it in a list.
func onOneLine(block string) string { return strings.ReplaceAll(strings.TrimSpace(block), "\n", " ") }

// ask prints the first suggestions, each with what speaks for it, two sentences of the archive and what an answer writes.
func ask(w io.Writer, a *archive.Archive, suggestions []archive.Suggestion, limit int) error {
	if len(suggestions) == 0 {
		fmt.Fprintln(w, "no names to review")
	}
	for _, s := range suggestions[:min(limit, len(suggestions))] {
		fmt.Fprintf(w, "%s  %s  %s\n        %s\n", s.ID(), strings.Join(s.Names, " · "), s.Question, s.Why)
		for _, e := range s.Evidence {
			sentence, err := a.Quote(e)
			if err != nil {
				return err
			}
			fmt.Fprintf(w, "        %s: %s\n", path.Join(contentFolder, a.Cards[e.Card].File), sentence)
		}
		fmt.Fprintf(w, "        yes: %s\n        no:  %s\n", onOneLine(s.Accept), onOneLine(s.Refuse))
	}
	if more := len(suggestions) - limit; more > 0 {
		fmt.Fprintf(w, "and %d more; --limit shows them\n", more)
	}
	return nil
}
