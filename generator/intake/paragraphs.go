package intake

import (
	"regexp"
	"strings"
)

var (
	caption   = regexp.MustCompile(`\[/?(?:wp_)?caption\b[^\]]*\]|\[/?embed\b[^\]]*\]`)
	shortcode = regexp.MustCompile(`\[([a-z][a-z0-9_-]*)(?: +[a-z_-]+=[^\]]*)\]`)
	blankLine = regexp.MustCompile(`\n[ \t]*\n\s*`)
	opensPre  = regexp.MustCompile(`(?i)<pre\b`)
	closesPre = regexp.MustCompile(`(?i)</pre>`)
	block     = regexp.MustCompile(`(?i)^\s*</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|li|main|nav|object|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul|!--)\b`)
	comments  = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// withoutCaptions takes out the marks of captions and embedded addresses and leaves what stands between them.
func withoutCaptions(src string) string { return caption.ReplaceAllString(src, "") }

// paragraphs makes paragraphs of an old post, in which blank lines part them and line ends are breaks, as WordPress
// does when it shows one. Blocks and preformatted text stay as they are.
func paragraphs(src string) string {
	src = comments.ReplaceAllString(src, "")
	var b strings.Builder
	open := 0 // <pre> that are not closed
	done := 0
	for _, gap := range append(blankLine.FindAllStringIndex(src, -1), []int{len(src), len(src)}) {
		chunk := src[done:gap[0]]
		words := strings.TrimSpace(chunk)
		if open > 0 || words == "" || block.MatchString(chunk) {
			b.WriteString(chunk)
		} else {
			b.WriteString("<p>" + strings.ReplaceAll(words, "\n", "<br>\n") + "</p>")
		}
		b.WriteString(src[gap[0]:gap[1]])
		open += len(opensPre.FindAllString(chunk, -1)) - len(closesPre.FindAllString(chunk, -1))
		done = gap[1]
	}
	return b.String()
}
