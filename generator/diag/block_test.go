package diag

import "testing"

func TestBlockFind(t *testing.T) {
	src := []byte("# Doe\n[[person]]\nname = \"Doe\"\n\n[[person]]\n# Roe\nname = \"Roe\"\n[[person.when]]\nnear = [\"Été Doe\"]\n[[place]]\nname = \"Poe\"\n")
	for _, c := range []struct {
		table     string
		n         int
		value     string
		line, col int
	}{
		{"person", 0, "Doe", 3, 9},
		{"person", 1, "Roe", 7, 9},
		{"person", 1, "Doe", 9, 14},
		{"person", 1, "Poe", 5, 1}, // of another block
		{"place", 0, "", 10, 1},
		{"place", 1, "Poe", 0, 0},
	} {
		if line, col := (Block{c.table, c.n}).Find(src, c.value); line != c.line || col != c.col {
			t.Errorf("%s %d %q: %d:%d, want %d:%d", c.table, c.n, c.value, line, col, c.line, c.col)
		}
	}
}
