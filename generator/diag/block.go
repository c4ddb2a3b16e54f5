package diag

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Block is the n-th [[Table]] of a TOML file, counted from 0, with the tables below it ([[Table.rules]]).
type Block struct {
	Table string
	N     int
}

// Find is the line and column of a value in the block; the header's own where the block does not print the value so,
// and 0 where there is no such block.
func (b Block) Find(src []byte, value string) (line, col int) {
	opened, number := -1, 0
	for text := range bytes.Lines(src) {
		number++
		printed := strings.TrimSpace(string(text))
		switch {
		case strings.HasPrefix(printed, "[["+b.Table+"]]"):
			if opened++; opened == b.N {
				line, col = number, 1
			}
		case strings.HasPrefix(printed, "[["+b.Table+"."), !strings.HasPrefix(printed, "[["):
		default:
			if opened == b.N {
				return line, col
			}
		}
		if opened > b.N {
			return line, col
		}
		if at := strings.Index(string(text), value); opened == b.N && value != "" && at >= 0 && !strings.HasPrefix(printed, "#") {
			return number, utf8.RuneCountInString(string(text[:at])) + 1
		}
	}
	return line, col
}
