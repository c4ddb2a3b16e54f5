package archive

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"broadsheet/generator/diag"
	"broadsheet/generator/manifest"
)

// Inputs is what an archive is made from: the files of content/, each with the hash of its bytes, the authority files
// and the options. Two archives whose inputs have one key are the same, card for card.
type Inputs struct {
	o         Options
	tree      *tree
	authority map[string][]byte // entities.toml and the others, by name; nil where there is none
	known     *stamps
	decisions func() (decisions, diag.List) // what the authority files say; parsed when it is first asked for
}

func newInputs(o Options, t *tree, authority map[string][]byte, known *stamps) *Inputs {
	return &Inputs{o, t, authority, known, sync.OnceValues(func() (decisions, diag.List) { return parseAuthority(authority) })}
}

// Look finds the inputs. The hash of a file whose size and time are those of the last build is taken to be the same too
// (file stamps.go), that of any other is found by reading it; that of many new articles when the archive is opened, so that they
// are read once.
func Look(ctx context.Context, o Options) (*Inputs, error) {
	if o.Jobs <= 0 {
		o.Jobs = runtime.GOMAXPROCS(0)
	}
	var t *tree
	var known *stamps
	var err error
	together(func() { t, err = scan(o.Roots) }, func() { known = readStamps(o.Cache, o.Clean) })
	if err != nil {
		return nil, fmt.Errorf("reading the content folder: %w", err)
	}
	authority, err := readAuthority(cmp.Or(o.Authority, o.Roots[0].Dir))
	if err != nil {
		return nil, err
	}
	if err := t.weigh(ctx, o.Jobs, known); err != nil {
		return nil, fmt.Errorf("reading the content folder: %w", err)
	}
	return newInputs(o, t, authority, known), nil
}

func readAuthority(dir string) (map[string][]byte, error) {
	authority := map[string][]byte{}
	for _, name := range decided {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		authority[name] = b
	}
	return authority, nil
}

// Faults is what the authority files and the names of files tell that wants mending, before any article is read. No archive is made
// while one of them is an error: going on would undo what somebody decided.
func (in *Inputs) Faults() diag.List {
	_, found := in.decisions()
	return slices.Concat(in.tree.found, found)
}

// Keep writes down when the files were last seen to be what they are, for the next Look.
func (in *Inputs) Keep() error { return in.known.keep(in.tree) }

// Watch has the progress of reading reported.
func (in *Inputs) Watch(progress func(done, total int)) { in.o.Progress = progress }

// Articles is how many articles the files are.
func (in *Inputs) Articles() int { return len(in.tree.articles) }

// Texts is how many of them are raw texts.
func (in *Inputs) Texts() (n int) {
	for _, a := range in.tree.articles {
		if a.file == a.original {
			n++
		}
	}
	return n
}

// Largest is the size in bytes of the largest file of an article.
func (in *Inputs) Largest() (most int64) {
	for _, f := range in.tree.files {
		if f.article {
			most = max(most, f.size)
		}
	}
	return most
}

// Key is the hash of all inputs; false while it is not known, since an article has changed and has not been read.
func (in *Inputs) Key() (manifest.Digest, bool) {
	return in.tree.key(basisOf(in.o, in.authority))
}

// Noted is the key that the inputs have once the record of published addresses is another, when all files have been read.
func (in *Inputs) Noted(record []byte) manifest.Digest {
	t := *in.tree
	t.files = slices.DeleteFunc(slices.Clone(t.files), func(f *input) bool { return f.name == PublishedFile })
	at, _ := slices.BinarySearchFunc(t.files, PublishedFile, func(f *input, name string) int { return strings.Compare(f.name, name) })
	t.files = slices.Insert(t.files, at, &input{name: PublishedFile, sum: manifest.DigestOf(record)})
	noted := Inputs{o: in.o, tree: &t, authority: maps.Clone(in.authority)}
	noted.authority[PublishedFile] = record
	key, _ := noted.Key()
	return key
}

// basisOf is the hash of what all articles have in common: the options and the authority files.
func basisOf(o Options, authority map[string][]byte) manifest.Digest {
	var h manifest.Hasher
	options, err := json.Marshal(o)
	if err != nil {
		panic("archive: " + err.Error()) // strings, numbers and truths always marshal
	}
	h.String(string(options))
	for _, name := range decided {
		h.String(string(authority[name]))
	}
	return h.Key()
}

// key is the hash of a basis and every file.
func (t *tree) key(basis manifest.Digest) (manifest.Digest, bool) {
	var h manifest.Hasher
	h.Digest(basis)
	for _, d := range t.found {
		h.String(d.Error())
	}
	for _, f := range t.files {
		if f.unknown() {
			return manifest.Digest{}, false
		}
		h.String(f.name)
		h.Digest(f.sum)
	}
	return h.Key(), true
}
