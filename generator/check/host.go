package check

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"slices"
	"strings"

	"broadsheet/generator/diag"
)

// Host asks a host how it serves the output that lies in out: by the right types, unaltered, a page that is not there as
// missing, and where the search index is in packs, ranges of files as they are. Its address ends in a slash. An error is that
// it cannot be asked at all.
func Host(ctx context.Context, address string, out fs.FS, packs bool) (diag.List, error) {
	h := &host{ctx: ctx, address: address, out: out}
	if err := h.pages(); err != nil {
		return nil, err
	}
	index, err := h.index()
	if err != nil || index == "" {
		return h.found, err
	}
	if err := h.whole(index); err != nil {
		return nil, err
	}
	if packs {
		err = h.part(index)
	}
	return h.found, err
}

// host is one that is asked.
type host struct {
	ctx     context.Context
	address string
	out     fs.FS
	found   diag.List
}

func (h *host) say(path, hint, format string, args ...any) {
	h.found = append(h.found, diag.Warn(h.address+path, format, args...).WithHint("%s", hint))
}

// answer is what came: its head, and its bytes with no encoding undone.
type answer struct {
	*http.Response
	body []byte
}

// ask asks for a path with a header field, as a browser does.
func (h *host) ask(path, field, value string) (answer, error) {
	r, err := http.NewRequestWithContext(h.ctx, http.MethodGet, h.address+path, nil)
	if err != nil {
		return answer{}, err
	}
	r.Header.Set(field, value)
	if field == "Range" {
		r.Header.Set("Accept-Encoding", "identity")
	}
	client := http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true, Proxy: http.ProxyFromEnvironment}}
	response, err := client.Do(r)
	if err != nil {
		return answer{}, fmt.Errorf("asking the host: %w", err)
	}
	body, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return answer{}, fmt.Errorf("asking the host: %w", err)
	}
	return answer{response, body}, nil
}

// pages asks for a page, a script and a page that is not there.
func (h *host) pages() error {
	for _, file := range []struct {
		path string
		want []string
	}{{"index.html", []string{"text/html"}}, {"search/worker.js", []string{"text/javascript", "application/javascript"}}} {
		path, want := file.path, file.want
		if _, err := fs.Stat(h.out, path); err != nil {
			continue
		}
		a, err := h.ask(path, "Accept-Encoding", "gzip")
		if err != nil {
			return err
		}
		given, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
		switch {
		case a.StatusCode != http.StatusOK:
			h.say(path, "publish the output, or give the address it was published at", "the host answers %s", a.Status)
		case !slices.Contains(want, given):
			h.say(path, "set the type of such files to "+want[0], "the host says that this file is %q", given)
		}
	}
	const nowhere = "no-such-page.html"
	a, err := h.ask(nowhere, "Accept-Encoding", "gzip")
	if err == nil && a.StatusCode < 400 {
		h.say(nowhere, "let the host answer 404, with the page 404.html", "a page that is not there is answered with %s", a.Status)
	}
	return err
}

// index is the largest file of the search index, or "" where there is none.
func (h *host) index() (path string, err error) {
	files, err := fs.Glob(h.out, "search/*/*.bin")
	if err != nil || len(files) == 0 {
		return "", err
	}
	size := func(path string) int64 {
		info, err := fs.Stat(h.out, path)
		if err != nil {
			return 0
		}
		return info.Size()
	}
	return slices.MaxFunc(files, func(a, b string) int { return cmp.Or(cmp.Compare(size(a), size(b)), cmp.Compare(b, a)) }), nil
}

// whole asks for the root of the index, which ends in .bin and is compressed, and for a file of it.
func (h *host) whole(index string) error {
	for _, path := range []string{"search/root.bin", index} {
		want, err := fs.ReadFile(h.out, path)
		if err != nil {
			return err
		}
		a, err := h.ask(path, "Accept-Encoding", "gzip")
		if err != nil {
			return err
		}
		switch got, undone := a.decoded(); {
		case a.StatusCode != http.StatusOK:
			h.say(path, "publish the output anew", "the host answers %s", a.Status)
		case !undone:
			h.say(path, "let the host send .bin files as they are", "the host says that this file is encoded as %q, and it is not", a.Header.Get("Content-Encoding"))
		case !bytes.Equal(got, want) && !bytes.Equal(got, unpacked(want)): // browsers, and the search page, undo one gzip more
			h.say(path, "publish the output; if that was done, let the host send .bin files as they are", "the host has another file than this one")
		}
	}
	return nil
}

// decoded is the body with its encoding undone, as a browser has it.
func (a answer) decoded() (body []byte, ok bool) {
	switch a.Header.Get("Content-Encoding") {
	case "", "identity":
		return a.body, true
	case "gzip":
		body = unpacked(a.body)
		return body, body != nil
	}
	return nil, false
}

// unpacked is what was compressed with gzip, or nil.
func unpacked(b []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	b, err = io.ReadAll(r)
	if err != nil {
		return nil
	}
	return b
}

// part asks for a part of a file, as the search page does where the index is in packs.
func (h *host) part(path string) error {
	want, err := fs.ReadFile(h.out, path)
	if err != nil {
		return err
	}
	from, to := len(want)/3, max(len(want)/3, len(want)*2/3-1)
	a, err := h.ask(path, "Range", fmt.Sprintf("bytes=%d-%d", from, to))
	if err != nil {
		return err
	}
	const without = "set packs = false below [search] in site.toml, build and publish; or choose a host that answers ranges, as S3, R2 and nginx do"
	encoding, part := a.Header.Get("Content-Encoding"), a.Header.Get("Content-Range")
	switch {
	case a.StatusCode == http.StatusOK:
		h.say(path, without, "the host does not answer ranges: asked for a part of the file, it sends the whole")
	case a.StatusCode != http.StatusPartialContent:
		h.say(path, without, "the host does not answer ranges: asked for a part of the file, it says %s", a.Status)
	case encoding != "" && encoding != "identity":
		h.say(path, without, "the host encodes a part of a file as %q, which no browser can undo", encoding)
	case part != fmt.Sprintf("bytes %d-%d/%d", from, to, len(want)) || !bytes.Equal(a.body, want[from:to+1]):
		h.say(path, without, "the host answers a range with other bytes: %s", cmp.Or(strings.TrimSpace(part), "it does not say which"))
	}
	return nil
}
