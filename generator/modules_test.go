package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestContributingHasEveryModule holds CONTRIBUTING.md to go.mod: each module it requires is there with its reason.
func TestContributingHasEveryModule(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	contributing, err := os.ReadFile("../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	direct, _, _ := strings.Cut(string(mod), "// indirect")
	modules := regexp.MustCompile(`(?m)^\t(\S+) v`).FindAllStringSubmatch(direct[:strings.LastIndex(direct, "\n")], -1)
	if len(modules) < 10 {
		t.Fatalf("go.mod names only %d modules", len(modules))
	}
	for _, m := range modules {
		if short := strings.TrimPrefix(m[1], "github.com/"); !strings.Contains(string(contributing), short+"`") {
			t.Errorf("CONTRIBUTING.md does not say why %s is there", m[1])
		}
	}
}
