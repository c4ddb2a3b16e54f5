package tagger

import (
	"bytes"
	"testing"

	"broadsheet/generator/news"
)

// small is a model of two features: one says that a word begins a person's name, one that it ends one.
func small() *Model {
	var next [Tags]Weights
	next[tagOf(news.Person, begin)][tagOf(news.Person, last)] = 3
	m := New(2, next)
	first, second := Weights{}, Weights{}
	first[tagOf(news.Person, begin)], second[tagOf(news.Person, last)] = 20, 7
	m.Add(7, first)
	m.Add(1<<31+3, second)
	return m
}

func TestBest(t *testing.T) {
	m := small()
	var d Decoder
	for range 2 { // the second time with the memory of the first
		d.Reset()
		for _, features := range [][]uint32{{5}, {7, 5}, {1<<31 + 3}, nil} {
			d.Add(m.Sum(features), m.Next())
		}
		want := []Tag{0, 0, 0, 0}
		Name(want[1:3], news.Person)
		if got := d.Best(nil); !bytes.Equal(asBytes(got), asBytes(want)) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	d.Reset()
	if got := d.Best(nil); len(got) != 0 {
		t.Errorf("%v of nothing", got)
	}
}

func asBytes(tags []Tag) (b []byte) {
	for _, t := range tags {
		b = append(b, byte(t))
	}
	return b
}

// TestFollows holds every row of tags that Best may make to whole names.
func TestFollows(t *testing.T) {
	for _, kind := range news.Kinds {
		tags := make([]Tag, 3)
		Name(tags, kind)
		if !tags[0].opens() || tags[0].Closes() || !tags[1].follows(tags[0]) || !tags[2].follows(tags[1]) || !tags[2].Closes() {
			t.Errorf("%v is no name", tags)
		}
		if tags[2].follows(0) || Tag(0).follows(tags[1]) || tags[0].follows(tags[0]) {
			t.Errorf("%v may be broken", tags)
		}
		Name(tags[:1], kind)
		if !tags[0].opens() || !tags[0].Closes() || tags[0].Kind() != kind {
			t.Errorf("%v is no name of one word", tags[0])
		}
	}
}

func TestBytes(t *testing.T) {
	b := small().Bytes()
	m, err := Read(b)
	if err != nil || m.Size() != 2 {
		t.Fatalf("%d features: %v", m.Size(), err)
	}
	if !bytes.Equal(b, m.Bytes()) {
		t.Error("read and written again it is another")
	}
	if m.Sum([]uint32{7, 1<<31 + 3, 9}) != small().Sum([]uint32{7, 1<<31 + 3}) {
		t.Error("it has other weights")
	}
}

// FuzzRead holds every file to a model or an error.
func FuzzRead(f *testing.F) {
	f.Add(small().Bytes())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Read(b)
		if err == nil && m.Size() > len(b) {
			t.Errorf("%d features in %d bytes", m.Size(), len(b))
		}
	})
}

// TestShipped holds the model that ships to its size.
func TestShipped(t *testing.T) {
	if m := Load(); m.Size() < 100_000 || len(weights) > 4<<20 {
		t.Errorf("%d features in %d bytes", m.Size(), len(weights))
	}
}
