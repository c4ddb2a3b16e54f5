package site

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
)

// journal is what is to be done to put a staged build in place. On disk it is lines of text: "whole", or
// "amend" where a press amends the last build, "remove PATH" and "move PATH", and then "end", without which it does not count.
type journal struct {
	whole  bool
	amends bool // what is put in place amends the manifest, and is none itself
	remove []string
	move   []string
}

func (j journal) write(name string) error {
	f, err := os.Create(name + ".part")
	if err != nil {
		return err
	}
	_, err = f.Write(j.text())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(name+".part", name)
}

func (j journal) text() []byte {
	var b bytes.Buffer
	if j.whole {
		b.WriteString("whole\n")
	} else {
		if j.amends {
			b.WriteString("amend\n")
		}
		for _, path := range j.remove {
			fmt.Fprintf(&b, "remove %s\n", path)
		}
		for _, path := range j.move {
			fmt.Fprintf(&b, "move %s\n", path)
		}
	}
	b.WriteString("end\n")
	return b.Bytes()
}

func readJournal(name string) (journal, error) {
	f, err := os.Open(name)
	if err != nil {
		return journal{}, err
	}
	defer f.Close()
	var j journal
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		verb, path, _ := strings.Cut(scan.Text(), " ")
		switch verb {
		case "whole":
			j.whole = true
		case "amend":
			j.amends = true
		case "remove":
			j.remove = append(j.remove, path)
		case "move":
			j.move = append(j.move, path)
		case "end":
			return j, nil
		}
	}
	return journal{}, errors.Join(scan.Err(), fmt.Errorf("%s is not whole: delete it", name))
}
