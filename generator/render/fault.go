package render

import (
	"errors"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"
	"unicode/utf8"

	"broadsheet/generator/diag"
)

// placed is a diagnostic at a byte offset of a template.
func placed(sources map[string]string, name string, offset int, format string, args ...any) diag.Diagnostic {
	text := sources[name]
	offset = min(max(offset, 0), len(text))
	start := strings.LastIndexByte(text[:offset], '\n') + 1
	line := 1 + strings.Count(text[:start], "\n")
	col := 1 + utf8.RuneCountInString(text[start:offset])
	return diag.Fail(path(name), format, args...).At([]byte(text), line, col)
}

// syntaxFault places an error of the parser, which tells the line alone: "template: article.html:12: function "foo" not
// defined". The column is that of the word it quotes, else of the line's first action.
func syntaxFault(sources map[string]string, name string, err error) diag.Diagnostic {
	message := strings.TrimPrefix(err.Error(), "template: ")
	rest, _ := strings.CutPrefix(message, name+":")
	digits, reason, _ := strings.Cut(rest, ": ")
	line, err := strconv.Atoi(digits)
	if err != nil {
		return diag.Fail(path(name), "%s", message)
	}
	offset := lineStart(sources[name], line)
	text, _, _ := strings.Cut(sources[name][offset:], "\n")
	d := placed(sources, name, offset+column(text, reason), "%s", reason)
	if word, ok := strings.CutSuffix(reason, " not defined"); ok && strings.HasPrefix(word, "function ") {
		return suggest(d, quoted(word), functionNames())
	}
	return d
}

func lineStart(text string, line int) int {
	start := 0
	for range line - 1 {
		end := strings.IndexByte(text[start:], '\n')
		if end < 0 {
			break
		}
		start += end + 1
	}
	return start
}

// column is the byte in a line that a message most likely speaks of.
func column(line, message string) int {
	if word := quoted(message); word != "" {
		if at := strings.Index(line, word); at >= 0 {
			return at
		}
	}
	return max(strings.Index(line, "{{"), 0)
}

// quoted is the first word between double quotes.
func quoted(message string) string {
	_, after, _ := strings.Cut(message, `"`)
	word, _, found := strings.Cut(after, `"`)
	if !found {
		return ""
	}
	return word
}

func functionNames() []string {
	return append(slices.Sorted(maps.Keys(functions(nil, &english))), builtins()...)
}

func suggest(d diag.Diagnostic, word string, known []string) diag.Diagnostic {
	if near := diag.Nearest(word, known); near != "" {
		return d.WithHint("did you mean %q?", near)
	}
	return d
}

// contextFault places what html/template says of a value that stands where no value can.
func contextFault(sources map[string]string, name string, err *template.Error) diag.Diagnostic {
	if err.Node == nil {
		file, offset := stillOpen(sources, name) // of the page as a whole
		return placed(sources, file, offset, "%s", contextWords(err))
	}
	location, _ := (*parse.Tree)(nil).ErrorContext(err.Node)
	return located(sources, location, contextWords(err))
}

// contextWords says what is wrong to a person who knows HTML; html/template's own words describe its states.
func contextWords(err *template.Error) string {
	switch err.ErrorCode {
	case template.ErrEndContext:
		return "a tag, a quotation mark, a script or a comment is still open at the end"
	case template.ErrBranchEnd:
		return "the branches end in different places of the HTML: one leaves a tag or quotation mark open"
	case template.ErrRangeLoopReentry:
		return "one turn of the loop ends in another place of the HTML than it began: a tag or quotation mark stays open"
	case template.ErrOutputContext:
		return "this template has no one place in the HTML: it leaves a tag or quotation mark open"
	}
	return err.Description
}

// executionFault places an error that a template met while it ran: "template: article.html:12:5: executing … at <…>:
// reason". It reports false where the failure is the writer's.
func executionFault(sources map[string]string, err error) (diag.Diagnostic, bool) {
	var failed texttemplate.ExecError
	if !errors.As(err, &failed) {
		return diag.Diagnostic{}, false
	}
	for inner := failed; errors.As(inner.Err, &inner); { // of a partial that a function ran
		failed = inner
	}
	location, reason, _ := strings.Cut(strings.TrimPrefix(failed.Error(), "template: "), ": ")
	if _, after, found := strings.Cut(reason, " at <"); found {
		reason = "at <" + after
	}
	return located(sources, location, reason), true
}

// located is a diagnostic at "article.html:12:5", whose last number is a byte counted from 0.
func located(sources map[string]string, location, message string) diag.Diagnostic {
	parts := strings.Split(location, ":")
	if len(parts) != 3 {
		return diag.Fail(path(parts[0]), "%s", message)
	}
	line, _ := strconv.Atoi(parts[1])
	col, _ := strconv.Atoi(parts[2])
	return placed(sources, parts[0], lineStart(sources[parts[0]], line)+col, "%s", message)
}
