package ingest

import (
	"slices"
	"strings"
	"unicode"

	"broadsheet/generator/prose"
)

// markMasthead takes out what stands above a clean file's headline and is the paper's: a row of a menu, the paper's name
// with its motto, the title of the page, which holds the headline. Only where another line can be the headline, and a
// story stands below.
func (r *reading) markMasthead() {
	top := r.storyTop()
	for i := range top - 1 { // the last of them can only be the headline
		rule := r.mastheadRule(i, top)
		if rule == "" || !r.headlineBelow(i, top) {
			continue
		}
		r.lines[i].rule = rule
		if rule == masthead && isMotto(r.lines[i]) {
			r.takeDayIn(i, r.lines[i].text) // "Vol. XIV, No. 212. Friday, September 8, 1911"
		}
		if rule == kindLabel { // nothing looks at it again
			r.article.Section = r.lines[i].text
			r.take(i, "section")
		}
	}
}

// mastheadRule is the rule by which line i is the paper's; kindLabel where it says nothing but in which section the story
// stood: "LOCAL NEWS".
func (r *reading) mastheadRule(i, top int) string {
	l := r.lines[i]
	switch {
	case l.rule != "" || l.keep || l.piece:
		return ""
	case r.isMenuRow(i):
		return navigation
	case l.words <= labelWords && r.article.Section == "" && isSectionLabel(l.text) && genreOf(l.text) == "":
		return kindLabel
	case r.isPaperName(i, top), i > 0 && r.lines[i-1].rule == masthead && isMotto(l):
		return masthead
	case r.titlesPage(i, top):
		return headlineRow
	}
	return ""
}

func isSectionLabel(text string) bool {
	label := prose.Fold(text)
	if sectionLabels[label] {
		return true
	}
	for word := range strings.FieldsSeq(label) {
		if !sectionNames[word] && word != "&" && word != "and" {
			return false
		}
	}
	return label != ""
}

// markNotices takes out what the site said of the state of the page, above a clean file's story and below it.
func (r *reading) markNotices() {
	for i := range r.lines {
		l := &r.lines[i]
		if (i < headLimit || i >= len(r.lines)-tailLines) && l.rule == "" && !l.keep && !l.piece && isEditNotice(*l) {
			l.rule = smallPrint
		}
	}
}

// storyTop is the line of a clean file's first running text where that stands below its first lines; 0 where none does.
func (r *reading) storyTop() int {
	for i, l := range r.lines[:min(len(r.lines), headLimit)] {
		if l.rule == "" && (l.piece || l.prose()) {
			return i
		}
	}
	return 0
}

// headlineBelow reports whether a line from i to top can be the headline: it is neither the paper's nor a field.
func (r *reading) headlineBelow(i, top int) bool {
	for j := i + 1; j < top; j++ {
		if l := r.lines[j]; l.rule == "" && !l.piece && headlineShape(l) && !r.isMenuRow(j) && !isPaperName(l.text) && !isMotto(l) && !r.isField(l) && !isOffice(l.text) {
			return true
		}
	}
	return false
}

// titlesPage reports whether line i is the title of the page, "Chronicle - Headline", with the headline below.
func (r *reading) titlesPage(i, top int) bool {
	return slices.ContainsFunc(r.lines[i+1:top], func(l line) bool { return l.words > 2 && frames(r.lines[i].text, l.text) })
}

// A row of a menu has at least leastRow labels, of at most labelWords words each.
const (
	leastRow   = 3
	labelWords = 3
)

// isMenuRow reports whether line i is a row of labels between bars, as a menu above a story is: "HOME | NEWS | SPORTS". It
// is no byline, and no row of a table.
func (r *reading) isMenuRow(i int) bool {
	l := r.lines[i]
	labels := rowLabels(l.text)
	if len(labels) < leastRow || hasFigures(l.text) || !slices.ContainsFunc(labels, func(label string) bool { return !isName(label) }) {
		return false
	}
	for _, label := range labels {
		if words := countWords(label); words == 0 || words > labelWords || endsSentence(label) {
			return false
		}
	}
	if _, signed := parseByline(l.text); signed {
		return false
	}
	return !r.isBesideRow(i)
}

// isBesideRow reports whether the line above or below line i is cut like it, but with figures: both are a table's.
func (r *reading) isBesideRow(i int) bool {
	n := len(rowLabels(r.lines[i].text))
	for _, j := range [...]int{i - 1, i + 1} {
		if j >= 0 && j < len(r.lines) && hasFigures(r.lines[j].text) && len(rowLabels(r.lines[j].text)) == n {
			return true
		}
	}
	return false
}

// rowLabels is the labels of a row, cut at the marks that stand between them; none where there are no marks.
func rowLabels(text string) []string {
	if !mayBeRow(text) {
		return nil
	}
	for _, mark := range [...]string{"|", "·", "•", "›", "»", "] [", " > ", "→", " / "} {
		if strings.Contains(text, mark) {
			labels := strings.Split(strings.Trim(text, "[] "+mark), mark)
			for i := range labels {
				labels[i] = strings.TrimSpace(labels[i])
			}
			return labels
		}
	}
	return nil
}

// mayBeRow reports whether text has a byte that begins one of the marks between labels; most lines have none.
func mayBeRow(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '|', 0xC2, 0xE2:
			return true
		case '>', '/', '[':
			if i > 0 && text[i-1] == ' ' {
				return true
			}
		}
	}
	return false
}

// isKnownRow reports whether a line is a row of labels between bars, and half of them at least are those that menus have:
// "About us | Contact".
func isKnownRow(text string) bool {
	labels := rowLabels(text)
	known := 0
	for _, label := range labels {
		if countWords(label) > labelWords || hasFigures(label) {
			return false
		}
		if label = prose.Fold(label); isMenuLabel(label) || phrases[label] != "" {
			known++
		}
	}
	return known > 0 && 2*known >= len(labels) && (len(labels) >= leastRow || known == len(labels))
}

// isPlainRow reports whether a line is a row of labels that menus have, between blanks: "Home News Sport".
func isPlainRow(text string) bool {
	n := 0
	for word := range strings.FieldsSeq(text) {
		if !isMenuLabel(prose.Fold(word)) {
			return false
		}
		n++
	}
	return n >= leastRow
}

// sectionLabels are the names of sections as menus have them, folded; menuLabels are the other entries of menus. A lone one
// amid a story may be a subhead.
var (
	sectionLabels = folded(`news,local,local news,world,nation,national,sport,sports,business,politics,opinion,opinions,letters,culture,arts,entertainment,
	lifestyle,life,living,features,health,science,technology,tech,travel,weather,obituaries,classifieds,metro,region,
	nachrichten,politik,wirtschaft,kultur,panorama,lokales,meinung,reise,wissen,feuilleton,actualités,politique,économie,société,monde,régions,
	noticias,deportes,cultura,sociedad,política,economía,mundo,opinión,sucesos,notícias,esportes,desporto,economia,notizie,cronaca,politica,spettacoli,
	nieuws,binnenland,buitenland,economie,cultuur,nyheter,ekonomi,nyheder,kultura,wiadomości,polityka,gospodarka,
	новости,политика,экономика,общество,культура,спорт,мир,新闻,国际,体育,文化,财经,ニュース,スポーツ`)
	menuLabels = folded(`home,front page,homepage,traffic,jobs,cars,real estate,archive,archives,subscribe,subscriptions,contact,about,advertise,help,faq,
	careers,events,calendar,photos,videos,video,blogs,podcasts,newsletters,shop,e paper,crossword,print,email,email this,print this,
	startseite,anmelden,abo,archiv,kontakt,impressum,datenschutz,accueil,s abonner,abonnez vous,contactez nous,mentions légales,
	inicio,suscríbete,contacto,aviso legal,início,assine,contato,abbonati,contatti,abonneren,hem,hjem,главная,архив,контакты,首页,ホーム`)
)

func isMenuLabel(label string) bool { return sectionLabels[label] || menuLabels[label] }

func folded(list string) map[string]bool {
	set := map[string]bool{}
	for entry := range strings.SplitSeq(list, ",") {
		set[prose.Fold(entry)] = true
	}
	return set
}

// nameWords is the most words of a paper's name.
const nameWords = 6

// isPaperName reports whether line i is nothing but the name of the paper it was printed in. A word that names other
// things too, "Times", "Star", needs the article, a menu or a date beside it, or the name said again below the story.
func (r *reading) isPaperName(i, top int) bool {
	text := r.lines[i].text
	if r.lines[i].words > nameWords {
		return false
	}
	if isPaperName(text) || i+1 < top && isMotto(r.lines[i+1]) && hasFigures(r.lines[i+1].text) && !hasFigures(text) && !endsSentence(text) {
		return true
	}
	if !isPaper(text, false) || hasFigures(text) || r.isOneOf(i, top) {
		return false
	}
	first, _, _ := strings.Cut(text, " ")
	return strings.EqualFold(first, "the") || r.isPapers(i-1) || r.isPapers(i+1) || r.isNamedBelow(text, top)
}

// isOneOf reports whether the line below line i goes on with it.
func (r *reading) isOneOf(i, top int) bool {
	return i+1 < top && !r.lines[i+1].gap && startsLower(r.lines[i+1].text)
}

// isPapers reports whether line i is a row of a menu or a date.
func (r *reading) isPapers(i int) bool {
	if i < 0 || i >= len(r.lines) {
		return false
	}
	d, dated := dateLine(r.lines[i].text, r.dating)
	return r.lines[i].rule == navigation || r.isMenuRow(i) || dated && d.rest == ""
}

// isNamedBelow reports whether a line about the copyright has the name.
func (r *reading) isNamedBelow(name string, top int) bool {
	return slices.ContainsFunc(r.lines[top:], func(l line) bool { return isLicense(l) && strings.Contains(prose.Fold(l.text), prose.Fold(name)) })
}

// isPaperName reports whether text is the name of a paper by a word that only papers are called by, or its host.
func isPaperName(text string) bool {
	if isSite(text) {
		return true
	}
	if hasFigures(text) || endsSentence(text) || startsLower(text) || strings.ContainsAny(text, ":,;") {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return c == ' ' || c == '-' })
	if len(words) > 1 && (words[len(words)-1] == "online" || words[len(words)-1] == "edition") {
		words = words[:len(words)-1]
	}
	if len(words) == 0 || len(words) > nameWords {
		return false
	}
	for _, ending := range paperEndings {
		if len(words) < 3 && strings.HasSuffix(words[len(words)-1], ending) && len(words[len(words)-1]) < 30 {
			return true
		}
	}
	last := words[len(words)-1]
	return paperTitles[last] && (len(words) > 1 || shouts(text)) || paperOpenings[words[0]] || len(words) > 1 && articles[words[0]] && paperOpenings[words[1]]
}

// isSite reports whether text is the host of a site and nothing else: "www.example.com".
func isSite(text string) bool {
	name, end, found := strings.Cut(text, ".")
	return found && name != "" && len(end) > 1 && !strings.ContainsAny(text, " /@,;:") && !strings.HasSuffix(text, ".") && strings.IndexFunc(text, unicode.IsDigit) < 0
}

var (
	// paperTitles end the names of papers, and of hardly anything else.
	paperTitles = words(`chronicle gazette herald tribune courier dispatch examiner inquirer enquirer telegraph sentinel observer advertiser intelligencer
		argus picayune zeitung anzeiger tageblatt tagblatt kurier rundschau bote allgemeine dagblad tidning tidende krant courant gazet`)
	// paperOpenings begin them in languages that set the place after them.
	paperOpenings = words(`courrier gazette dépêche diario periódico gaceta correo corriere gazzetta giornale gazeta folha jornal вестник газета`)
	articles      = words(`le la les el il o a der die das de het l'`)
	paperEndings  = [...]string{"日报", "晚报", "时报", "日報", "晚報", "時報", "新聞", "신문", "일보"}
)

// isMotto reports whether a line below a paper's name is of it: "Serving the harbour since 1874", "Vol. XII, No. 3".
func isMotto(l line) bool {
	if l.words > folioWords || endsSentence(l.text) && l.words > 6 {
		return false
	}
	first, rest, _ := strings.Cut(strings.ToLower(l.text), " ")
	switch strings.Trim(first, ".,:") {
	case "no", "nr", "nº":
		return rest != "" && isDigit(rest[0])
	case "vol", "volume", "established", "founded", "serving", "price", "jahrgang", "gegründet", "fondé", "fundado", "fondato":
		return true
	}
	return strings.Contains(l.text, " since ") && hasFigures(l.text)
}

// folioWords is the most words of the line below a paper's name: volume, number, place, day and price.
const folioWords = 20

// paperBeside is whether what stands beside a date above the headline is the name of the paper, and the page if it is said:
// "Whitby Chronicle | April 5, 2002 | Page A3", "4 THE WHITBY CHRONICLE Friday, April 5, 2002". rest is the line without the date.
func paperBeside(text, rest string) (page string, found bool) {
	rest = trimMarks(rest)
	name := strings.TrimLeft(rest, "0123456789")
	if number := rest[:len(rest)-len(name)]; len(number) <= pageBytes {
		name = trimMarks(name)
		if found = isPaperName(name) || isPaper(name, false); found {
			page = number
		}
	}
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("|,;·•()", c) }) {
		part = trimMarks(part)
		label, number, _ := strings.Cut(strings.ToLower(part), " ")
		switch strings.Trim(label, ".") {
		case "page", "p", "pg", "seite", "s":
			if hasFigures(number) && len(number) <= pageBytes {
				page = strings.ToUpper(number)
			}
		default:
			found = found || isPaperName(part) || isPaper(part, false)
		}
	}
	return page, found
}

// pageBytes is the longest number of a page: "A12".
const pageBytes = 4
