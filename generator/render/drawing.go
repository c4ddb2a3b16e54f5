package render

import (
	"html/template"
	"strconv"
)

// Drawings are SVG inside the page, in whole units, so that every machine draws the same. What they show stands as text
// beside them, in a list or a table, so they are hidden from those who hear the page, and their links are for the mouse
// alone.

// Pair is two things of a list that stand in the same articles, by their places in it.
type Pair struct {
	A, B  int
	Count int // articles
}

// Pin is a place on a map of the world.
type Pin struct {
	Link
	X, Y int  // as Project has them
	Main bool // what the page is about
}

const chartHeight = 60

// chart is bars over time with their table.
func (w *Words) chart(root string, bars []Bar) template.HTML {
	if len(bars) == 0 {
		return ""
	}
	b := make([]byte, 0, 512+160*len(bars))
	b = appendNumber(append(b, `<div class="years" style="--n:`...), len(bars))
	b = appendNumber(append(b, `"><svg class="chart" viewBox="0 0 `...), 10*len(bars))
	b = append(b, ` 60" preserveAspectRatio="none" aria-hidden="true">`...)
	var plain []byte
	for i := range bars {
		bar := &bars[i]
		if bar.Count == 0 {
			continue
		}
		height := max(2, bar.Share*chartHeight/100)
		if bar.URL == "" {
			plain = appendBar(plain, i, height)
			continue
		}
		b = appendURL(append(b, `<a tabindex="-1" href="`...), href(root, bar.URL))
		b = appendEscaped(append(b, `"><title>`...), bar.Label)
		b = append(append(b, ": "...), w.Count(bar.Count, w.Article, w.Articles)...)
		b = appendBar(append(b, `</title><path d="`...), i, height)
		b = append(b, `"/></a>`...)
	}
	if plain != nil {
		b = append(append(append(b, `<path d="`...), plain...), `"/>`...)
	}
	b = append(b, `</svg><p class="ends"><span>`...)
	b = appendEscaped(b, bars[0].Label)
	b = appendEscaped(append(b, `</span> <span>`...), bars[len(bars)-1].Label)
	b = appendEscaped(append(b, `</span></p></div><details><summary>`...), w.AsTable)
	b = appendEscaped(append(b, `</summary><table><thead><tr><th scope="col">`...), w.Year)
	b = appendEscaped(append(b, `</th><th scope="col">`...), w.Articles)
	b = append(b, `</th></tr></thead><tbody>`...)
	for i := range bars {
		if bar := &bars[i]; bar.Count > 0 {
			b = appendLink(append(b, "\n<tr><td>"...), root, Link{Label: bar.Label, URL: bar.URL})
			b = append(append(append(b, "</td><td>"...), w.Number(bar.Count)...), "</td></tr>"...)
		}
	}
	return HTML(append(b, "\n</tbody></table></details>"...))
}

// appendBar is the n-th bar of a chart as a path: eight units wide, with two between.
func appendBar(b []byte, n, height int) []byte {
	b = strconv.AppendInt(append(b, 'M'), int64(10*n+1), 10)
	b = append(b, " 60v-"...)
	b = strconv.AppendInt(b, int64(height), 10)
	b = append(b, "h8v"...)
	return append(strconv.AppendInt(b, int64(height), 10), 'z')
}

// sines are those of 0, 5 … 90 degrees, in ten-thousandths.
var sines = [...]int{0, 872, 1736, 2588, 3420, 4226, 5000, 5736, 6428, 7071, 7660, 8192, 8660, 9063, 9397, 9659, 9848, 9962, 10000}

// sine is that of an angle in thousandths of a degree, in ten-thousandths.
func sine(angle int) int {
	const step, turn = 5_000, 360_000
	angle = (angle%turn + turn) % turn
	switch {
	case angle >= turn/2:
		return -sine(angle - turn/2)
	case angle > turn/4:
		angle = turn/2 - angle
	}
	if n := angle / step; n < len(sines)-1 {
		return sines[n] + (sines[n+1]-sines[n])*(angle%step)/step
	}
	return sines[len(sines)-1]
}

// around is the n-th of several points on an ellipse, from the top and with the clock, with its angle.
func around(n, of, x, y, width, height int) (atX, atY, angle int) {
	angle = 360_000*n/of - 90_000
	return x + width*sine(angle+90_000)/10_000, y + height*sine(angle)/10_000, angle
}

// network is a name in the middle, what it stands with around it.
func network(root string, others []Link, pairs []Pair) template.HTML {
	if len(others) < 3 {
		return ""
	}
	const x, y = 240, 165
	seat := func(n int) (int, int) { // none at the very top, where labels of both sides would meet
		atX, atY, _ := around(2*n+1, 2*len(others), x, y, 70, 140)
		return atX, atY
	}
	b := make([]byte, 0, 256+240*len(others))
	b = append(b, `<svg class="network" viewBox="0 0 480 330" aria-hidden="true"><path class="far" d="`...)
	for _, p := range pairs {
		x1, y1 := seat(p.A)
		x2, y2 := seat(p.B)
		b = appendLine(b, x1, y1, x2, y2)
	}
	b = append(b, `"/>`...)
	most := max(others[0].Count, 1)
	for n := range others {
		x1, y1 := seat(n)
		b = appendNumber(append(b, `<path class="w`...), 1+4*others[n].Count/most)
		b = append(appendLine(append(b, `" d="`...), x, y, x1, y1), `"/>`...)
	}
	b = append(b, `<circle class="main" cx="240" cy="165" r="8"/>`...)
	for n := range others {
		x1, y1 := seat(n)
		end, labelX := "", x1+10
		if x1 < x {
			end, labelX = ` class="end"`, x1-10
		}
		b = appendURL(append(b, `<a tabindex="-1" href="`...), href(root, others[n].URL))
		b = append(append(b, `"><circle r="5"`...), at(x1, y1)...)
		b = append(append(b, `/><text`...), end...)
		b = appendNumber(append(b, ` x="`...), labelX)
		b = appendNumber(append(b, `" y="`...), y1+6)
		b = appendEscaped(append(b, `">`...), short(others[n].Label))
		b = append(b, "</text></a>"...)
	}
	return template.HTML(append(b, "</svg>"...))
}

// short is a label that fits beside a dot.
func short(label string) string {
	const most = 17
	if r := []rune(label); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return label
}

// ring is names in a circle, their letters leading outwards.
func ring(root string, names []Link, pairs []Pair) template.HTML {
	const middle, radius = 380, 215
	if len(names) < 3 || len(pairs) == 0 {
		return ""
	}
	b := make([]byte, 0, 256+256*len(names)+128*len(pairs))
	b = append(b, `<svg class="ring" viewBox="0 0 760 760" aria-hidden="true">`...)
	most := 1
	for _, p := range pairs {
		most = max(most, p.Count)
	}
	for _, p := range pairs {
		x1, y1, _ := around(p.A, len(names), middle, middle, radius, radius)
		x2, y2, _ := around(p.B, len(names), middle, middle, radius, radius)
		b = appendNumber(append(b, `<path class="w`...), 1+4*p.Count/most)
		b = appendNumber(append(b, `" d="M`...), x1)
		b = appendNumber(append(b, ' '), y1)
		b = append(b, "Q380 380 "...)
		b = appendNumber(b, x2)
		b = appendNumber(append(b, ' '), y2)
		b = append(b, `"/>`...)
	}
	for n := range names {
		x, y, angle := around(n, len(names), middle, middle, radius+12, radius+12)
		turn, end := angle/1000, ""
		if (angle+360_000)%360_000 > 90_000 && (angle+360_000)%360_000 < 270_000 {
			turn, end = turn+180, ` class="end"`
		}
		b = appendURL(append(b, `<a tabindex="-1" href="`...), href(root, names[n].URL))
		b = append(append(b, `"><text dy="5"`...), end...)
		b = appendNumber(append(b, ` transform="translate(`...), x)
		b = appendNumber(append(b, ' '), y)
		b = appendNumber(append(b, ")rotate("...), turn)
		b = appendEscaped(append(b, `)">`...), short(names[n].Label))
		b = append(b, "</text></a>"...)
	}
	return template.HTML(append(b, "</svg>"...))
}

// dots is places on the map that world.svg draws.
func dots(root string, pins []Pin) template.HTML {
	if len(pins) == 0 {
		return ""
	}
	b := make([]byte, 0, 320+160*len(pins))
	b = append(b, `<div class="map"><img src="`...)
	b = append(appendURL(b, root), `world.svg" alt="" width="1000" height="440"><svg viewBox="0 0 1000 440" aria-hidden="true">`...)
	most := 1
	for i := range pins {
		most = max(most, pins[i].Count)
	}
	for i := range pins {
		p := &pins[i]
		b = appendURL(append(b, `<a tabindex="-1" href="`...), href(root, p.URL))
		b = appendEscaped(append(b, `"><title>`...), p.Label)
		b = append(b, `</title><circle`...)
		size := 4 + root2(100*p.Count/most)
		if p.Main {
			b, size = append(b, ` class="main"`...), 12
		}
		b = append(b, at(p.X, p.Y)...)
		b = appendNumber(append(b, ` r="`...), size)
		b = append(b, `"/></a>`...)
	}
	return template.HTML(append(b, "</svg></div>"...))
}

// root2 is the whole part of a square root: a dot's area, not its width, says how many.
func root2(n int) int {
	r := 0
	for (r+1)*(r+1) <= n {
		r++
	}
	return r
}

func at(x, y int) []byte {
	b := appendNumber([]byte(` cx="`), x)
	b = appendNumber(append(b, `" cy="`...), y)
	return append(b, '"')
}

func appendLine(b []byte, x1, y1, x2, y2 int) []byte {
	b = appendNumber(append(b, 'M'), x1)
	b = appendNumber(append(b, ' '), y1)
	b = appendNumber(append(b, 'L'), x2)
	return appendNumber(append(b, ' '), y2)
}

func appendNumber(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
