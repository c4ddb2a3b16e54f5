package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// demonstrationSite is a folder that has the archive of this repository and keeps what builds leave.
func demonstrationSite(t *testing.T) string {
	t.Helper()
	site := t.TempDir()
	for _, name := range []string{"content", "site.toml"} {
		from, err := filepath.Abs(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(from, filepath.Join(site, name)); err != nil {
			t.Fatal(err)
		}
	}
	return site
}

// text is an article's own text on its page.
var text = regexp.MustCompile(`(?s)(<div class="text"[^>]*>).*?(</div>\n<(?:aside|section)|</div>\n\n</article>)`)

// TestWeights holds what the pages of the demonstration archive weigh to the table in CONTRIBUTING.md.
func TestWeights(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), []string{"build", "--site", demonstrationSite(t), "--out", dir}, &stdout, &stderr); code != 0 {
		t.Fatalf("build: %d\n%s", code, stderr.String())
	}
	heaviest := map[string]int{}
	weigh := func(what string, bytes int) { heaviest[what] = max(heaviest[what], bytes) }
	files := os.DirFS(dir)
	style, script := packed(t, read(t, files, "style.css")), packed(t, read(t, files, "article.js"))
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasPrefix(name, "articles/") || !strings.HasSuffix(name, ".html") {
			return err
		}
		page := read(t, files, name)
		if !text.Match(page) {
			return nil // an address that leads elsewhere
		}
		frame := text.ReplaceAll(page, []byte("$1$2"))
		weigh("an article's page without its text", len(frame))
		weigh("the same with style.css, compressed", packed(t, frame)+style)
		weigh("the same with article.js too, compressed", packed(t, frame)+style+script)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	weigh("the front page with all it loads, compressed", packed(t, read(t, files, "index.html"))+style+packed(t, read(t, files, "today.js"))+packed(t, read(t, files, "dates/on/10.js")))
	weigh("a name's page of 50 articles with style.css, compressed", packed(t, read(t, files, "people/donald-trump/index.html"))+style)
	weigh("the map of the world, compressed", packed(t, read(t, files, "world.svg")))
	page, search := packed(t, read(t, files, "search.html"))+style+packed(t, read(t, files, "search/search.css")), 0
	for _, name := range []string{"worker", "index", "seek", "text", "suggest", "packs"} {
		search += packed(t, read(t, files, "search/"+name+".js"))
	}
	weigh("the search page with all it loads before the first key, compressed", page+packed(t, read(t, files, "search/page.js")))
	weigh("the scripts that search, which come with the first key or when they are needed, compressed", search)
	weigh("the stemmer, which comes with them, compressed", packed(t, read(t, files, "search/stem.js")))
	document, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, row := range regexp.MustCompile(`(?m)^\| (.*?) \| ([0-9.]+) KB \|$`).FindAllStringSubmatch(string(document), -1) {
		got, known := heaviest[row[1]]
		most, err := strconv.ParseFloat(row[2], 64)
		if err != nil || !known {
			t.Errorf("CONTRIBUTING.md: nobody knows the weight of %q", row[1])
			continue
		}
		rows++
		t.Logf("%-60s %6d bytes", row[1], got)
		if float64(got) > most*1024 {
			t.Errorf("%s weighs %d bytes, more than %s KB", row[1], got, row[2])
		}
	}
	if rows != len(heaviest) {
		t.Errorf("CONTRIBUTING.md has %d weights of %d", rows, len(heaviest))
	}
}

func read(t *testing.T, files fs.FS, name string) []byte {
	t.Helper()
	content, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// packed is the size of a file as servers send it.
func packed(t *testing.T, content []byte) int {
	t.Helper()
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
