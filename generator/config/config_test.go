package config

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"broadsheet/generator/diag"
)

func TestParse(t *testing.T) {
	s, list := Parse([]byte("title = 'The Harbour Chronicle'\nbase_url = 'https://example.org/archive'\n[tags]\nassign = 'all'\n"))
	if len(list) > 0 {
		t.Fatal(list)
	}
	if s.BaseURL != "https://example.org/archive/" || s.BasePath() != "/archive/" {
		t.Errorf("base_url is %q, its path %q", s.BaseURL, s.BasePath())
	}
	if s, list := Parse([]byte("[import.map]\ntitle = 'Kop'\n")); s.Import.Map["title"] != "Kop" || len(list) > 0 {
		t.Errorf("import.map is %v, %v", s.Import.Map, list)
	}
	if s.Tags.Assign != "all" || s.Tags.MinArticles != 2 || !s.Entities.Recognize {
		t.Errorf("settings and defaults are not together: %+v", s)
	}
}

func TestParseRefuses(t *testing.T) {
	tests := map[string]string{
		"titel = 'x'\n":                                  `1:1 unknown key "titel"`,
		"\nbase_url = 'example.org'\n":                   `2:1 base_url is no web address`,
		"base_url = 'https://e.org/?x=1'":                `1:1 base_url is no web address`,
		"language = 'tlhhhhhhhhhh'":                      `1:1 unknown language`,
		"[rights]\ndefault = 'secret'":                   `2:1 unknown rights`,
		"[ingest]\ndate_order = 'us'":                    `2:1 ingest.date_order has the unknown value`,
		"[tags]\nassign = 'some'":                        `2:1 tags.assign has the unknown value`,
		"[tags]\n[entities]\n  min_articles = 0":         `3:3 entities.min_articles must be at least 1`,
		"permalink = 'a/{year}.html'":                    `1:1 permalink "a/{year}.html" has no {slug}`,
		"permalink = 'a/{yaer}/{slug}.html'":             `1:1 permalink has the unknown part {yaer}`,
		"permalink = 'a/../{slug}.html'":                 `is no path below the site`,
		"permalink = 'a/{slug}'":                         `does not end in .html`,
		"contact = 'javascript:alert(1)'":                `1:1 contact leads nowhere`,
		"menu = [{ label = 'x', url = 'javascript:x' }]": `1:1 the menu entry "x" leads nowhere`,
		"menu = [{ label = 'About' }]":                   `1:1 a menu entry needs a label and a url`,
		"title = 'x'\n[[menu]]\nlabel = 'About'":         `2:1 a menu entry needs a label and a url`,
		"[tags] # of mine\nassign = 'some'":              `2:1 tags.assign has the unknown value`,
		"[import]\nmap = 'x'":                            `2:`,
		"[import.map]\ntitle = 1":                        `2:`,
		"contact = 'archive@example.org'":                `1:1 contact leads nowhere: "archive@example.org"`,
		"[rights]\ndefault = 'x'\n[tags]\nassign=":       ``,
	}
	for src, want := range tests {
		_, list := Parse([]byte(src))
		if list.Err() == nil {
			t.Errorf("%q was taken", src)
			continue
		}
		if got := fmt.Sprintf("%d:%d %s", list[0].Line, list[0].Col, list[0].Message); !strings.Contains(got, want) {
			t.Errorf("%q: %s, want %s", src, got, want)
		}
	}
}

// TestSettingsAreAllOfThem holds the table of settings to the struct that is read: every key, its default, no other.
func TestSettingsAreAllOfThem(t *testing.T) {
	documented := map[string]string{}
	var src strings.Builder
	for _, s := range Settings() {
		documented[s.Key] = s.Default
		fmt.Fprintf(&src, "%s = %s\n", s.Key, s.Default)
	}
	for _, key := range keys(reflect.TypeFor[Site](), "") {
		if _, found := documented[key]; !found {
			t.Errorf("%s is read and not documented", key)
		}
		delete(documented, key)
	}
	for key := range documented {
		t.Errorf("%s is documented and not read", key)
	}
	var s Site
	if list := diag.DecodeTOML(File, []byte(src.String()), &s); len(list) > 0 {
		t.Fatal(list)
	}
	if want := Default(); fmt.Sprintf("%+v", s) != fmt.Sprintf("%+v", want) {
		t.Errorf("the documented defaults are\n%+v, those used\n%+v", s, want)
	}
}

func TestReadmeHasEverySetting(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Settings() {
		if !strings.Contains(string(readme), "`"+s.Key+"`") {
			t.Errorf("README.md does not name the setting `%s`", s.Key)
		}
	}
}

func keys(t reflect.Type, prefix string) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		key := prefix + f.Tag.Get("toml")
		if f.Type.Kind() == reflect.Struct {
			names = append(names, keys(f.Type, key+".")...)
		} else {
			names = append(names, key)
		}
	}
	return names
}
