package site

import (
	"bytes"
	"reflect"
	"testing"

	"broadsheet/generator/manifest"
)

// TestRemainsSurviveDamage cuts what is left of a plan off at every byte, and turns a bit of it: it is read whole or not at all,
// and for its own output alone.
func TestRemainsSurviveDamage(t *testing.T) {
	m := manifest.Manifest{{Path: "a.html"}, {Path: "dates/index.html"}, {Path: "people/x/index.html"}}
	left := &remains{
		digests: []manifest.Digest{{1}, {2}}, related: [][]int{{1}, nil},
		planned: map[string][]string{"dates": {"dates/index.html"}}, mapped: map[string]bool{"dates/index.html": true, "people/x/index.html": true},
	}
	whole := left.append(nil, "key", m)
	if got, ok := parseRemains(whole, "key", m); !ok || !reflect.DeepEqual(got, left) {
		t.Errorf("%+v is read as %+v", left, got)
	}
	if _, ok := parseRemains(whole, "kez", m); ok {
		t.Error("it is read for another key")
	}
	if _, ok := parseRemains(whole, "key", m[1:]); ok {
		t.Error("it is read for another output")
	}
	for n := range whole {
		turned := bytes.Clone(whole)
		turned[n] ^= 4
		for _, damaged := range [][]byte{whole[:n], turned} {
			if _, ok := parseRemains(damaged, "key", m); ok {
				t.Errorf("cut or turned at byte %d, it is read all the same", n)
			}
		}
	}
}
