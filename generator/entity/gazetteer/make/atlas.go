package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
)

// town is a row of cities15000 as the atlas keeps it; positions in hundredths of a degree.
type town struct {
	name, plain      string
	country, region  string // codes: "US", "US.TX"
	population       int
	latitude, longit int
}

// chart makes the lists of the atlas. GeoNames gives countries and regions no position; theirs is the mean of their
// towns', by population.
func chart(vocab, ours fs.FS) ([]list, error) {
	var c compiler
	towns := c.towns(vocab)
	middle := map[string]string{}
	for code, of := range byCode(towns) {
		middle[code] = mean(of)
	}
	var countries, regions, cities []string
	for i, row := range c.rows(vocab, "geonames/countryInfo.tsv", 18) {
		if i > 0 {
			countries = append(countries, strings.Join([]string{strings.TrimPrefix(row[4], "The "), row[0], middle[row[0]], row[17]}, "\t"))
		}
	}
	for i, row := range c.rows(vocab, "geonames/regionInfo.tsv", 3) {
		if i > 0 && middle[row[0]] != "" {
			for _, name := range slices.Compact([]string{row[1], row[2]}) {
				regions = append(regions, strings.Join([]string{name, row[0], middle[row[0]]}, "\t"))
			}
		}
	}
	for _, t := range towns {
		for _, name := range slices.Compact([]string{t.name, t.plain}) {
			cities = append(cities, fmt.Sprintf("%s\t%s\t%s\t%d", name, t.region, position(t.latitude, t.longit), t.population/thousand))
		}
	}
	return []list{{"country", countries}, {"region", regions}, {"city", cities}, {"division", c.divisions(ours)}}, c.err
}

// divisions are the lines "CODE: form, form" of our list, an entry for each form.
func (c *compiler) divisions(ours fs.FS) []string {
	var divisions []string
	for _, line := range c.lines(ours, "divisions.txt") {
		if code, forms, found := strings.Cut(line, ": "); found && !strings.HasPrefix(line, "#") {
			for _, form := range split(forms) {
				divisions = append(divisions, form+"\t"+code)
			}
		}
	}
	return divisions
}

// towns are the rows of cities15000, the largest first.
func (c *compiler) towns(vocab fs.FS) []town {
	var towns []town
	for _, row := range c.rows(vocab, "geonames/cities15000.txt", 15) {
		t := town{name: row[1], plain: row[2], country: row[8], region: row[8] + "." + row[10]}
		t.population, _ = strconv.Atoi(row[14])
		t.latitude, t.longit = c.hundredths(row[4]), c.hundredths(row[5])
		towns = append(towns, t)
	}
	slices.SortStableFunc(towns, func(a, b town) int { return cmp.Compare(b.population, a.population) })
	return towns
}

func (c *compiler) hundredths(degrees string) int {
	d, err := strconv.ParseFloat(degrees, 64)
	c.err = cmp.Or(c.err, err)
	return int(math.Round(d * 100))
}

func byCode(towns []town) map[string][]town {
	m := map[string][]town{}
	for _, t := range towns {
		m[t.country] = append(m[t.country], t)
		m[t.region] = append(m[t.region], t)
	}
	return m
}

func mean(towns []town) string {
	var people, latitude, longitude int
	for _, t := range towns {
		p := max(1, t.population/thousand)
		people += p
		latitude += p * t.latitude
		longitude += p * t.longit
	}
	return position(latitude/people, longitude/people)
}

func position(latitude, longitude int) string { return fmt.Sprintf("%d\t%d", latitude, longitude) }
