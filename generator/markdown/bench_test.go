package markdown

import (
	"strings"
	"testing"

	"broadsheet/generator/news"
)

// A 300-word article in eight paragraphs with a heading, some emphasis, a link and twenty names.
func article() ([]byte, Options) {
	const paragraph = `The council of *Harbour Bay* voted on Tuesday to restart the talks that had stalled in March, when
Mayor Jane Roe left the room. Mr. Doe, who chairs the committee, said the port "would not wait" for another
season & that the [ferry line](https://example.org/ferry) had to be back by June.

`
	body := []byte("## Background\n\n" + strings.Repeat(paragraph, 8))
	text := Parse(body).Text()
	var o Options
	for at := 0; ; {
		i := strings.Index(text[at:], "Jane Roe")
		if i < 0 {
			return body, o
		}
		o.Links = append(o.Links, Link{Span: news.Span{Start: at + i, End: at + i + 8}, URL: "../people/jane-roe/index.html", Class: "name person"})
		at += i + 8
	}
}

func BenchmarkParse(b *testing.B) {
	body, _ := article()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(body)
	}
}

func BenchmarkParseAndHTML(b *testing.B) {
	body, o := article()
	var page []byte
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		page = Parse(body).AppendHTML(page[:0], o)
	}
}
