package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"slices"
	"testing"

	"broadsheet/generator/news"
	"broadsheet/static"
)

var atlas = flag.String("atlas", "", "make static/world.svg of this file: land-110m.json of the npm package world-atlas")

// TestWorld draws the map when -atlas names the outlines, and holds it to what a page can bear.
func TestWorld(t *testing.T) {
	const name = "../../static/world.svg"
	if *atlas != "" {
		drawn, err := drawWorld(*atlas)
		if err == nil {
			err = os.WriteFile(name, drawn, 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	drawn, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(drawn) > 20<<10 {
		t.Errorf("the map weighs %d bytes", len(drawn))
	}
	decoder := xml.NewDecoder(bytes.NewReader(drawn))
	for err == nil {
		_, err = decoder.Token()
	}
	if err != io.EOF {
		t.Error(err)
	}
	if embedded, err := static.Files.ReadFile("world.svg"); err != nil || !bytes.Contains(embedded, []byte("public domain")) {
		t.Errorf("the map does not say whose it is: %v", err)
	}
}

// topology is the part of TopoJSON that outlines need: arcs in whole units, each point but the first as a difference.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]int
	Objects   struct {
		Land struct{ Geometries []struct{ Arcs [][][]int } }
	}
}

func drawWorld(name string) ([]byte, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var world topology
	if err := json.Unmarshal(text, &world); err != nil {
		return nil, err
	}
	b := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 440"><!-- Outlines: Natural Earth, in the public domain --><style>path{fill:#d9d2c5}@media(prefers-color-scheme:dark){path{fill:#3a3630}}</style><path d="`)
	for _, polygon := range world.Objects.Land.Geometries[0].Arcs {
		for _, ring := range polygon {
			points := world.points(ring)
			for _, turn := range []float64{-360, 0, 360} { // what lies across the date line is drawn on both sides
				b = appendRing(b, clip(clip(shifted(points, turn), -180, 1), 180, -1))
			}
		}
	}
	return append(b, "\"/></svg>\n"...), nil
}

// point is a longitude and a latitude.
type point [2]float64

// points is a ring of arcs, its longitudes without a jump at the date line. An arc's number that is below 0 is that of its
// complement, read backwards; where two arcs meet the point stands in both.
func (w *topology) points(ring []int) (points []point) {
	for _, number := range ring {
		arc := w.arc(max(number, ^number))
		if number < 0 {
			slices.Reverse(arc)
		}
		for _, p := range arc {
			if last := len(points) - 1; last >= 0 {
				for p[0]-points[last][0] > 180 {
					p[0] -= 360
				}
				for p[0]-points[last][0] < -180 {
					p[0] += 360
				}
			}
			points = append(points, p)
		}
	}
	return points
}

func (w *topology) arc(number int) (points []point) {
	x, y := 0, 0
	for _, step := range w.Arcs[number] {
		x, y = x+step[0], y+step[1]
		points = append(points, point{
			float64(x)*w.Transform.Scale[0] + w.Transform.Translate[0],
			float64(y)*w.Transform.Scale[1] + w.Transform.Translate[1],
		})
	}
	return points
}

func shifted(points []point, turn float64) []point {
	moved := slices.Clone(points)
	for n := range moved {
		moved[n][0] += turn
	}
	return moved
}

// clip is the part of a ring on one side of a meridian: east of it where side is 1, west where it is -1.
func clip(ring []point, meridian, side float64) (kept []point) {
	for n, p := range ring {
		q := ring[(n+1)%len(ring)]
		here, there := side*(p[0]-meridian) >= 0, side*(q[0]-meridian) >= 0
		if here {
			kept = append(kept, p)
		}
		if here != there {
			kept = append(kept, point{meridian, p[1] + (q[1]-p[1])*(meridian-p[0])/(q[0]-p[0])})
		}
	}
	return kept
}

// appendRing writes a ring, but for islands of a point or two and the continent around the south pole, which is cut off.
func appendRing(b []byte, ring []point) []byte {
	var points [][2]int
	for _, p := range ring {
		if p[1] < -60 {
			return b
		}
		x, y := Project(news.Position{Latitude: int(p[1] * news.Degree), Longitude: int(p[0] * news.Degree)})
		if last := len(points) - 1; last < 0 || points[last] != [2]int{x, y} {
			points = append(points, [2]int{x, y})
		}
	}
	if len(points) < 4 {
		return b
	}
	b = appendNumber(append(b, 'M'), points[0][0])
	b = appendNumber(append(b, ' '), points[0][1])
	b = append(b, 'l')
	for n := 1; n < len(points); n++ {
		for axis := range 2 {
			d := points[n][axis] - points[n-1][axis]
			if d >= 0 && (axis == 1 || n > 1) {
				b = append(b, ' ')
			}
			b = appendNumber(b, d)
		}
	}
	return append(b, 'z')
}

func TestProject(t *testing.T) {
	for _, test := range []struct{ latitude, longitude, x, y int }{
		{0, 0, 500, equator},
		{90 * news.Degree, 0, 500, equator - pole},
		{0, 180 * news.Degree, 1000, equator},
		{0, -180 * news.Degree, 0, equator},
		{45 * news.Degree, 90 * news.Degree, 500 + 250*8962/10000, equator - 254*5571/10000},
		{-45 * news.Degree, 0, 500, equator + 254*5571/10000},
	} {
		x, y := Project(news.Position{Latitude: test.latitude, Longitude: test.longitude})
		if dx, dy := x-test.x, y-test.y; dx*dx > 1 || dy*dy > 1 {
			t.Errorf("%d, %d stands at %d, %d, want %d, %d", test.latitude, test.longitude, x, y, test.x, test.y)
		}
	}
}
