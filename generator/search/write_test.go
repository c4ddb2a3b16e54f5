package search

import (
	"context"
	"errors"
	"testing"
)

// TestStopped has the making of a segment stopped: no worker reads more than the article it is at.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	read := 0
	err := WriteSegment(ctx, Source{
		Articles: runArticles, Language: "en", Scratch: t.TempDir(), Jobs: 1,
		Read: func(int) (Article, error) {
			if read++; read == 3 {
				stop()
			}
			return Article{Text: "The river rose."}, nil
		},
	}, func(string, []byte) error { return nil })
	if !errors.Is(err, context.Canceled) || read != 3 {
		t.Errorf("%d articles read, %v", read, err)
	}
}
