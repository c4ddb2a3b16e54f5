package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"broadsheet/generator/entity/gazetteer"
)

func sources() (vocab, texts fstest.MapFS) {
	row := func(name, plain, code, country, population string) string {
		cells := make([]string, 15)
		cells[1], cells[2], cells[7], cells[8], cells[14] = name, plain, code, country, population
		return strings.Join(cells, "\t")
	}
	file := func(lines ...string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
	}
	return fstest.MapFS{
			"geonames/cities15000.txt": file(row("Seoul", "Seoul", "PPLC", "KR", "10349312"), row("São Paulo", "Sao Paulo", "PPLA", "BR", "12400232")),
			"geonames/countryInfo.tsv": file("#ISO\tISO3\tN\tfips\tCountry", "KR\tKOR\t410\tKS\tSouth Korea", "NL\tNLD\t528\tNL\tThe Netherlands"),
			"geonames/regionInfo.tsv":  file("region_code\tname\tname_ascii", "AD.06\tSant Julià\tSant Julia"),
			"census-names/male.tsv":    file("name\tcumulative_percent", "James\t3.3"),
			"census-names/female.tsv":  file("name\tcumulative_percent", "Mary\t2.6", "James\t99"),
			"census-names/surname.tsv": file("name\tcumulative_percent", "Smith\t1.0"),
		}, fstest.MapFS{
			"a.txt": file("The talks. talks in Seoul", "talks went on; once", "e-mail 3rd don't"),
			"b.md":  file("once once once"),
		}
}

func TestCompile(t *testing.T) {
	vocab, texts := sources()
	lists, err := compile(vocab, texts, os.DirFS("../lists"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, l := range lists {
		got[l.name] = l.entries
	}
	for name, want := range map[string][]string{
		"surname": {"Smith"}, "common": {"talks"}, "country": {"South Korea", "Netherlands"}, "region": {"Sant Julià", "Sant Julia"},
		"city": {"São Paulo\tBR\t12400", "Sao Paulo\tBR\t12400", "*Seoul\tKR\t10349"},
	} {
		if !slices.Equal(got[name], want) {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
	if given := got["given"]; !slices.Contains(given, "Abdullah") || given[len(given)-1] != "Mary" {
		t.Errorf("given names do not hold ours and the census's: %q", given[len(given)-3:])
	}
}

func TestPackIsTheSameEachTime(t *testing.T) {
	vocab, texts := sources()
	var packed [2][]byte
	for i := range packed {
		lists, err := compile(vocab, texts, os.DirFS("../lists"))
		if err != nil {
			t.Fatal(err)
		}
		packed[i] = pack(lists)
	}
	if !bytes.Equal(packed[0], packed[1]) {
		t.Error("the same sources gave different bytes")
	}
	text, err := gzip.NewReader(bytes.NewReader(packed[0]))
	if err != nil {
		t.Fatal(err)
	}
	if all, err := io.ReadAll(text); err != nil || !bytes.HasPrefix(all, []byte("[given]\n")) {
		t.Errorf("%.40q, %v", all, err)
	}
}

func TestMissingSource(t *testing.T) {
	vocab, texts := sources()
	delete(vocab, "geonames/countryInfo.tsv")
	if _, err := compile(vocab, texts, os.DirFS("../lists")); err == nil {
		t.Error("no error without countries")
	}
}

// TestShippedHoldsOurLists fails when lists/ was edited and names.txt.gz was not made again.
func TestShippedHoldsOurLists(t *testing.T) {
	var c compiler
	c.ownLists(os.DirFS("../lists"))
	if c.err != nil {
		t.Fatal(c.err)
	}
	shipped := map[string]bool{}
	for list, entry := range gazetteer.Entries() {
		shipped[list+"\t"+entry] = true
	}
	for _, l := range c.lists {
		for _, entry := range l.entries {
			if !shipped[l.name+"\t"+entry] {
				t.Errorf("%s %q is not in names.txt.gz; run make", l.name, entry)
			}
		}
	}
}
