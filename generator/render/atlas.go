package render

import "broadsheet/generator/news"

// The map of the world is Robinson's projection, as he gave it: for every five degrees of latitude the length of the
// parallel and its distance from the equator, in ten-thousandths of the equator's length and of the pole's distance.
// (A. H. Robinson, A New Map Projection: Its Development and Characteristics, 1974.)
var (
	parallels = [...]int{10000, 9986, 9954, 9900, 9822, 9730, 9600, 9427, 9216, 8962, 8679, 8350, 7986, 7597, 7186, 6732, 6213, 5722, 5322}
	distances = [...]int{0, 620, 1240, 1860, 2480, 3100, 3720, 4340, 4958, 5571, 6176, 6769, 7346, 7903, 8435, 8936, 9394, 9761, 10000}
)

// The map is MapWidth wide and MapHeight high; the parts nearest the poles are cut off.
const (
	MapWidth  = 1000
	MapHeight = 440
	equator   = 250 // from the top
	pole      = 254 // from the equator
)

// Project is where a position stands on the map, from its top left.
func Project(at news.Position) (x, y int) {
	const step, half = 5 * news.Degree, 180 * news.Degree
	latitude := max(at.Latitude, -at.Latitude)
	n, rest := min(latitude/step, len(parallels)-2), 0
	rest = latitude - n*step
	between := func(table []int) int { return table[n] + (table[n+1]-table[n])*rest/step }
	x = MapWidth/2 + at.Longitude*between(parallels[:])/10_000*(MapWidth/2)/half
	y = between(distances[:]) * pole / 10_000
	if at.Latitude > 0 {
		y = -y
	}
	return x, equator + y
}
