//go:build e2e

package search

import (
	"bytes"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var vocabularies = flag.String("vocabularies", "", "folder with a folder for each language that holds voc.txt, as Snowball's own data has it")

const scripts = "../../static/search"

// TestStems compares what the browser makes of words with what the program does, for every language that has a stemmer: words
// put together of the endings that the stemmer looks for, and the vocabularies of -vocabularies.
func TestStems(t *testing.T) {
	files, err := filepath.Glob(scripts + "/stem/??.js")
	if err != nil || len(files) != len(stemmers) {
		t.Fatalf("%d stemmers for the browser, %d here: %v", len(files), len(stemmers), err)
	}
	for _, language := range slices.Sorted(maps.Keys(stemmers)) {
		t.Run(language, func(t *testing.T) {
			words := invented(t, language)
			words = append(words, vocabulary(t, language)...)
			got := browserTerms(t, language, words)
			a, changed, wrong := newAnalyzer(language), 0, 0
			for n, word := range words {
				want := strings.Join(a.split(word), " ")
				if want != got[n] {
					if wrong++; wrong < 10 {
						t.Errorf("%q is %q in the browser, %q here", word, got[n], want)
					}
				}
				if want != word {
					changed++
				}
			}
			t.Logf("%d words, %d of them with another stem, %d differ", len(words), changed, wrong)
			if changed < len(words)/4 {
				t.Errorf("only %d of %d words have another stem", changed, len(words))
			}
		})
	}
}

// browserTerms is what the scripts make of each word.
func browserTerms(t *testing.T, language string, words []string) []string {
	t.Helper()
	dir := t.TempDir()
	for name, from := range map[string]string{"text.js": scripts + "/text.js", "stem.js": scripts + "/stem/" + language + ".js", "terms.mjs": "testdata/terms.mjs"} {
		b, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"type": "module"}`), 0o666); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("node", filepath.Join(dir, "terms.mjs"), dir)
	command.Stdin = strings.NewReader(strings.Join(words, "\n"))
	var stderr bytes.Buffer
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	lines := strings.Split(string(out), "\n")
	if len(lines) != len(words) {
		t.Fatalf("%d lines for %d words", len(lines), len(words))
	}
	return lines
}

// ending finds the endings, beginnings and whole words in a stemmer's tables.
var ending = regexp.MustCompile(`\["([^"]+)",-?\d`)

// alphabet is letters that words of the languages are made of.
func alphabet(language string) []rune {
	switch language {
	case "ru":
		return []rune("абвгдежзийклмнопрстуфхцчшщъыьэюяёаеиоу")
	case "en":
		return []rune("abcdefghijklmnopqrstuvwxyzaeiouy'")
	}
	return []rune("abcdefghijklmnopqrstuvwxyzaeiouaeiouäëïöüáéíóúàèìòùâêîôûåæøœçñãõőűßy'’")
}

// invented is words of random letters before one, two or three of the stemmer's endings.
func invented(t *testing.T, language string) []string {
	t.Helper()
	b, err := os.ReadFile(scripts + "/stem/" + language + ".js")
	if err != nil {
		t.Fatal(err)
	}
	var endings []string
	for _, m := range ending.FindAllStringSubmatch(string(b), -1) {
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(m[1], `\x`, `\u00`) + `"`)
		if err != nil {
			t.Fatal(err)
		}
		endings = append(endings, text)
	}
	if len(endings) < 20 {
		t.Fatalf("%d endings in the stemmer for %s", len(endings), language)
	}
	letters, r := alphabet(language), rand.New(rand.NewPCG(6, 2))
	words := make([]string, 20_000)
	for n := range words {
		var word strings.Builder
		for range r.IntN(9) {
			word.WriteRune(letters[r.IntN(len(letters))])
		}
		for range r.IntN(4) {
			word.WriteString(endings[r.IntN(len(endings))])
		}
		words[n] = word.String()
		if n%7 == 0 {
			words[n] = strings.ToUpper(words[n])
		}
	}
	return words
}

// vocabulary is the words of a language in -vocabularies.
func vocabulary(t *testing.T, language string) []string {
	t.Helper()
	if *vocabularies == "" {
		return nil
	}
	folder := map[string]string{
		"da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian",
		"it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ru": "russian", "sv": "swedish",
	}[language]
	b, err := os.ReadFile(filepath.Join(*vocabularies, folder, "voc.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}
