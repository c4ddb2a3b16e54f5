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

var megabytes = flag.Int("megabytes", 2, "size of the sources that TestLargeExport and TestLargeCapture import")

// mostMemory, in bytes, is what an import may hold, whatever the size of the source.
const mostMemory = 300 << 20

// TestLargeExport imports a WordPress export in which every post has a picture, of 4 GB with -megabytes 4096, and holds
// that memory stays small.
func TestLargeExport(t *testing.T) {
	testLarge(t, "export.xml", "attachment", writeExport)
}

// TestLargeCapture does the same with a capture of pages and pictures.
func TestLargeCapture(t *testing.T) {
	testLarge(t, "capture.warc", "image/jpeg", writeCapture)
}

// testLarge imports what write makes: so many articles, and at least as many of what is passed over.
func testLarge(t *testing.T, name, passed string, write func(w *bufio.Writer, size int) (articles int)) {
	dir := t.TempDir()
	source := filepath.Join(dir, name)
	articles := writeLarge(t, source, write)
	sources, err := Sources([]string{source}, "")
	if err != nil {
		t.Fatal(err)
	}
	var m meter
	count, err := Import(context.Background(), sources, Options{Read: m.read, Scratch: dir}, Target{
		Into: filepath.Join(dir, "out"), Journal: filepath.Join(dir, "journal.tsv"), Report: func(d diag.Diagnostic) { t.Error(d) },
	})
	if err != nil || count.New != articles || count.Passed[passed] < articles {
		t.Fatalf("%d articles: %+v, %v", articles, count, err)
	}
	t.Logf("%d articles, %d × %s in %d MB: at most %d MB of memory in use; the process: %s",
		articles, count.Passed[passed], passed, *megabytes, m.peak>>20, processPeak())
	if m.peak == 0 || m.peak > mostMemory {
		t.Errorf("at most %d bytes in use, want at most %d", m.peak, mostMemory)
	}
}

// meter looks at the memory that is in use, at every megabyte that is read.
type meter struct{ peak, since uint64 }

func (m *meter) read(n int) {
	if m.since += uint64(n); m.since < 1<<20 {
		return
	}
	m.since = 0
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	m.peak = max(m.peak, now.Sys-now.HeapReleased)
}

// processPeak is the most that the process ever had in memory, where the system tells.
func processPeak() string {
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if peak, is := strings.CutPrefix(line, "VmHWM:"); is {
			return strings.TrimSpace(peak)
		}
	}
	return "not known"
}

func writeLarge(t *testing.T, name string, write func(*bufio.Writer, int) int) int {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	articles := write(w, *megabytes<<20)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return articles
}

// writeExport writes an export of about so many bytes: each post with a picture at its head and two others, whose sizes
// WordPress keeps at length.
func writeExport(w *bufio.Writer, size int) (posts int) {
	fmt.Fprint(w, `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:wp="http://wordpress.org/export/1.2/"><channel>`+"\n")
	body := strings.Repeat("<p>The river rose three metres, and <b>people left</b> the low town for the hills.</p>\n", 10)
	sizes := strings.Repeat(`s:9:"thumbnail";a:4:{s:4:"file";s:15:"150x150.jpg";s:5:"width";i:150;}`, 30)
	for written := 0; written < size; posts++ {
		n, _ := fmt.Fprintf(w, "<item>\n<title>Story %d</title>\n<link>https://example.org/%d/</link>\n<guid>https://example.org/?p=%d</guid>\n<content:encoded><![CDATA[%s]]></content:encoded>\n<wp:post_id>%d</wp:post_id>\n<wp:post_date>%d-%02d-%02d 00:00:00</wp:post_date>\n<wp:status>publish</wp:status>\n<wp:post_type>post</wp:post_type>\n<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>%d</wp:meta_value></wp:postmeta>\n</item>\n",
			posts, posts, posts, body, 4*posts, 1950+posts/336%60, 1+posts/28%12, 1+posts%28, 4*posts+1)
		written += n
		for i := 1; i <= 3; i++ {
			n, _ := fmt.Fprintf(w, "<item>\n<title>picture %d</title>\n<wp:post_id>%d</wp:post_id>\n<wp:status>inherit</wp:status>\n<wp:post_type>attachment</wp:post_type>\n<wp:attachment_url>https://pictures.example.net/uploads/%d/picture-of-story-%d.jpg</wp:attachment_url>\n<wp:postmeta><wp:meta_key>_wp_attachment_metadata</wp:meta_key><wp:meta_value><![CDATA[%s]]></wp:meta_value></wp:postmeta>\n</item>\n",
				posts, 4*posts+i, 1950+posts/336%60, posts, sizes)
			written += n
		}
	}
	fmt.Fprint(w, "</channel></rss>\n")
	return posts
}

// writeCapture writes a capture of about so many bytes: each page with three pictures.
func writeCapture(w *bufio.Writer, size int) (pages int) {
	picture := httpAnswer("200 OK", "Content-Type: image/jpeg", strings.Repeat("\xff\xd8 picture ", 4000))
	for written := 0; written < size; pages++ {
		address := fmt.Sprintf("https://example.org/%d", pages)
		page := httpAnswer("200 OK", typeHTML, storyPage(fmt.Sprintf("Story %d", pages))+strings.Repeat("<!-- layout -->\n", 1000))
		n, _ := w.WriteString(warcRecord("response", address, page))
		for i := range 3 {
			m, _ := w.WriteString(warcRecord("response", fmt.Sprintf("%s/%d.jpg", address, i), picture))
			n += m
		}
		written += n
	}
	return pages
}
