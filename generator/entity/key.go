package entity

import (
	"strings"

	"broadsheet/generator/prose"
)

// key is how two spellings of one name are compared. "US Senate" and "United States Senate" are one, "The Guardian" and
// "Guardian", "Department of State" and "State Department".
func key(s string) string {
	folded := prose.Fold(s)
	if rest, found := strings.CutPrefix(folded, "the "); found && len(rest) > shortest {
		folded = rest
	}
	for _, short := range [...][2]string{{"us ", "united states "}, {"u s ", "united states "}, {"uk ", "united kingdom "}, {"un ", "united nations "}, {"eu ", "european union "}} {
		if rest, found := strings.CutPrefix(folded, short[0]); found {
			folded = short[1] + rest
			break
		}
	}
	for _, office := range [...]string{"department", "ministry"} {
		if state, what, found := strings.Cut(folded, office+" of "); found && (state == "" || state[len(state)-1] == ' ') {
			return state + strings.TrimPrefix(what, "the ") + " " + office
		}
	}
	return folded
}
