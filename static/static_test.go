package static

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func style(t *testing.T) string {
	t.Helper()
	text, err := Files.ReadFile("style.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// colors finds each custom property's two values: on light paper and on dark.
var colors = regexp.MustCompile(`--(\w+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);`)

// All that is read has a contrast of 4.5 to 1 with the paper, by day and by night (WCAG 2, 1.4.3).
func TestContrast(t *testing.T) {
	day, night := map[string]string{}, map[string]string{}
	for _, m := range colors.FindAllStringSubmatch(style(t), -1) {
		day[m[1]], night[m[1]] = m[2], m[3]
	}
	for _, name := range []string{"ink", "quiet", "accent"} {
		for _, scheme := range []map[string]string{day, night} {
			if scheme[name] == "" {
				t.Fatalf("no color --%s", name)
			}
			if c := contrast(t, scheme[name], scheme["paper"]); c < 4.5 {
				t.Errorf("--%s #%s on #%s: %.2f to 1", name, scheme[name], scheme["paper"], c)
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(t *testing.T, color string) float64 {
	n, err := strconv.ParseUint(color, 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*channel(16) + .7152*channel(8) + .0722*channel(0)
}

// A page asks nobody for anything: no font, picture or sheet from elsewhere.
func TestNoRequests(t *testing.T) {
	for _, ask := range []string{"url(", "@import", "@font-face"} {
		if strings.Contains(style(t), ask) {
			t.Errorf("style.css has %s", ask)
		}
	}
}

func TestWeight(t *testing.T) {
	if n := len(style(t)); n > 16<<10 {
		t.Errorf("style.css weighs %d bytes", n)
	}
}

func TestBracesClose(t *testing.T) {
	css := style(t)
	if open, closed := strings.Count(css, "{"), strings.Count(css, "}"); open != closed {
		t.Errorf("%d { and %d }", open, closed)
	}
}

func TestNoCodeIsEmbedded(t *testing.T) {
	code, err := fs.Glob(Files, "*.go")
	if err != nil || len(code) > 0 {
		t.Error(code, err)
	}
}
