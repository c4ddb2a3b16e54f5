package entity

import (
	"fmt"
	"slices"
	"strings"
)

// How two folded names differ.
type difference int

const (
	wholly   difference = iota
	byOrder             // the same words in another order
	byLetter            // one letter of one word of four or more
	byMiddle            // middle names: first and last word are the same
	byWord              // a word at the head or the end
)

func differ(a, b string) difference {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	switch {
	case a == b || len(x) == 0:
		return wholly
	case len(x) == len(y) && len(x) > 1 && slices.Equal(slices.Sorted(slices.Values(x)), slices.Sorted(slices.Values(y))):
		return byOrder
	case len(x) == len(y):
		return letterApart(x, y)
	case len(x) < 2:
		return wholly
	case x[0] == y[0] && x[len(x)-1] == y[len(y)-1]:
		return byMiddle
	case len(x)+1 == len(y) && (slices.Equal(x, y[1:]) || slices.Equal(x, y[:len(x)])):
		return byWord
	}
	return wholly
}

// leastAlone is the least length of a name of one word in which a letter may be a misprint.
const leastAlone = 7

func letterApart(x, y []string) difference {
	least := shortest
	if len(x) == 1 {
		least = leastAlone
	}
	apart := false
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		if apart || min(len(x[i]), len(y[i])) < least || !oneEdit(x[i], y[i]) || strings.TrimSuffix(x[i], "s") == strings.TrimSuffix(y[i], "s") {
			return wholly
		}
		apart = true
	}
	return byLetter
}

// neighbourhood is the keys under which a folded name meets those that differ by little: its words in order of the
// alphabet, its first and last, the name without its first or last, and with each word one letter short.
func neighbourhood(folded string) []string {
	words := strings.Fields(folded)
	if !slices.ContainsFunc(words, func(w string) bool { return len(w) >= shortest }) {
		return nil // initials alone could be anyone's
	}
	keys := []string{"order " + strings.Join(slices.Sorted(slices.Values(words)), " ")}
	if last := len(words) - 1; last > 0 {
		keys = append(keys, "ends "+words[0]+" "+words[last], "words "+folded)
		if last > 1 {
			keys = append(keys, "words "+strings.Join(words[1:], " "), "words "+strings.Join(words[:last], " "))
		}
	}
	for i, w := range words {
		if len(w) < shortest || len(words) == 1 && len(w) < leastAlone {
			continue
		}
		head, tail := strings.Join(words[:i], " "), strings.Join(words[i+1:], " ")
		keys = append(keys, fmt.Sprintf("letter %s|%s|%s", head, w, tail))
		for at, r := range w {
			keys = append(keys, fmt.Sprintf("letter %s|%s%s|%s", head, w[:at], w[at+len(string(r)):], tail))
		}
	}
	return keys
}
