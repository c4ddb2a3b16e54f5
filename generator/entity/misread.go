package entity

import (
	"strings"

	"broadsheet/generator/news"
	"broadsheet/generator/prose"
)

// A scan's names are those of lists more often than they look: a machine takes letters for others, and a name that a
// line's end broke keeps its hyphen or a gap. What is read so is read as what it was; the text is left as it is.

// misreading is letters as a machine reads them in old print, and what may have stood there.
type misreading struct{ read, meant string }

// misreadings are in the order in which they are thought of.
var misreadings = func() (all []misreading) {
	for pair := range strings.FieldsSeq("f=s c=e o=e e=c e=o a=e a=u o=c n=u u=n u=a n=a b=h h=b l=i i=l i=t l=t t=l t=f f=t r=t t=i 1=l 1=i 0=o 8=s 3=s ſ=s " +
		"j=y v=y y=v r=v v=r o=a a=o s=a a=s r=n n=r ii=n ii=u li=h rn=m in=m ni=m tl=d cl=d il=d vv=w iv=w tv=w U=ll Ul=ill " +
		"G=C C=G O=C R=B B=R P=F F=P E=F F=E T=I I=T J=I II=H H=N K=R R=K 0=O 1=I I=L VV=W IV=N") {
		read, meant, _ := strings.Cut(pair, "=")
		all = append(all, misreading{read, meant})
	}
	return all
}()

// mend reads the words of a scan so: pieces as the word they are of, and what no list has as the place it is misread from.
func (r *reader) mend() {
	if r.reads == legible {
		return
	}
	kept := r.words[:0]
	for i := 0; i < len(r.words); {
		n, whole := r.pieces(i)
		w := r.words[i]
		if n > 1 {
			w = r.lex.instead(&w, r.words[i+n-1].End, whole)
		} else if meant := r.meant(&w); meant != "" {
			w = r.lex.instead(&w, w.End, meant)
		}
		kept = append(kept, w)
		i += max(n, 1)
	}
	r.words = kept
}

// instead is the word that is meant where w and what follows up to end is printed.
func (lex *lexicon) instead(w *word, end int, meant string) word {
	whole := lex.look(prose.Token{Start: w.Start, End: end}, meant)
	whole.opens, whole.parts = w.opens, w.parts
	return whole
}

// pieces is how many words at i are pieces of one, and that one: "Mis - souri", "Nebras ka", "NEW - YORK".
func (r *reader) pieces(i int) (int, string) {
	if i+1 == len(r.words) || !r.words[i].named() || strings.HasSuffix(r.words[i].text, ".") || r.words[i+1].parts {
		return 0, ""
	}
	first, next := &r.words[i], &r.words[i+1]
	if next.text != "-" {
		whole := first.text + next.text
		if next.Start == first.End+1 && r.unknown(first) && next.shape == lower && r.unknown(next) && r.knows(whole) {
			return 2, whole
		}
		return 0, ""
	}
	if i+2 == len(r.words) || r.words[i+2].parts || next.Start == first.End {
		return 0, ""
	}
	last := &r.words[i+2]
	if last.named() {
		whole := titleCase(first.text) + "-" + titleCase(last.text)
		if n, found := r.lex.names[whole]; found && n.kind == news.Place {
			return 3, whole
		}
		return 0, ""
	}
	whole := first.text + last.text
	if last.shape == lower && (r.knows(whole) || r.unknown(first) && first.plain == 0 && r.unknown(last)) {
		return 3, whole
	}
	return 0, ""
}

// unknown reports whether no list has a word.
func (r *reader) unknown(w *word) bool { return w.class == 0 && !r.lex.inflected(w.text) }

// knows reports whether the lists have a name of one word that is no village's.
func (r *reader) knows(name string) bool {
	n, found := r.lex.names[name]
	return found && n.kind == news.Place && n.rank >= likely || r.lex.words[name].class&(given|surname) != 0
}

// A name is known with one of its letters misread if it has at least so many, and a small word if it has at most so many;
// no word is longer than the last.
const (
	shortestMisread = 5
	longestSmall    = 6
	longestMisread  = 32
)

// meant is the word that w, which no list has, is misread from: a small one like "of"; a town; or by any letter a country or
// an American state. It is "" if there is none.
func (r *reader) meant(w *word) string {
	switch {
	case w.plain != 0 || len(w.text) > longestMisread || !r.unknown(w):
		return ""
	case w.shape == lower && len(w.text) > longestSmall:
		return ""
	case w.shape == lower:
		return misreadFrom(w.text, func(b []byte) bool { return r.lex.words[string(b)].class&(function|locative) != 0 })
	case w.shape != capital || len(w.text) < shortestMisread:
		return ""
	}
	if place := misreadFrom(w.text, r.isTown); place != "" {
		return place
	}
	return r.countryBut(w.text)
}

// misreadFrom is the first word that is fit and, by one of the misreadings, was read as this; "" if there is none.
func misreadFrom(printed string, fit func([]byte) bool) string {
	var buf [2 * longestMisread]byte
	for _, m := range misreadings {
		for at := strings.Index(printed, m.read); at >= 0; {
			if b := append(append(append(buf[:0], printed[:at]...), m.meant...), printed[at+len(m.read):]...); fit(b) {
				return string(b)
			}
			next := strings.Index(printed[at+1:], m.read)
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	return ""
}

// isTown reports whether a word is a large city, or a town or region whose name is not short.
func (r *reader) isTown(b []byte) bool {
	n, found := r.lex.names[string(b)]
	return found && n.kind == news.Place && (n.rank == sure && len(b) >= shortestMisread || n.rank == likely && len(b) > shortestMisread+1)
}

// countryBut is the country or American state that a word is but for one letter, which is not the first; "" if there is none.
func (r *reader) countryBut(printed string) string {
	var buf [longestMisread]byte
	b := append(buf[:0], printed...)
	for i := 1; i < len(b); i++ {
		for b[i] = 'a'; b[i] <= 'z'; b[i]++ {
			if n, found := r.lex.names[string(b)]; found && n.kind == news.Place && (n.country || readAtlas().isState(string(b))) {
				return string(b)
			}
		}
		b[i] = printed[i]
	}
	return ""
}
