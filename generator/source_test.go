package main

import (
	"testing"

	"broadsheet/generator/serve"
)

// Who asks for a page's source when the work has ended opens no archive.
func TestSourceAfterTheEnd(t *testing.T) {
	w := &workshop{unread: true, open: func() (order, error) {
		t.Error("the site was opened anew")
		return order{}, nil
	}}
	if err := w.close(); err != nil {
		t.Error(err)
	}
	if got, err := w.source(t.Context(), "index.html"); err != errUnread || got != (serve.Source{}) {
		t.Errorf("%+v, %v", got, err)
	}
}
