package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkBuild builds an archive of n made-up articles, each with a date, an author, two tags and six names: from
// nothing, and again after each kind of change. A change alternates between two states, so that every round has
// something to do. One build is an operation; articles/s is over all the archive's articles, whatever was read.
func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000} {
		for _, change := range changes() {
			b.Run(fmt.Sprintf("%s/%d", change.name, n), func(b *testing.B) {
				if n > 1_000 && testing.Short() {
					b.Skip("ten thousand articles take long")
				}
				s := newBench(b, n)
				s.build(b)
				b.ReportAllocs()
				for round := 0; b.Loop(); round++ {
					b.StopTimer()
					change.do(b, s, round)
					b.StartTimer()
					s.build(b, change.flags...)
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
			})
		}
	}
}

// change is what is done to a site between two builds.
type change struct {
	name  string
	do    func(b *testing.B, s *bench, round int)
	flags []string
}

func changes() []change {
	nothing := func(*testing.B, *bench, int) {}
	return []change{
		{name: "Cold", do: func(b *testing.B, s *bench, _ int) { s.remove(b, "public", stateFolder) }},
		{name: "Clean", do: nothing, flags: []string{"--clean"}},
		{name: "NoChange", do: nothing},
		{name: "OneHeadline", do: func(b *testing.B, s *bench, round int) {
			s.write(b, s.article(7), fmt.Sprintf("Another headline %d", round%2))
		}},
		{name: "OneArticle", do: func(b *testing.B, s *bench, round int) {
			if name := "content/2005/03/added.md"; round%2 == 0 {
				s.write(b, name, "A new article")
			} else {
				s.remove(b, name)
			}
		}},
		{name: "Template", do: func(b *testing.B, s *bench, round int) {
			s.file(b, "templates/missing.html", fmt.Sprintf("{{template \"_head.html\" .Page}}\n{{masthead .Page}}\n<h1>None %d</h1>\n{{foot .Page}}\n", round%2))
		}},
		{name: "Authority", do: func(b *testing.B, s *bench, round int) {
			s.file(b, "content/entities.toml", fmt.Sprintf("[[person]]\nname = %q\nnote = \"Told %d times.\"\n", s.name(3), round%2))
		}},
	}
}

// bench is a site that is built over and over.
type bench struct {
	dir string
	r   *rand.Rand
}

func newBench(b testing.TB, articles int) *bench {
	past := time.Now().Add(-time.Hour) // what was written a moment ago is read again, see archive's stamps
	s := &bench{dir: b.TempDir()}
	s.file(b, "site.toml", "title = 'The Example Archive'\nbase_url = 'https://archive.example.org/'\n[entities]\nmin_articles = 1\n[tags]\nassign = 'none'\nmin_articles = 1\n")
	for n := range articles {
		s.write(b, s.article(n), fmt.Sprintf("Headline of article %d", n))
		if err := os.Chtimes(filepath.Join(s.dir, filepath.FromSlash(s.article(n))), past, past); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

func (s *bench) build(b testing.TB, flags ...string) {
	b.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), append([]string{"build", "--site", s.dir}, flags...), &stdout, &stderr); code != 0 {
		b.Fatalf("build: exit code %d\n%s", code, stderr.String())
	}
}

func (s *bench) article(n int) string {
	return fmt.Sprintf("content/%d/%02d/article-%06d.md", 2000+n%20, 1+n/20%12, n)
}

// name is one of some thousand, low numbers far more often asked for.
func (s *bench) name(n int) string {
	given := []string{"Anna", "Boris", "Clara", "David", "Elena", "Farid", "Grace", "Henri", "Ida", "Jonas"}
	family := []string{"Abel", "Brandt", "Castro", "Dunn", "Eriksen", "Fontaine", "Grey", "Hale", "Ivers", "Jansen"}
	return fmt.Sprintf("%s %s%s", given[n%10], family[n/10%10], strings.Repeat("son", n/100%10))
}

// write writes an article.
func (s *bench) write(b testing.TB, name, headline string) {
	b.Helper()
	s.file(b, name, s.text(name, headline))
}

// text is an article; the same name always has the same words but for its headline.
func (s *bench) text(name, headline string) string {
	var seed uint64
	for _, c := range name {
		seed = seed*31 + uint64(c)
	}
	s.r = rand.New(rand.NewPCG(seed, 1))
	var text strings.Builder
	fmt.Fprintf(&text, "+++\ntitle = %q\ndate = %d-%02d-%02d\nauthors = [%q]\ntags = [\"tag %d\", \"tag %d\"]\npeople = [%q, %q]\nplaces = [\"Port %s\", \"Lake %s\"]\norganizations = [\"%s Company\", \"%s Union\"]\n+++\n",
		headline, 2000+s.r.IntN(20), 1+s.r.IntN(12), 1+s.r.IntN(28), s.zipf(), s.r.IntN(30), s.r.IntN(300), s.zipf(), s.zipf(), s.zipf(), s.zipf(), s.zipf(), s.zipf())
	for range 6 {
		for range 50 {
			text.WriteString(s.word())
			text.WriteByte(' ')
		}
		text.WriteString("said.\n\n")
	}
	return text.String()
}

func (s *bench) zipf() string {
	n := s.r.IntN(1000)
	return s.name(n * s.r.IntN(1000) / 1000)
}

func (s *bench) word() string {
	const letters = "etaoinshrdlu"
	word := make([]byte, 2+s.r.IntN(7))
	for i := range word {
		word[i] = letters[s.r.IntN(len(letters))]
	}
	return string(word)
}

func (s *bench) file(b testing.TB, name, content string) {
	b.Helper()
	file := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		b.Fatal(err)
	}
}

func (s *bench) remove(b testing.TB, names ...string) {
	b.Helper()
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(s.dir, filepath.FromSlash(name))); err != nil {
			b.Fatal(err)
		}
	}
}
