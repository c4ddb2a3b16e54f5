package render

import (
	"html/template"
	"reflect"
	"text/template/parse"
)

// spare takes the escaping of HTML out of a set whose contexts are worked out: where one of our functions has made
// template.HTML and HTML may stand, html/template calls its escaper, which gives back what it was given. A page has some
// dozens of such calls, each as long as a line of text takes.
func spare(set *template.Template, functions template.FuncMap) {
	s := sparer{}
	for name, function := range functions {
		s[name] = reflect.TypeOf(function).Out(0) == reflect.TypeFor[template.HTML]()
	}
	for _, t := range set.Templates() {
		if t.Tree != nil {
			s.list(t.Tree.Root)
		}
	}
}

// sparer is which functions make HTML.
type sparer map[string]bool

func (s sparer) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			s.pipe(n.Pipe)
		case *parse.IfNode:
			s.branch(&n.BranchNode)
		case *parse.RangeNode:
			s.branch(&n.BranchNode)
		case *parse.WithNode:
			s.branch(&n.BranchNode)
		}
	}
}

func (s sparer) branch(n *parse.BranchNode) {
	s.list(n.List)
	s.list(n.ElseList)
}

// pipe makes {{link $root . | _html_template_htmlescaper}} into {{link $root .}} again.
func (s sparer) pipe(p *parse.PipeNode) {
	last := len(p.Cmds) - 1
	if last > 0 && called(p.Cmds[last]) == "_html_template_htmlescaper" && s[called(p.Cmds[last-1])] {
		p.Cmds = p.Cmds[:last]
	}
}

// called is the function of a command, or "".
func called(c *parse.CommandNode) string {
	if name, ok := c.Args[0].(*parse.IdentifierNode); ok {
		return name.Ident
	}
	return ""
}
