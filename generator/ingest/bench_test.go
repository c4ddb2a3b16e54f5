package ingest

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

var texts = flag.String("texts", "../../content", "the folder of .txt files that BenchmarkTexts reads")

// BenchmarkTexts reads a folder of articles, one after the other, as a first build does: small files, where what a file
// costs counts for more than its bytes.
func BenchmarkTexts(b *testing.B) {
	var sources [][]byte
	var names []string
	size := 0
	err := filepath.WalkDir(*texts, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".txt" {
			return err
		}
		src, err := os.ReadFile(path)
		sources, names, size = append(sources, src), append(names, d.Name()), size+len(src)
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i, src := range sources {
			Read(names[i], src, Options{})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(sources)), "µs/article")
}
