package ingest

import "strings"

// cutOffice cuts from a name what its bearer does: "Jane Doe Political Correspondent". The name keeps all words that
// no office is made of.
func cutOffice(text string) (name string, found bool) {
	words := strings.Fields(text)
	last := len(words)
	for last > 2 && (offices[strings.ToLower(words[last-1])] || rankWords[strings.ToLower(words[last-1])]) {
		last--
	}
	if last < len(words) && isOffice(strings.Join(words[last:], " ")) {
		return strings.Join(words[:last], " "), true
	}
	return text, false
}

// isOffice reports whether text is what an author does rather than what she is called: "Staff Writer", "Political
// Correspondent", "Special to the Chronicle".
func isOffice(text string) bool {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	if words[0] == "special" || words[0] == "staff" && len(words) < 3 {
		return true
	}
	if !offices[words[len(words)-1]] {
		return false
	}
	for _, w := range words[:len(words)-1] {
		if !rankWords[w] && !offices[w] && !sectionNames[w] {
			return false
		}
	}
	return true
}

var offices = words(`writer writers reporter reporters correspondent correspondents editor columnist contributor contributors staff critic
	journalist journalists producer report reports agencies photographer intern chief`)

// rankWords are what stands before an office.
var rankWords = words(`senior junior chief deputy assistant associate special staff guest contributing political foreign diplomatic news sports
	sport business royal medical legal crime city economics economic environment environmental science technology education health security
	defence defense entertainment features feature food music film art arts culture investigative general assignment data digital social
	auto media managing executive opinion national local world video audience trends wire freelance live white house pentagon bureau and`)

// agency is the agency that text names, or "".
func agency(text string) string {
	text = strings.Trim(text, "()")
	folded := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(text, "The "), "THE "))
	if i := strings.LastIndexByte(folded, ' '); i > 0 && offices[folded[i+1:]] {
		folded = folded[:i]
		if first, desk, found := strings.Cut(folded, " "); found && rankWords[desk] && agencies[first] != "" {
			folded = first // "AP Business Writer"
		}
	}
	return agencies[folded]
}

// agencies are the news agencies and services a byline or dateline credits, in lower case, with their names.
var agencies = map[string]string{
	"ap": "AP", "associated press": "Associated Press", "reuters": "Reuters", "reuter": "Reuters", "afp": "AFP", "agence france-presse": "Agence France-Presse",
	"upi": "UPI", "united press": "United Press", "united press international": "United Press International", "bloomberg": "Bloomberg",
	"bloomberg news": "Bloomberg News", "press association": "Press Association", "pa": "PA", "pa media": "PA Media", "xinhua": "Xinhua",
	"kyodo": "Kyodo", "kyodo news": "Kyodo News", "yonhap": "Yonhap", "tass": "TASS", "itar-tass": "ITAR-TASS", "dpa": "dpa", "efe": "EFE", "ansa": "ANSA",
	"ians": "IANS", "ani": "ANI", "pti": "PTI", "press trust of india": "Press Trust of India", "bbc": "BBC", "bbc news": "BBC News", "cnn": "CNN",
	"fox news": "Fox News", "npr": "NPR", "voa": "VOA", "voice of america": "Voice of America", "wikinews": "Wikinews", "canadian press": "The Canadian Press",
	"australian associated press": "Australian Associated Press", "aap": "AAP", "usa today": "USA Today", "cnn business": "CNN Business", "international news service": "International News Service", "ins": "INS",
}

// isPaper reports whether text names a paper, a station or a service. What opens a byline may be a person called Post
// or Star, so there only words that are no surnames tell.
func isPaper(text string, first bool) bool {
	words := strings.Fields(strings.ToLower(text))
	if len(words) < 2 || len(words) > 6 || startsLower(text) {
		return false
	}
	last := words[len(words)-1]
	return serviceWords[last] || paperTitles[last] || !first && paperWords[last] || words[0] == "the" && paperWords[last]
}

var serviceWords = words(`news press times agency service services network media staff reports reporters correspondents weekly daily board team magazine radio tv
	bureau desk newsroom`)

var paperWords = words(`post herald tribune journal gazette chronicle observer guardian today mirror express record register bulletin
	courier dispatch examiner independent inquirer ledger review sentinel standard star sun globe mail voice world wire argus echo mercury
	business health sports politics`)
