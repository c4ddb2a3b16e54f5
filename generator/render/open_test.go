package render

import (
	"strings"
	"testing"
)

// ‹ stands where the construct begins that is open at the end; texts without it leave nothing open.
func TestOpenTag(t *testing.T) {
	for _, marked := range []string{
		"<p>x</p>\n‹<div\n",
		"<p>{{.A}}</p>‹<a href=\"x>{{.B}}</a>\n",
		"‹<a href={{.A}} title='{{\">\"}}",
		"<p>‹<!-- {{.A}}\n<p>",
		"‹<title>None\n<p>{{.A}}",
		"<p>‹<script>var x = {{.A}}",
		"<p>{{/* <a href=\"}} */}}</p>",
		"<a href=\"{{print \"}}\" .A}}\">x</a><!-- x --><style>p{}</style>",
	} {
		text := strings.Replace(marked, "‹", "", 1)
		offset, open := openTag(text)
		if want := strings.Index(marked, "‹"); open != (want >= 0) || open && offset != want {
			t.Errorf("%q: %d, %v", marked, offset, open)
		}
	}
}

func TestLoosePipes(t *testing.T) {
	for text, want := range map[string]int{
		"{{.A | }}":                     5,
		"x{{- .A|-}}":                   7,
		"{{print \"|\"}}{{.B | print}}": 0,
		"{{/* a | */}}":                 0,
	} {
		faults := loosePipes(map[string]string{"a.html": text}, "a.html")
		if len(faults) != min(want, 1) || want > 0 && faults[0].Col != want+1 {
			t.Errorf("%q: %v", text, faults)
		}
	}
}
