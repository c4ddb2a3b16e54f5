package intake

import (
	"errors"
	"html"
	"regexp"
	"strings"
)

var (
	caption   = regexp.MustCompile(`(?s)\[(?:wp_)?caption\b([^\]]*)\](.*?)\[/(?:wp_)?caption\]`)
	captioned = regexp.MustCompile(`(?s)^\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)$`)
	inCaption = regexp.MustCompile(`\bcaption=(?:"([^"]*)"|'([^']*)')`)
	gallery   = regexp.MustCompile(`\[gallery\b[^\]]*\b(?:ids|include)=["']?([\d, ]+)["']?[^\]]*\]`)
	embedding = regexp.MustCompile(`\[/?(?:embed|(?:wp_)?caption)\b[^\]]*\]`)
	shortcode = regexp.MustCompile(`\[([a-z][a-z0-9_-]*)(?: +[a-z_-]+=[^\]]*)\]`)
	blankLine = regexp.MustCompile(`\n[ \t]*\n\s*`)
	opensPre  = regexp.MustCompile(`(?i)<pre\b`)
	closesPre = regexp.MustCompile(`(?i)</pre>`)
	block     = regexp.MustCompile(`(?i)^\s*</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|li|main|nav|object|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul|!--)\b`)
	comments  = regexp.MustCompile(`(?s)<!--.*?-->`)
)

// withCaptions makes figures of pictures with captions, which old posts have between marks of their own, and takes out the
// marks of embedded addresses.
func withCaptions(src string) string {
	src = caption.ReplaceAllStringFunc(src, func(whole string) string {
		m := caption.FindStringSubmatch(whole)
		parts := captioned.FindStringSubmatch(m[2])
		if parts == nil {
			return m[2]
		}
		words := strings.Join(strings.Fields(parts[2]), " ")
		if said := inCaption.FindStringSubmatch(m[1]); words == "" && said != nil {
			words = said[1] + said[2]
		}
		return "\n\n<figure>" + parts[1] + "<figcaption>" + words + "</figcaption></figure>\n\n"
	})
	return embedding.ReplaceAllString(src, "")
}

// withGalleries shows the pictures of a gallery, which a post names by their numbers; a gallery whose pictures are not all in
// the export stays as it is. The error is the machine's.
func (about *site) withGalleries(src string) (string, error) {
	var failed error
	src = gallery.ReplaceAllStringFunc(src, func(whole string) string {
		shown := "\n\n"
		for _, number := range strings.FieldsFunc(gallery.FindStringSubmatch(whole)[1], func(c rune) bool { return c == ',' || c == ' ' }) {
			address, err := about.pictures.find(number)
			if failed = errors.Join(failed, err); address == "" {
				return whole
			}
			shown += "<p><img src=\"" + html.EscapeString(address) + "\"></p>\n\n"
		}
		return shown
	})
	return src, failed
}

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
