package render

import (
	"html/template"
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"broadsheet/generator/diag"
)

// checker follows each page template with the type of what it is given, as far as types can be known, and reports
// fields and templates that do not exist. A nil type is one that only the run will show; nothing is said of it.
type checker struct {
	sources   map[string]string
	trees     map[string]*parse.Tree
	functions template.FuncMap
	seen      map[call]bool
	faults    diag.List

	page  string // the page template that is being followed
	tree  *parse.Tree
	scope []variable
}

// call is one use of a template; partials are followed once for each type they are given.
type call struct {
	page, name string
	dot        reflect.Type
}

type variable struct {
	name string
	typ  reflect.Type
}

// builtins are the functions of text/template.
func builtins() []string {
	return []string{"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print",
		"printf", "println", "slice", "urlquery"}
}

func checkTypes(set *template.Template, sources map[string]string, types map[string]reflect.Type) diag.List {
	c := &checker{sources: sources, trees: map[string]*parse.Tree{}, functions: functions(nil, &english), seen: map[call]bool{}}
	for _, t := range set.Templates() {
		c.trees[t.Name()] = t.Tree
	}
	for _, name := range slices.Sorted(maps.Keys(types)) {
		c.page = name
		c.template(name, types[name])
	}
	return c.faults
}

// template follows one template, which sees its dot as "$" and none of its caller's variables.
func (c *checker) template(name string, dot reflect.Type) {
	tree := c.trees[name]
	if tree == nil || c.seen[call{c.page, name, dot}] {
		return
	}
	c.seen[call{c.page, name, dot}] = true
	callerTree, callerScope := c.tree, c.scope
	c.tree, c.scope = tree, []variable{{"$", dot}}
	c.list(tree.Root, dot)
	c.tree, c.scope = callerTree, callerScope
}

func (c *checker) list(list *parse.ListNode, dot reflect.Type) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		c.node(node, dot)
	}
}

func (c *checker) node(node parse.Node, dot reflect.Type) {
	switch n := node.(type) {
	case *parse.ActionNode:
		c.pipe(n.Pipe, dot)
	case *parse.IfNode:
		c.branch(&n.BranchNode, dot, func(reflect.Type) reflect.Type { return dot })
	case *parse.WithNode:
		c.branch(&n.BranchNode, dot, func(value reflect.Type) reflect.Type { return value })
	case *parse.RangeNode:
		c.branch(&n.BranchNode, dot, func(value reflect.Type) reflect.Type { return c.element(n, value) })
	case *parse.TemplateNode:
		c.call(n, c.pipe(n.Pipe, dot))
	}
}

// branch follows an if, with or range; inside says what the dot is in its first list. Variables end with the branch.
func (c *checker) branch(n *parse.BranchNode, dot reflect.Type, inside func(reflect.Type) reflect.Type) {
	mark := len(c.scope)
	value := c.pipe(n.Pipe, dot)
	c.list(n.List, inside(value))
	c.scope = c.scope[:mark]
	c.list(n.ElseList, dot)
	c.scope = c.scope[:mark]
}

// element is what a range gives of value; the range's variables, which pipe declared, get their types.
func (c *checker) element(n *parse.RangeNode, value reflect.Type) reflect.Type {
	key, elem, ok := ranged(value)
	if !ok {
		c.fault(n.Pipe, 0, "cannot range over %s", typeName(value))
	}
	if n.Pipe.IsAssign {
		return elem
	}
	switch declared := c.scope[len(c.scope)-len(n.Pipe.Decl):]; len(declared) {
	case 1:
		declared[0].typ = elem
	case 2:
		declared[0].typ, declared[1].typ = key, elem
	}
	return elem
}

func ranged(t reflect.Type) (key, elem reflect.Type, ok bool) {
	if t = deref(t); t == nil {
		return nil, nil, true
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return reflect.TypeFor[int](), t.Elem(), true
	case reflect.Map:
		return t.Key(), t.Elem(), true
	case reflect.Int:
		return t, t, true
	}
	return nil, nil, false
}

func (c *checker) call(n *parse.TemplateNode, dot reflect.Type) {
	tree := c.trees[n.Name]
	if tree == nil {
		near := slices.Sorted(maps.Keys(c.trees))
		c.faults = append(c.faults, suggest(c.at(n, 0, "there is no template %q", n.Name), n.Name, near))
		return
	}
	if file := tree.ParseName; file != c.page && !isPartial(file) {
		d := c.at(n, 0, "%q belongs to %s", n.Name, path(file))
		c.faults = append(c.faults, d.WithHint("what two pages share is a partial: a file whose name begins with an underscore"))
		return
	}
	c.template(n.Name, dot)
}

// pipe is the type of a pipeline's value; its declarations join the scope.
func (c *checker) pipe(n *parse.PipeNode, dot reflect.Type) reflect.Type {
	if n == nil {
		return nil
	}
	var typ reflect.Type
	for _, cmd := range n.Cmds {
		typ = c.command(cmd, dot)
	}
	for _, v := range n.Decl {
		if n.IsAssign {
			c.assign(v.Ident[0], typ)
		} else {
			c.scope = append(c.scope, variable{v.Ident[0], typ})
		}
	}
	return typ
}

// assign leaves a variable's type unknown where it has held two.
func (c *checker) assign(name string, typ reflect.Type) {
	for i := range slices.Backward(c.scope) {
		if v := &c.scope[i]; v.name == name {
			if v.typ != typ {
				v.typ = nil
			}
			return
		}
	}
}

func (c *checker) command(n *parse.CommandNode, dot reflect.Type) reflect.Type {
	typ := c.argument(n.Args[0], dot)
	given := make([]reflect.Type, len(n.Args)-1)
	for i, arg := range n.Args[1:] {
		given[i] = c.argument(arg, dot)
	}
	if name, ok := n.Args[0].(*parse.IdentifierNode); ok && c.functions[name.Ident] != nil {
		c.arguments(reflect.TypeOf(c.functions[name.Ident]), n, given)
	}
	return typ
}

// arguments compares what a function of ours is given with what it wants. A value that comes through a pipe is its last
// argument and stands elsewhere, so one may be missing here.
func (c *checker) arguments(function reflect.Type, n *parse.CommandNode, given []reflect.Type) {
	if len(given) > function.NumIn() || len(given) < function.NumIn()-1 {
		c.fault(n, 0, "%s wants %d values, and is given %d", n.Args[0], function.NumIn(), len(given))
		return
	}
	for i, typ := range given {
		if typ, want := deref(typ), function.In(i); typ != nil && !typ.AssignableTo(deref(want)) {
			c.fault(n.Args[i+1], 0, "%s wants a %s here, not a %s", n.Args[0], typeName(deref(want)), typeName(typ))
		}
	}
}

func (c *checker) argument(node parse.Node, dot reflect.Type) reflect.Type {
	switch n := node.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.fields(n, dot, n.Ident, 0)
	case *parse.VariableNode:
		return c.fields(n, c.variable(n.Ident[0]), n.Ident[1:], len(n.Ident[0]))
	case *parse.ChainNode:
		return c.fields(n, c.argument(n.Node, dot), n.Field, 0)
	case *parse.PipeNode:
		return c.pipe(n, dot)
	case *parse.IdentifierNode:
		if f := c.functions[n.Ident]; f != nil {
			return reflect.TypeOf(f).Out(0)
		}
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	}
	return nil
}

func (c *checker) variable(name string) reflect.Type {
	for _, v := range slices.Backward(c.scope) {
		if v.name == name {
			return v.typ
		}
	}
	return nil
}

// fields follows ".Site.Title" from a type; offset is where the first full stop stands, in bytes from the node.
func (c *checker) fields(node parse.Node, typ reflect.Type, names []string, offset int) reflect.Type {
	for _, name := range names {
		if typ = deref(typ); typ == nil {
			return nil
		}
		next, ok := member(typ, name)
		if !ok {
			d := c.at(node, offset, "%s has no field %q", typeName(typ), name)
			c.faults = append(c.faults, suggest(d, name, members(typ)))
			return nil
		}
		typ = next
		offset += len(".") + len(name)
	}
	return typ
}

// deref is t without pointers; nil where only the run shows what it is.
func deref(t reflect.Type) reflect.Type {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t != nil && t.Kind() == reflect.Interface {
		return nil
	}
	return t
}

// member is the type of a field, a method's result or a map's element.
func member(t reflect.Type, name string) (reflect.Type, bool) {
	if m, ok := reflect.PointerTo(t).MethodByName(name); ok && m.Type.NumOut() > 0 {
		return m.Type.Out(0), true
	}
	switch t.Kind() {
	case reflect.Struct:
		if f, ok := t.FieldByName(name); ok && f.IsExported() {
			return f.Type, true
		}
	case reflect.Map:
		return t.Elem(), true
	}
	return nil, false
}

func members(t reflect.Type) []string {
	if t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() {
			names = append(names, f.Name)
		}
	}
	return names
}

// typeName is a type as the package comment names it: Article, not render.Article.
func typeName(t reflect.Type) string {
	return strings.TrimPrefix(t.String(), "render.")
}

func (c *checker) fault(node parse.Node, offset int, format string, args ...any) {
	c.faults = append(c.faults, c.at(node, offset, format, args...))
}

func (c *checker) at(node parse.Node, offset int, format string, args ...any) diag.Diagnostic {
	return placed(c.sources, c.tree.ParseName, int(node.Position())+offset, format, args...)
}
