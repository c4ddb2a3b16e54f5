package ingest

import (
	"cmp"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// signatureLines is how many lines a letter's signature has at most: name, office, street, town, postcode.
const signatureLines = 5

// readSignature takes the signature of a letter out of its body, or a byline that names who wrote it, and keeps it as
// signed. Whoever writes to a paper is no author of it, so no authors are made of it; and since it is no body, nobody is
// looked for in it, nor in the address below it.
func (r *reading) readSignature(start, end int) {
	a := &r.article
	if cmp.Or(a.Genre, r.options.Genre) != "letter" {
		return
	}
	if len(a.Byline.Authors) > 0 {
		a.Signed, _ = cutBy(a.Byline.Printed)
		a.Byline = news.Byline{Credit: a.Byline.Credit}
		a.From["signed"] = a.From["byline"]
		delete(a.From, "byline")
		return
	}
	var signature []string
	for _, i := range r.signature(start, end) {
		signature = append(signature, signaturePart(r.lines[i].text))
		r.take(i, "signed")
	}
	a.Signed = strings.Join(signature, ", ")
}

// signature is the lines below a letter from the first that can be a name on.
func (r *reading) signature(start, end int) []int {
	var lines []int
	for i := end - 1; i > start && len(lines) < signatureLines; i-- {
		l := r.lines[i]
		if l.rule != "" || l.field {
			continue
		}
		if l.piece || !isSignatureLine(l) {
			break
		}
		lines = append(lines, i)
	}
	slices.Reverse(lines)
	signer := slices.IndexFunc(lines, func(i int) bool { return isSigner(r.lines[i].text) })
	if signer < 0 {
		return nil
	}
	return lines[signer:]
}

// signaturePart is a line of a signature without the marks about it; the full stop after capitals is one.
func signaturePart(text string) string {
	text = strings.TrimRight(strings.TrimLeft(text, "-–— "), ",; ")
	if shouts(text) {
		text = strings.TrimRight(text, ".")
	}
	return text
}

// isSigner reports whether a line of a signature begins with a name, "Jane Doe", "JANE DOE, Whitby", "J. Roe, chairman",
// or is one taken for the occasion, in capitals: "A TAXPAYER."
func isSigner(text string) bool {
	text = signaturePart(text)
	name, _, _ := strings.Cut(text, ",")
	if isName(strings.TrimRight(name, ".")) && len(strings.Fields(name)) <= 4 && !isClosing(text) {
		return true
	}
	return shouts(text) && len(strings.Fields(text)) <= 4 && !strings.ContainsAny(text, "0123456789")
}

// isClosing reports whether a line is what stands above the name: "Yours faithfully,".
func isClosing(text string) bool {
	first, _, _ := strings.Cut(strings.ToLower(text), " ")
	switch strings.TrimRight(first, ",") {
	case "yours", "sincerely", "respectfully", "faithfully", "truly", "regards", "kind", "best", "cordially":
		return true
	}
	return false
}

func isSignatureLine(l line) bool {
	return l.words <= 10 && !l.prose() && !startsLower(l.text) && !strings.ContainsAny(l.text, "?!;:\"“”")
}
