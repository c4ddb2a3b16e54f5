package entity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/generator/news"
)

// joinOrganizations joins the forms of one organisation's name: first what the text says is its abbreviation, then what
// can be nothing else's.
func (f *folder) joinOrganizations(r *reader) {
	var all []int
	for i := range f.groups {
		if f.groups[i].kind == news.Organization {
			all = append(all, i)
		}
	}
	f.joinDefined(r)
	f.joinInitials(all)
	f.joinShared()
	f.joinParts(r, all)
}

// joinDefined joins an abbreviation with the name that it stands behind in brackets, or before, or after "or": "the
// Korean Energy Development Organization, or KEDO".
func (f *folder) joinDefined(r *reader) {
	for i := 1; i < len(r.spans); i++ {
		full, short := i-1, i
		if r.spans[full].to-r.spans[full].from == 1 {
			full, short = short, full
		}
		if r.spans[full].kind != news.Organization || r.spans[short].kind != news.Organization || !r.defines(&r.spans[i-1], &r.spans[i]) {
			continue
		}
		g, whole := &f.groups[f.of[short]], &f.groups[f.of[full]]
		if g.forms[0].words == 1 && whole.forms[0].words > 1 && abbreviation(g.forms[0].text) && (g.canon == "" || g.canon == whole.canon) {
			f.join(f.of[short], f.of[full])
		}
	}
}

// defines reports whether what stands between two names says that the second is another form of the first.
func (r *reader) defines(one, other *span) bool {
	switch between := r.words[one.to:other.from]; len(between) {
	case 1:
		return between[0].text == "(" && other.to < len(r.words) && r.words[other.to].text == ")"
	case 2:
		return between[0].text == "," && between[1].text == "or"
	}
	return false
}

// abbreviation reports whether a word is mostly capitals: NIAID, TfL, F.B.I.
func abbreviation(word string) bool {
	capitals := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsUpper(r) && r != '.' && r != '-' }) < 0
	return capitals || len(word) <= 5 && strings.IndexFunc(word[1:], unicode.IsUpper) >= 0
}

// joinParts joins an organisation that no list knows with the one longer name that begins or ends like it, or has its
// legal form besides: "Unity Party", "Unity Party of America". Of single words it must be plain that they are a part:
// what is left says what it is ("Freedom Magazine"), or they do ("the Court", "ROTC").
func (f *folder) joinParts(r *reader, all []int) {
	whose := map[string]int{} // part of a name to its group, -1 where two have it
	claim := func(part string, g int) {
		if other, found := whose[part]; found && f.root(max(other, 0)) != f.root(g) {
			g = -1
		}
		whose[part] = g
	}
	for _, g := range all {
		words := strings.Fields(f.groups[g].key)
		for n := 1; n < len(words) && len(words) < longestParted; n++ {
			head, tail := strings.Join(words[:n], " "), strings.Join(words[n:], " ")
			if words[n] == "of" && n+1 < len(words) && r.isDivision(strings.Join(words[n+1:], " ")) {
				continue // nor is its party in a state
			}
			if r.saysWhat(words[n:]) || n > 1 && !r.isHead(words[len(words)-1]) {
				claim(head, g)
			}
			if r.isDivision(head) {
				continue // a state's party is not the country's
			}
			if n < len(words)-1 || r.isHead(words[n]) || abbreviation(finalWord(f.groups[g].forms[0].text)) {
				claim(tail, g)
			}
		}
	}
	for _, g := range all {
		k := &f.groups[g]
		if many, found := f.byKey[formKey{news.Organization, k.key + "s"}]; found && k.canon == "" {
			f.join(g, many) // Houthi, Houthis
		}
		if base, cut := withoutForm(k.key); cut {
			if short, found := f.byKey[formKey{news.Organization, base}]; found {
				f.join(g, short)
			}
		}
		if k.canon == "" && !k.shared {
			if long, found := whose[k.key]; found && long >= 0 {
				f.join(g, long)
			}
		}
	}
}

// longestParted is how many words a name may have whose parts are looked at.
const longestParted = 12

// saysWhat reports whether folded words after a name say what it is: magazine; party of America; Inc.
func (r *reader) saysWhat(words []string) bool {
	return legalForms[words[0]] || r.isHead(words[0]) && (len(words) == 1 || words[1] == "of")
}

func (r *reader) isHead(folded string) bool {
	_, size := utf8.DecodeRuneInString(folded)
	return r.lex.words[strings.ToUpper(folded[:size])+folded[size:]].class&orgHead != 0
}

// isDivision reports whether a folded name is a place's that is no country.
func (r *reader) isDivision(folded string) bool {
	words := strings.Fields(folded)
	for i, w := range words {
		_, size := utf8.DecodeRuneInString(w)
		words[i] = strings.ToUpper(w[:size]) + w[size:]
	}
	n, found := r.lex.names[strings.Join(words, " ")]
	return found && n.kind == news.Place && !n.country && !r.lex.names[n.canon].country
}

func finalWord(text string) string { return text[strings.LastIndexByte(text, ' ')+1:] }

// joinInitials joins an organisation's acronym with its name: KEDO, F.B.I.
func (f *folder) joinInitials(all []int) {
	for _, i := range all {
		g := &f.groups[i]
		for _, short := range initials(g.forms[0].text) {
			if other, found := f.byShort[short]; found && other != i {
				f.byShort[short] = -1
			} else {
				f.byShort[short] = i
			}
		}
	}
	for _, i := range all {
		if g := &f.groups[i]; len(g.forms) == 1 && g.forms[0].words == 1 {
			if full, found := f.byShort[strings.ReplaceAll(g.forms[0].text, ".", "")]; found && full >= 0 && full != i {
				f.join(i, full)
			}
		}
	}
}

// joinShared joins what every state has, "Senate", with the one that the text gives a state, "United States Senate" or
// "Parliament of Iraq", if it gives but one.
func (f *folder) joinShared() {
	whose := map[string][]int{}
	for i := range f.groups {
		if f.groups[i].shared {
			whose[f.groups[i].key] = nil
		}
	}
	if len(whose) == 0 {
		return
	}
	for i := range f.groups {
		if g := &f.groups[i]; g.kind == news.Organization && !g.shared {
			for _, short := range stateless(g.key) {
				if short == house.text && !strings.Contains(g.key, "house of representatives") {
					continue // the White one
				}
				if of, found := whose[short]; found {
					whose[short] = append(of, i)
				}
			}
		}
	}
	for i := range f.groups {
		if of := whose[f.groups[i].key]; f.groups[i].shared && len(of) == 1 {
			f.join(i, of[0])
		}
	}
}

// stateless is what may be left of a folded name without its state: every end of it, and what stands before "of".
func stateless(key string) []string {
	var short []string
	for i := range len(key) {
		if key[i] == ' ' {
			end := key[i+1:]
			short = append(short, end)
			if what, _, found := strings.Cut(end, " of "); found {
				short = append(short, what)
			}
			if strings.HasPrefix(key[i:], " of ") {
				short = append(short, key[:i])
			}
		}
	}
	return short
}

// initials are the first letters of a name's capitalised words, and of all its words where that differs.
func initials(text string) []string {
	var capitals, all strings.Builder
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '-' })
	if len(words) < 2 {
		return nil
	}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if unicode.IsUpper(first) {
			capitals.WriteRune(first)
		}
		all.WriteRune(unicode.ToUpper(first))
	}
	return slices.Compact([]string{capitals.String(), all.String()})
}
