package render

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"broadsheet/generator/news"
	"broadsheet/templates"
)

// Every language has every word, and none of them is left over from another.
func TestEveryLanguageHasEveryWord(t *testing.T) {
	mayBeEmpty := map[string]bool{"DayMark": true, "WeekdayMark": true}
	mayBeAlike := map[string]bool{"Person": true, "Name": true, "Text": true, "Original": true, "To": true}
	for _, tongue := range tongues {
		w := reflect.ValueOf(tongue).Elem()
		for i := range w.NumField() {
			name, field := w.Type().Field(i).Name, w.Field(i)
			switch field.Kind() {
			case reflect.String:
				if field.String() == "" && !mayBeEmpty[name] {
					t.Errorf("%s: no word for %s", tongue.Language, name)
				}
				if same := reflect.ValueOf(english).Field(i).String(); tongue != &english && field.String() == same && !mayBeEmpty[name] && !mayBeAlike[name] {
					t.Errorf("%s: %s is %q, as in English", tongue.Language, name, same)
				}
			case reflect.Array:
				for n := range field.Len() {
					if field.Index(n).String() == "" && (n > 0 || field.Len() == 7) {
						t.Errorf("%s: no word for %s %d", tongue.Language, name, n)
					}
				}
			}
		}
		for genre := range english.Genres {
			if tongue.Genres[genre] == "" {
				t.Errorf("%s: no word for the genre %s", tongue.Language, genre)
			}
		}
	}
}

// What takes a line out is on record in English; every other language has words for all of it.
func TestEveryLanguageHasEveryRule(t *testing.T) {
	rules := append(constants(t, "../ingest", "The rules"), constants(t, "../markdown", "Rules")...)
	if len(rules) < 20 {
		t.Fatalf("only %d rules found: %q", len(rules), rules)
	}
	for _, tongue := range tongues[1:] {
		for _, rule := range rules {
			if tongue.Rules[rule] == "" {
				t.Errorf("%s: no words for the rule %q", tongue.Language, rule)
			}
		}
		if len(tongue.Rules) > len(rules) {
			t.Errorf("%s: words for rules that there are none of: %d for %d", tongue.Language, len(tongue.Rules), len(rules))
		}
	}
	for rule, want := range map[string]string{"navigation": "Navigation", "recurs in 500 or more files of this source": "kehrt in mindestens 500 Dateien dieser Quelle wieder", "of a plugin 7": "of a plugin 7"} {
		if got := german.Rule(rule); got != want {
			t.Errorf("%q is %q, want %q", rule, got, want)
		}
		if got := english.Rule(rule); got != rule {
			t.Errorf("%q is %q in English", rule, got)
		}
	}
}

// constants is the values of the string constants in those groups of a package whose comment begins so.
func constants(t *testing.T, dir, comment string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			group, is := d.(*ast.GenDecl)
			if !is || group.Tok != token.CONST || !strings.HasPrefix(group.Doc.Text(), comment) {
				continue
			}
			ast.Inspect(group, func(n ast.Node) bool {
				if value, is := n.(*ast.BasicLit); is && value.Kind == token.STRING {
					text, err := strconv.Unquote(value.Value)
					if err != nil {
						t.Fatal(err)
					}
					values = append(values, text)
				}
				return true
			})
		}
	}
	return values
}

// A word that no template and no program reads would be translated for nothing.
func TestEveryWordIsSaid(t *testing.T) {
	var said strings.Builder
	for _, dir := range []fs.FS{templates.Files, os.DirFS("."), os.DirFS("../site")} {
		err := fs.WalkDir(dir, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") || name == "tongues.go" {
				return err
			}
			text, err := fs.ReadFile(dir, name)
			said.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	words := reflect.TypeFor[Words]()
	for i := range words.NumField() {
		name := words.Field(i).Name
		if text := said.String(); !strings.Contains(text, "words."+name) && !strings.Contains(text, "w."+name) && !strings.Contains(text, "english."+name) {
			t.Errorf("nothing says %s", name)
		}
	}
}

// A site in another language speaks it on every page, and says so.
func TestPagesInGerman(t *testing.T) {
	theme, err := Parse(WordsFor("de-CH"), templates.Files)
	if err != nil {
		t.Fatal(err)
	}
	for name, page := range bare() {
		text := execute(t, theme, page.template, page.data)
		if !strings.HasPrefix(text, "<!doctype html>\n<html lang=\"de\">") || !strings.Contains(text, "Zum Inhalt") {
			t.Errorf("%s does not speak German:\n%s", name, text)
		}
		for _, word := range []string{english.Skip, english.Top, english.Undated, english.Provenance, english.CiteAs, english.Articles, english.NoSuchPageNote} {
			if strings.Contains(text, word) {
				t.Errorf("%s says %q", name, word)
			}
		}
	}
}

func TestDatesInGerman(t *testing.T) {
	for edtf, want := range map[string]string{
		"2002-04-05": "5. April 2002", "2002-03": "März 2002", "191X": "1910er", "1916~": "um 1916", "1916?": "vielleicht 1916",
		"1914/1918": "1914 bis 1918", "2002-04-05/2002-04-07": "5. bis 7. April 2002",
	} {
		d, err := news.ParseDate(edtf)
		if err != nil {
			t.Fatal(err)
		}
		if got := german.Date(d).Text; got != want {
			t.Errorf("%s is %q, want %q", edtf, got, want)
		}
	}
	if got := german.Day(2002, 4, 5); got != "Freitag, 5. April" {
		t.Error(got)
	}
	if got := german.Count(1234, german.Article, german.Articles); got != "1.234 Artikel" {
		t.Error(got)
	}
}

// Text in another language than the page's says which, and which way it runs.
func TestLanguageOfAnArticle(t *testing.T) {
	a := sampleArticle()
	a.Language = "fa"
	text := execute(t, defaultTheme(t), "article.html", a)
	for _, want := range []string{`<h1 lang="fa" dir="rtl">`, `<div class="text" lang="fa" dir="rtl">`, `<html lang="en">`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	for language, want := range map[string]string{"": "", "de": `lang="de" dir="ltr"`, "ar-EG": `lang="ar-EG" dir="rtl"`} {
		if got := fmt.Sprint(inLanguage(language)); got != want {
			t.Errorf("%s: %s", language, got)
		}
	}
}
