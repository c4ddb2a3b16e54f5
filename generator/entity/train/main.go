// Command train makes the recogniser's model, generator/entity/tagger/weights, and scores it.
//
//	go run ./generator/entity/train -corpora DIR     reads the corpora, writes the weights
//	go run ./generator/entity/train -score DIR       scores the program's recogniser on each marked corpus of DIR
//
// A corpus is a file of a word and its IOB2 tag a line (README.md of the model names them); the articles in
// generator/entity/corpus/train are learned from too, those in test/ and scans/ are only scored on. Run it at the top of the
// repository. The same corpora give the same bytes.
//
// What a machine has marked is believed only where a model of what people have marked says the same. Some articles are
// learned from once more as bad scans have them, and with hyphens and apostrophes set apart.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"broadsheet/generator/entity"
)

// By people, and by a machine.
var (
	marked = []string{
		"wikigold", "crossner-politics", "crossner-science", "crossner-literature", "crossner-music", "crossner-ai",
		"uner-ewt-dev", "uner-ewt-test", "uner-pud-wiki", "europarl-en", "gum-news", "gum-other-open-genres",
	}
	guessed = []string{"gmb"}
)

const articles = "generator/entity/corpus"

func main() {
	corpora := flag.String("corpora", "../shared/corpora/ner/train", "folder of corpora to learn from")
	out := flag.String("out", "generator/entity/tagger/weights", "file to write the weights to")
	scored := flag.String("score", "", "learn nothing; score the program's recogniser on the corpora of this folder")
	flag.Parse()
	run := func() error { return train(*corpora, *out) }
	if *scored != "" {
		run = func() error { return printScores(*scored) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(corpora, out string) error {
	people, err := readAll(corpora, marked)
	if err != nil {
		return err
	}
	own, err := readArticles(filepath.Join(articles, "train"))
	if err != nil {
		return err
	}
	machine, err := readAll(corpora, guessed)
	if err != nil {
		return err
	}
	r := entity.NewRecognizer()
	gold := lessonsOf(r, withCopies(append(people, own...)))
	silver := lessonsOf(r, withCopies(machine))
	believed := agreed(learn(gold), silver)
	fmt.Fprintf(os.Stderr, "%d stretches marked by people, %d of %d by a machine\n", len(gold), len(believed), len(silver))
	m := learn(append(gold, believed...))
	fmt.Fprintf(os.Stderr, "%d features\n", m.Size())
	return os.WriteFile(out, m.Bytes(), 0o644)
}

func readAll(dir string, sets []string) ([]document, error) {
	var all []document
	for _, set := range sets {
		docs, err := readColumns(os.DirFS(dir), set+".tsv")
		if err != nil {
			return nil, err
		}
		all = append(all, docs...)
	}
	return all, nil
}

func printScores(dir string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.tsv"))
	if err != nil {
		return err
	}
	r := entity.NewRecognizer()
	for _, name := range names {
		docs, err := readColumns(os.DirFS(dir), filepath.Base(name))
		if err != nil {
			return err
		}
		fmt.Println(filepath.Base(name), evaluate(r, docs))
	}
	for _, folder := range [...]string{"test", "scans"} {
		docs, err := readArticles(filepath.Join(articles, folder))
		if err != nil {
			return err
		}
		fmt.Println("corpus/"+folder, evaluate(r, docs))
	}
	return nil
}
