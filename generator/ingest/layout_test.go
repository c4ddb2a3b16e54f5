package ingest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestWrappedTextsAreMadeWhole breaks the paragraphs of texts at columns, a few of them or all, and asks for them back:
// parted by blank lines, where hardly one may be missed; by indents alone; and by nothing but a last line that is short,
// where one in ten that fills its line cannot be told.
func TestWrappedTextsAreMadeWhole(t *testing.T) {
	columns := []int{60, 72, 80, 108, 132}
	for _, parted := range []struct {
		by    string
		floor float64
	}{{"\n\n", 0.995}, {"\n    ", 0.92}, {"\n", 0.69}} {
		whole, all, figures := 0, 0, ""
		for n, column := range columns {
			good, asked := 0, 0
			for i, paragraphs := range paragraphsOfTexts(t) {
				if i%len(columns) != n {
					continue
				}
				for _, size := range []int{1, 2, 4, len(paragraphs)} {
					some := paragraphs[:min(size, len(paragraphs))]
					got := bodyParagraphs("Harbour Wall Gives Way\n\n" + broken(some, column, parted.by))
					for _, p := range bodyParagraphs("Harbour Wall Gives Way\n\n" + strings.Join(some, "\n\n") + "\n") {
						asked++
						if slices.Contains(got, p) {
							good++
						}
					}
				}
			}
			whole, all = whole+good, all+asked
			figures += fmt.Sprintf("; %d of %d at %d", good, asked, column)
		}
		t.Logf("parted by %q%s", parted.by, figures)
		if float64(whole) < parted.floor*float64(all) {
			t.Errorf("parted by %q: %d of %d paragraphs, below the floor of %v", parted.by, whole, all, parted.floor)
		}
	}
}

// paragraphsOfTexts is the paragraphs of each text of the folder -texts that has blank lines between them.
func paragraphsOfTexts(t *testing.T) [][]string {
	var all [][]string
	err := filepath.WalkDir(*texts, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".txt" {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var paragraphs []string
		for _, p := range bodyParagraphs(string(src)) {
			if strings.Contains(p, "\n") {
				return nil // it keeps lines: a page, verse, a table
			}
			paragraphs = append(paragraphs, squeeze(p))
		}
		all = append(all, paragraphs)
		return nil
	})
	if err != nil || len(all) < 20 {
		t.Fatalf("%d texts in %s, %v", len(all), *texts, err)
	}
	return all
}

func bodyParagraphs(src string) []string {
	a, _ := Read("f.txt", []byte(src), Options{})
	return strings.Split(strings.TrimSuffix(unescape(a.Body), "\n"), "\n\n")
}

// broken is the paragraphs, each broken at a column, as a typist or a terminal does it.
func broken(paragraphs []string, column int, parting string) string {
	indent := strings.Repeat(" ", strings.Count(parting, " "))
	var b strings.Builder
	for i, p := range paragraphs {
		if i > 0 {
			b.WriteString(strings.TrimSuffix(parting, indent))
		}
		b.WriteString(indent)
		width := len(indent)
		for j, word := range strings.Fields(p) {
			n := utf8.RuneCountInString(word)
			switch {
			case j == 0:
			case width+1+n > column:
				b.WriteByte('\n')
				width = 0
			default:
				b.WriteByte(' ')
				width++
			}
			b.WriteString(word)
			width += n
		}
	}
	return b.String() + "\n"
}

// TestLinesOfTheirOwnStay holds that what has lines of its own keeps them amid paragraphs, whether these are broken at a
// column or not.
func TestLinesOfTheirOwnStay(t *testing.T) {
	prose := []string{
		"The harbour wall gave way at three in the morning on Monday, and the sea came into the lower streets of the town, where the North Yorkshire Fire Brigade had gone from door to door on Sunday evening.",
		"Engineers had warned of a weak place in the wall two years ago, and the Harbour Board had set money aside for it, as Captain John Roe of the board told the Chronicle. The board will meet on Tuesday.",
	}
	for name, block := range map[string]string{
		"verse":     "The river ran before the town,\nThe town before the mill,\nAnd they that pulled the old bridge down\nAre talking of it still.",
		"table":     "Port        Boats   Baskets\nWesthaven      12    30,218\nOld Quay        4    11,100\nNorth Pier      1       212",
		"even rows": "Westhaven   12 30,218\nOld Quay    04 11,100\nNorth Pier  01 00,212\nSouth Pier  07 09,212",
		"tabs":      "Port\tBoats\tBaskets\nWesthaven\t12\t30,218\nOld Quay\t4\t11,100",
		"agate":     "Whitby 3, Scarborough 1 (1-0)\nRobin Hood's Bay 0, Filey 0\nWhitby: Roe 12, 40, Smith 71\nAttendance: 1,204",
		"list":      "- first grade\n- second grade\n- what is left",
		"numbers":   "1. The wall is to be mended.\n2. The Harbour Board pays for it\n3. Nobody goes near it",
		"address":   "The Harbour Office\n12 Long Street\nWhitby\nNorth Yorkshire",
		"signature": "Jane Doe\nChairman, Harbour Board",
		"names":     "Chairman: Jane Doe\nSecretary: John Roe\nTreasurer: Mary Major",
	} {
		for _, column := range []int{60, 72, 80, 108, 1000} {
			src := "Harbour Wall Gives Way in Storm\n\n" + broken(prose[:1], column, "\n\n") + "\n" + block + "\n\n" + broken(prose[1:], column, "\n\n")
			got := strings.Join(bodyParagraphs(src), "\n\n")
			for line := range strings.Lines(block) {
				if line = strings.TrimSpace(line); !slices.Contains(strings.Split(got, "\n"), line) {
					t.Errorf("%s at %d: %q is no line of its own in\n%s", name, column, line, got)
					break
				}
			}
			for _, p := range prose {
				if !strings.Contains(got, p) {
					t.Errorf("%s at %d: no paragraph %q in\n%s", name, column, p, got)
				}
			}
		}
	}
}
