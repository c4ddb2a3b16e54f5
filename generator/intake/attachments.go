package intake

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"

	"broadsheet/generator/manifest"
)

// attachments are the pictures of an export, from their number to their address. An export may have millions, so they
// lie in a scratch file: a line each, number and address parted by a tab.
type attachments struct {
	file   *os.File
	end    int64
	places *index
}

func newAttachments(dir string) (*attachments, error) {
	f, err := scratch(dir)
	if err != nil {
		return nil, err
	}
	places, err := newIndex(dir, 0)
	if err != nil {
		return nil, errors.Join(err, discard(f))
	}
	return &attachments{file: f, places: places}, nil
}

// add notes the address of a picture; the last of a number counts.
func (a *attachments) add(number, address string) error {
	at := a.end
	n, err := a.file.WriteAt([]byte(number+"\t"+address+"\n"), at)
	a.end += int64(n)
	if err != nil {
		return err
	}
	return a.places.put(pictureKey(number), at)
}

// find is the address of a picture, "" where there is none of that number.
func (a *attachments) find(number string) (string, error) {
	at, found, err := a.places.get(pictureKey(number))
	if !found || err != nil {
		return "", err
	}
	line, err := bufio.NewReader(io.NewSectionReader(a.file, at, a.end-at)).ReadString('\n')
	if said, address, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); said == number {
		return address, err
	}
	return "", err
}

func pictureKey(number string) uint64 { return short(manifest.Sum([]byte(number))) }

func (a *attachments) close() error { return errors.Join(discard(a.file), a.places.close()) }
