package intake

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"broadsheet/generator/diag"
)

var megabytes = flag.Int("megabytes", 2, "size of the export that TestLargeExport imports")

// mostMemory is what an import may hold, whatever the size of the source.
const mostMemory = 300 << 20

// TestLargeExport imports a WordPress export, of 200 MB with -megabytes 200, and holds that memory stays small.
func TestLargeExport(t *testing.T) {
	dir := t.TempDir()
	source := filepath.Join(dir, "export.xml")
	items := writeExport(t, source, *megabytes<<20)
	var peak, sampled uint64
	sample := func(n int) {
		if sampled += uint64(n); sampled < 1<<20 {
			return
		}
		sampled = 0
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapInuse+m.StackInuse)
	}
	sources, err := Sources([]string{source}, "")
	if err != nil {
		t.Fatal(err)
	}
	count, err := Import(context.Background(), sources, Options{Read: sample}, Target{
		Into: filepath.Join(dir, "out"), Journal: filepath.Join(dir, "journal.tsv"), Report: func(d diag.Diagnostic) { t.Error(d) },
	})
	if err != nil || count.New != items {
		t.Fatalf("%d items: %+v, %v", items, count, err)
	}
	t.Logf("%d items in %d MB: at most %d MB in use", items, *megabytes, peak>>20)
	if peak == 0 || peak > mostMemory {
		t.Errorf("at most %d bytes in use, want at most %d", peak, mostMemory)
	}
}

// writeExport writes an export of about so many bytes and returns how many items it has.
func writeExport(t *testing.T, name string, size int) int {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>`+"\n")
	body := strings.Repeat("<p>The river rose three metres, and <b>people left</b> the low town for the hills.</p>\n", 40)
	items := 0
	for written := 0; written < size; items++ {
		n, _ := fmt.Fprintf(w, "<item>\n<title>Story %d</title>\n<link>https://example.org/%d/</link>\n<guid>https://example.org/?p=%d</guid>\n<content:encoded><![CDATA[%s]]></content:encoded>\n<wp:post_id>%d</wp:post_id>\n<wp:post_date>%d-%02d-%02d 00:00:00</wp:post_date>\n<wp:status>publish</wp:status>\n<wp:post_type>post</wp:post_type>\n</item>\n",
			items, items, items, body, items, 1950+items/336%60, 1+items/28%12, 1+items%28)
		written += n
	}
	fmt.Fprint(w, "</channel></rss>\n")
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return items
}
