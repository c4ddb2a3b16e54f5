package frontmatter

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// readYAML reads YAML, with the library's tree of nodes where it is not of the simplest.
func readYAML(b *builder) *fault {
	if b.readSimple() {
		return b.tooBig
	}
	return readYAMLTree(b)
}

func readYAMLTree(b *builder) *fault {
	start := b.ruler.at(b.base)
	var doc yaml.Node
	if err := yaml.Unmarshal(b.part, &doc); err != nil {
		bad := yamlFault(err, start.Line)
		if mark, line, col := leftOpen(b.part); mark != "" {
			bad.message, bad.place = "nothing closes this "+mark, place{start.Line + line - 1, col}
			bad.hint = "close it on its line, or begin the next line with a space"
		}
		return bad
	}
	if len(doc.Content) == 0 {
		return nil
	}
	t := &yamlTree{builder: b, above: start.Line - 1}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return &fault{message: "want a key and a value on each line", hint: `as in title: "…"`, place: t.at(root)}
	}
	t.table(root, &b.fields, 0)
	return t.tooBig
}

// yamlFault reads the line out of the library's message, which has no other form: "yaml: line 3: did not find …".
func yamlFault(err error, first int) *fault {
	bad := &fault{
		message: strings.TrimPrefix(err.Error(), "yaml: "),
		hint:    `put a value that has a colon in it, or begins with a quotation mark, @, % or [, in quotation marks: title: "…"`,
		place:   place{Line: first},
	}
	if rest, found := strings.CutPrefix(bad.message, "line "); found {
		number, rest, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			bad.message, bad.Line = rest, first+n-1
		}
	}
	return bad
}

// beforeValue is what stands on a line before its value.
var beforeValue = regexp.MustCompile(`^ *(?:- +)*(?:[^\s"'#:[{][^:]*: +)?`)

// leftOpen is the line and column, from 1, of a quotation mark or bracket that is open at the end of its line, where that is no
// value of several lines: the library tells where it gave up, which may be far below.
func leftOpen(text []byte) (mark string, line, col int) {
	lines := strings.Split(string(text), "\n")
	for n, text := range lines {
		if n+1 < len(lines) && strings.HasPrefix(lines[n+1], " ") {
			continue
		}
		start := len(beforeValue.FindString(text))
		if at := openIn(text[start:]); at >= 0 {
			return text[start+at : start+at+1], n + 1, utf8.RuneCountInString(text[:start+at]) + 1
		}
	}
	return "", 0, 0
}

// openIn is the byte of a value where the quotation mark or bracket stands that nothing closes; -1 where there is none.
func openIn(value string) int {
	var brackets []int
	quote := -1
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case quote >= 0 && c == '\\' && value[quote] == '"':
			i++
		case quote >= 0:
			if c == value[quote] {
				quote = -1
			}
		case (c == '"' || c == '\'') && (i == 0 || len(brackets) > 0):
			quote = i
		case (c == '[' || c == '{') && (i == 0 || len(brackets) > 0):
			brackets = append(brackets, i)
		case (c == ']' || c == '}') && len(brackets) > 0:
			brackets = brackets[:len(brackets)-1]
		}
	}
	if quote < 0 && len(brackets) > 0 {
		return brackets[len(brackets)-1]
	}
	return quote
}

type yamlTree struct {
	*builder
	above int // lines of the file above the first of the tree
	nodes int // seen so far
}

// mostNodes bounds what aliases of aliases can make of a few lines.
const mostNodes = 100_000

func (t *yamlTree) at(n *yaml.Node) place { return place{n.Line + t.above, n.Column} }

func (t *yamlTree) table(n *yaml.Node, fields *[]Field, deep int) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		t.putIn(fields, []key{{k.Value, t.at(k)}}, t.value(n.Content[i+1], deep+1))
	}
}

func (t *yamlTree) value(n *yaml.Node, deep int) Value {
	v := Value{text: n.Value, place: t.at(n)}
	if n.Kind == yaml.AliasNode {
		n = n.Alias
		v.text = n.Value
	}
	t.nodes++
	if t.nodes > mostNodes || deep > mostDeep {
		t.tooBig = &fault{message: "lists and tables stand too deep in each other", place: v.place}
		return Value{}
	}
	switch n.Kind {
	case yaml.SequenceNode:
		v.kind = list
		for _, item := range n.Content {
			v.list = append(v.list, t.value(item, deep+1))
		}
	case yaml.MappingNode:
		v.kind = table
		t.table(n, &v.table, deep)
	default:
		v.kind = scalarKind(n)
	}
	return v
}

func scalarKind(n *yaml.Node) kind {
	switch n.ShortTag() {
	case "!!null":
		return nothing
	case "!!int", "!!float":
		return number
	case "!!bool":
		return truth
	case "!!timestamp":
		return moment
	}
	return words
}
