package render

import (
	"math"
	"strings"
	"testing"
)

func TestSine(t *testing.T) {
	for angle := -360_000; angle <= 720_000; angle += 777 {
		want := 10_000 * math.Sin(float64(angle)/1000*math.Pi/180)
		if got := float64(sine(angle)); math.Abs(got-want) > 12 {
			t.Errorf("the sine of %d thousandths of a degree is %v, want %.0f", angle, got, want)
		}
	}
}

func TestChart(t *testing.T) {
	bars := []Bar{{"1916", "1916/index.html", 1, 1}, {"1917", "", 0, 0}, {"1918", "", 200, 100}}
	got := string(english.chart("../", bars))
	for _, want := range []string{
		`<svg class="chart" viewBox="0 0 30 60" preserveAspectRatio="none" aria-hidden="true">`,
		`<a tabindex="-1" href="../1916/index.html"><title>1916: 1 article</title><path d="M1 60v-2h8v2z"/></a>`, // seen, however few
		`<path d="M21 60v-60h8v60z"/>`,
		`<tr><td><a href="../1916/index.html">1916</a></td><td>1</td></tr>`, `<tr><td>1918</td><td>200</td></tr>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if english.chart("", nil) != "" {
		t.Error("a chart of nothing")
	}
}

func TestDrawingsStayInTheirFrame(t *testing.T) {
	var links []Link
	for range 40 {
		links = append(links, Link{Label: "Korean Peninsula Energy Development Organization", URL: "x.html", Count: 3})
		for n := range links {
			x, y, _ := around(n, len(links), 380, 380, 227, 227)
			if x < 150 || x > 610 || y < 150 || y > 610 {
				t.Fatalf("name %d of %d stands at %d, %d", n, len(links), x, y)
			}
		}
	}
	if drawn := string(ring("", links, []Pair{{0, 39, 2}})); strings.Count(drawn, "<text") != 40 || strings.Contains(drawn, "Organization") {
		t.Error("a ring of long names does not shorten them")
	}
	for _, few := range [][]Link{nil, links[:2]} {
		if network("", few, nil) != "" || ring("", few, nil) != "" {
			t.Errorf("a network of %d", len(few))
		}
	}
}

func TestShade(t *testing.T) {
	for count, want := range map[int]int{0: 0, 1: 1, 4: 1, 5: 2, 16: 2, 36: 3, 64: 4, 65: 5, 100: 5} {
		if got := Shade(count, 100); got != want {
			t.Errorf("%d of 100 has shade %d, want %d", count, got, want)
		}
	}
	if Shade(0, 0) != 0 || Shade(1, 1) != 5 {
		t.Error("a table of nothing, and one of a single article")
	}
}
