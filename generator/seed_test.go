package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// inspectOne is what inspect says of one file.
func inspectOne(t *testing.T, args ...string) article {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), append([]string{"inspect"}, args...), &stdout, &stderr); code != 0 {
		t.Fatalf("inspect: %d\n%s", code, stderr.String())
	}
	var a article
	if err := json.Unmarshal(stdout.Bytes(), &a); err != nil {
		t.Fatalf("%v in\n%s", err, stdout.String())
	}
	return a
}

// names is the entities of a kind, by name.
func (a article) names(kind string) []string {
	var names []string
	for _, e := range a.Entities {
		if e.Kind.String() == kind {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	return names
}

// seed is the article the project began with, as it was scraped.
const seed = "../content/voa/north-south-korea.txt"

// TestSeed reads it with nothing said about it, as a stranger's archive would be.
func TestSeed(t *testing.T) {
	dir := t.TempDir()
	src, err := os.ReadFile(seed)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "north-south-korea.txt")
	if err := os.WriteFile(file, src, 0o666); err != nil {
		t.Fatal(err)
	}
	a := inspectOne(t, "--site", t.TempDir(), file)
	if a.Title != "North, South Korea Close to Restarting Peace Process" || a.Date != "" {
		t.Errorf("title %q, date %q", a.Title, a.Date)
	}
	var removed []string
	for _, r := range a.Removed {
		removed = append(removed, r.Text)
	}
	equal(t, "removed", removed, "Accessibility links", "Breaking News")
	equal(t, "people", a.names("person"), "Bush", "Kim Jong Il", "Lee Chung-min", "Lim Dong-won")
	equal(t, "places", a.names("place"), "Korean Peninsula", "North Korea", "Pyongyang", "Seoul", "South Korea", "United States", "Washington")
	equal(t, "organizations", a.names("organization"), "Korean Energy Development Organization", "Yonsei University")
	for name, surface := range map[string]string{
		"Kim Jong Il": "Kim Jung Il", "Lim Dong-won": "Lim", "Lee Chung-min": "Lee", "North Korea": "the North",
		"Korean Energy Development Organization": "KEDO", "United States": "U.S.",
	} {
		if !slices.ContainsFunc(a.Entities, func(e entity) bool { return e.Name == name && slices.Contains(e.Surfaces, surface) }) {
			t.Errorf("%q is not among the forms of %s", surface, name)
		}
	}
	for _, m := range a.Mentions {
		if a.Text[m.Start:m.End] != m.Text {
			t.Errorf("a mention of %q stands at %q", m.Text, a.Text[m.Start:m.End])
		}
	}
}

// TestSeedWithEntries reads it as the demonstration archive does: with its entry KEDO has its full name, and the text
// is unchanged.
func TestSeedWithEntries(t *testing.T) {
	a := inspectOne(t, "--site", "..", seed)
	equal(t, "organizations", a.names("organization"), "Korean Peninsula Energy Development Organization", "Yonsei University")
	if !strings.Contains(a.Text, "The Korean Energy Development Organization, or KEDO,") {
		t.Error("the text has changed")
	}
}

func equal(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}
