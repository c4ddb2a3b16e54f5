package intake

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"strings"
	"testing"
)

// warcRecord is one record as a crawler writes it.
func warcRecord(kind, address, content string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
		kind, address, len(content), content)
}

func httpAnswer(status, header, body string) string {
	return "HTTP/1.1 " + status + "\r\n" + header + "\r\n\r\n" + body
}

func storyPage(headline string) string {
	words := strings.Repeat("The strike in the harbour ended on Friday, after four weeks, the union said. ", 5)
	return "<html><head><title>" + headline + "</title><meta name='date' content='2002-04-05'></head><body><article><h1>" + headline + "</h1><p>" + words + "</p><p>" + words + "</p></article></body></html>"
}

func zipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(s))
	z.Close()
	return b.String()
}

const typeHTML = "Content-Type: text/html; charset=utf-8"

// captured is what a crawler brings home of one site.
func captured() []string {
	story := storyPage("Strike ends")
	return []string{
		warcRecord("warcinfo", "", "software: x"),
		warcRecord("request", "https://example.org/1", "GET /1 HTTP/1.1\r\n\r\n"),
		warcRecord("response", "https://example.org/1", httpAnswer("200 OK", typeHTML, story)),
		warcRecord("response", "https://example.org/old", httpAnswer("301 Moved", "Location: /1", "")),
		warcRecord("response", "https://example.org/a.png", httpAnswer("200 OK", "Content-Type: image/png", "\x89PNG\x1f\x8b\x08\x00")),
		warcRecord("response", "https://example.org/zip", httpAnswer("200 OK", typeHTML+"\r\nContent-Encoding: gzip", zipped(storyPage("Zipped")))),
		warcRecord("response", "https://example.org/chunked", httpAnswer("200 OK", typeHTML+"\r\nTransfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(story), storyPage("Chunk ends!")))),
		warcRecord("response", "https://example.org/undone", httpAnswer("200 OK", typeHTML+"\r\nTransfer-Encoding: chunked", storyPage("Coding undone"))),
		warcRecord("response", "https://example.org/latin", httpAnswer("200 OK", "Content-Type: text/html; charset=iso-8859-1", storyPage("Caf\xe9"))),
		warcRecord("response", "https://example.org/note.txt", httpAnswer("200 OK", "Content-Type: text/plain", "A note\r\nin two lines\r\n")),
		warcRecord("response", "https://example.org/1", httpAnswer("200 OK", typeHTML, story)),
		warcRecord("response", "https://example.org/broken", "no answer at all"),
	}
}

// TestWARC reads one capture in its three forms: plain, a gzip member a record, one member for all.
func TestWARC(t *testing.T) {
	const want = "{New:6 Changed:0 Same:0 Edited:0 Duplicates:1 Broken:1 Passed:map[answer 301:1 image/png:1 request:1 warcinfo:1]"
	plain := strings.Join(captured(), "")
	var members strings.Builder
	for _, record := range captured() {
		members.WriteString(zipped(record))
	}
	var first map[string]string
	for name, capture := range map[string]string{"a.warc": plain, "b.warc.gz": members.String(), "c.warc.gz": zipped(plain)} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			writeFile(t, "in/"+name, capture)
			report := importAll(t, "", nil)
			if !strings.Contains(report, want) {
				t.Errorf("%s", report)
			}
			got := readTree(t, "out")
			for _, file := range []string{"strike-ends", "zipped", "chunk-ends", "coding-undone", "café"} {
				if page := got["out/2002/04/2002-04-05-"+file+".md"]; !strings.Contains(page, "after four weeks") {
					t.Errorf("%s: %q", file, page)
				}
			}
			if note := got["out/undated/note.txt"]; note != "A note\nin two lines\n" {
				t.Errorf("note: %q", note)
			}
			if first == nil {
				first = got
			}
			if len(first) != len(got) {
				t.Errorf("%d files, another form gives %d", len(got), len(first))
			}
		})
	}
}

// TestOddAnswers holds what becomes of a single record, as a WARC has it.
func TestOddAnswers(t *testing.T) {
	story := storyPage("Strike ends")
	answer := func(header, body string) string {
		return warcRecord("response", "https://example.org/1", httpAnswer("200 OK", header, body))
	}
	for _, test := range []struct{ name, capture, want, said string }{
		{"a page", answer(typeHTML, story), "{New:1 ", ""},
		{"a name that was looked up", strings.Replace(warcRecord("response", "dns:example.org", "20240102\nexample.org. 1 IN A 192.0.2.1\n"), "application/http; msgtype=response", "text/dns", 1), "Passed:map[text/dns:1]", ""},
		{"a page met before", warcRecord("revisit", "https://example.org/1", "HTTP/1.1 200 OK\r\n\r\n"), "Passed:map[revisit:1]", ""},
		{"brotli", answer(typeHTML+"\r\nContent-Encoding: br", "\x1b\x3c\x00<\xf8"), "Broken:1 ", `compressed with "br", which is not read`},
		{"brotli undone", answer(typeHTML+"\r\nContent-Encoding: br", story), "{New:1 ", ""},
		{"gzip cut short", answer(typeHTML+"\r\nContent-Encoding: gzip", zipped(story)[:150]), "{New:1 ", "the page breaks off"},
		{"gzip undone", answer(typeHTML+"\r\nContent-Encoding: gzip", story), "{New:1 ", ""},
		{"no gzip", answer(typeHTML+"\r\nContent-Encoding: gzip", "\x1f\x8b\x00\x00"), "Broken:1 ", "gzip"},
		{"gzip of a page too long", answer(typeHTML+"\r\nContent-Encoding: gzip", zipped(strings.Repeat("<p>words</p>", mostBytes/10))), "Broken:1 ", "longer than 16 MB"},
		{"a page too long", answer(typeHTML, strings.Repeat("<p>words</p>", mostBytes/10)), "Broken:1 ", "longer than 16 MB"},
		{"a film", answer("Content-Type: video/mp4", strings.Repeat("film", mostBytes/3)), "Passed:map[video/mp4:1]", ""},
		{"chunks that break off", answer(typeHTML+"\r\nTransfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s", len(story)+100, story)), "{New:1 ", "the page breaks off"},
		{"no lines", strings.Repeat("x", 1<<20), "Broken:1 ", "a line without an end"},
		{"a header without an end", "WARC/1.0\r\n" + strings.Repeat("a: b\r\n", mostHeader/4), "Broken:1 ", "a header without an end"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			writeFile(t, "in/a.warc", test.capture)
			report := importAll(t, "", nil)
			if !strings.Contains(report, test.want) || !strings.Contains(report, test.said) || test.said == "" && !strings.HasPrefix(report, "{") {
				t.Errorf("want %s and %q:\n%s", test.want, test.said, report)
			}
		})
	}
}

// TestDamagedWARC holds that damage costs the records it hits and is reported.
func TestDamagedWARC(t *testing.T) {
	record := func(n int) string {
		return warcRecord("response", fmt.Sprintf("https://example.org/%d", n), httpAnswer("200 OK", typeHTML, storyPage(fmt.Sprintf("Story %d", n))))
	}
	second := zipped(record(2))
	for _, test := range []struct{ name, capture, want string }{
		{"a.warc", record(1) + strings.Replace(record(2), "WARC/1.0", "GARBAGE", 1) + record(3), "{New:2 "},
		{"a.warc", record(1) + strings.Replace(record(2), "Content-Length: ", "Content-Length: 1", 1) + record(3), "{New:2 "},
		{"a.warc", record(1) + strings.Replace(record(2), "Content-Length", "Content-Depth", 2) + record(3), "{New:2 "},
		{"a.warc", record(1) + record(3)[:400], "{New:1 "},
		{"a.warc.gz", zipped(record(1)) + second[:60] + "????" + second[64:] + zipped(record(3)), "{New:2 "},
		{"a.warc.gz", zipped(record(1)) + "rubbish" + zipped(record(3)), "{New:2 "},
		{"a.warc.gz", zipped(record(1)) + second[:100], "{New:1 "},
	} {
		t.Chdir(t.TempDir())
		writeFile(t, "in/"+test.name, test.capture)
		report := importAll(t, "", nil)
		if !strings.Contains(report, test.want) || !strings.Contains(report, "Broken:1 ") {
			t.Errorf("want %s and one broken:\n%s", test.want, report)
		}
	}
}
