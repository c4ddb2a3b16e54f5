package ingest

import (
	"slices"
	"strings"

	"broadsheet/generator/prose"
)

// The rules, as the removals name them.
const (
	navigation  = "navigation"
	sharing     = "share bar"
	advert      = "advertisement"
	newsletter  = "newsletter"
	notice      = "cookie notice"
	copyright   = "copyright"
	related     = "related stories"
	comments    = "comments"
	loading     = "loading"
	picture     = "picture caption"
	smallPrint  = "small print"
	ruled       = "ruled line"
	pageHead    = "before the story"
	pageFoot    = "after the story"
	headlineRow = "headline again"
	overruled   = "given otherwise" // a field, by people
	repeat      = "said twice on the page"
	kindLabel   = "label" // that says what kind of article it is
	masthead    = "masthead"
	control     = "control character"
	htmlTag     = "html tag"
	mended      = "misread characters"
)

// phraseBytes is the longest line that is compared with the phrases.
const phraseBytes = 160

// phraseRule is the rule for a line that is, as a whole, a phrase pages carry; "" for any other, and for the end of a
// sentence that was broken before its last word: "share."
func phraseRule(l line) string {
	if len(l.text) > phraseBytes || l.words > 16 || startsLower(l.text) && endsSentence(l.text) {
		return ""
	}
	if isRuled(l.text) {
		return ruled
	}
	if isReferralLabel(l.text) {
		return related
	}
	first, _, _ := strings.Cut(l.text, " ")
	first = prose.Fold(first)
	if isKnownRow(l.text) || l.words >= leastRow && !startsLower(l.text) && isMenuLabel(first) && isPlainRow(l.text) {
		return navigation
	}
	if l.words > phraseWords && openingWords[first] == 0 && phrases[first] != sharing && strings.Trim(first, "0123456789") != "" {
		return ""
	}
	folded := prose.Fold(l.text)
	if rule, found := phrases[folded]; found {
		return rule
	}
	for _, o := range foldedOpenings[:openingWords[first]] {
		if rest, found := strings.CutPrefix(folded, o.words); found && (rest == "" || rest[0] == ' ') && (l.words <= o.most) && !l.prose() {
			return o.rule
		}
	}
	if isCommentCount(folded) {
		return comments
	}
	if isShareBar(folded) {
		return sharing
	}
	if isReadingTime(folded) {
		return navigation
	}
	return ""
}

// isRuled reports whether a line is drawn rather than written: "_____", "* * *", "=====".
func isRuled(text string) bool {
	return len(text) >= 3 && strings.Trim(text, "-_=*~ —–") == ""
}

// isShareBar reports whether a line is nothing but the names of places to share at: "Facebook Twitter Email".
func isShareBar(folded string) bool {
	n := 0
	for word := range strings.FieldsSeq(folded) {
		if word == "+" { // "Google+"
			continue
		}
		if phrases[word] != sharing {
			return false
		}
		n++
	}
	return n > 1
}

// isReadingTime reports whether a line says how long the story takes to read: "5 min read", "Reading time: 3 minutes".
func isReadingTime(folded string) bool {
	if number, unit, found := strings.Cut(folded, " "); found && strings.Trim(number, "0123456789") == "" {
		return unit == "min read" || unit == "minute read" || unit == "mins read"
	}
	for _, opening := range readingTimes {
		if rest, found := strings.CutPrefix(folded, opening); found {
			return len(strings.Fields(rest)) <= 3 && strings.ContainsAny(rest, "0123456789")
		}
	}
	return false
}

var readingTimes = [...]string{"reading time ", "read time ", "estimated reading time ", "lesezeit ", "temps de lecture ", "tempo de leitura ", "tiempo de lectura ", "tempo di lettura ", "leestijd ", "время чтения "}

// isCommentCount reports whether a line says "12 Comments", "3 replies".
func isCommentCount(folded string) bool {
	number, thing, found := strings.Cut(folded, " ")
	if !found || strings.Trim(number, "0123456789") != "" {
		return false
	}
	if first, _, more := strings.Cut(thing, " "); more {
		return (first == "thoughts" || first == "responses" || first == "comments" || first == "replies") && (strings.HasPrefix(thing, first+" on ") || strings.HasPrefix(thing, first+" to "))
	}
	switch thing {
	case "comment", "comments", "reply", "replies", "share", "shares":
		return true
	}
	return false
}

// phrases are whole lines, folded (see prose.Fold), that stand on pages and in no story.
var phrases = invert(map[string][]string{
	navigation: {
		"accessibility links", "accessibility help", "accessibility", "breaking news", "skip to content", "skip to main content", "skip to navigation", "skip to main navigation", "skip to site index",
		"skip to contentskip to site index", "skip to search", "skip navigation", "skip to footer", "jump to content", "jump to navigation", "jump to search", "main content", "main menu", "site index", "site map", "sitemap",
		"back to top", "top of page", "go to top", "return to top", "open menu", "close menu", "toggle navigation", "open navigation menu", "menu", "navigation", "site navigation",
		"log in", "login", "log out", "logout", "sign in", "sign out", "sign up", "register", "my account", "create account", "search", "search for", "search form", "search site", "home page",
		"previous article", "next article", "previous post", "next post", "previous story", "next story", "go back", "view all", "see all", "show more", "show all", "load more", "see more", "view more", "click here",
		"continue reading", "continue reading below", "continue reading the main story", "story continues below", "story continues", "article continues below", "report a typo", "report this ad", "close", "you are here",
		"privacy", "privacy policy", "terms", "terms of use", "terms of service", "terms conditions", "terms and conditions", "contact us", "about us", "advertise with us", "do not sell my personal information", "do not sell my info", "your ad choices", "adchoices",
		"rss", "rss feed", "mobile", "mobile site", "full site", "desktop version", "e edition", "todays paper", "print edition", "read the full story", "view comments", "edit", "enlarge", "enlarge image", "view gallery", "hide caption", "toggle caption",
		"this story has been shared", "watch now", "read in app", "download our app", "get the app", "learn more", "click to copy", "listen", "filed under", "posted in", "tagged", "tags", "topics", "related topics", "post navigation", "reply", "report", "report abuse", "conversation",
	},
	sharing: {
		"share", "share this", "share this story", "share this article", "share this page", "share this post", "share this with", "share on facebook", "share on twitter", "share on linkedin", "share on whatsapp", "share on pinterest", "share on reddit",
		"share on google", "share via email", "share by email", "share on x", "share article", "share options", "sharing options", "share with", "share with facebook", "share with twitter", "share link", "share all sharing options", "share this on facebook", "share this on twitter",
		"tweet", "tweet this", "pin it", "email", "e mail", "email this", "email this article", "email this story", "mail", "e mail this", "print", "print this", "print this article", "print this page", "print this story", "print article", "printer friendly", "printer friendly version", "print page",
		"facebook", "twitter", "linkedin", "whatsapp", "pinterest", "instagram", "youtube", "reddit", "flipboard", "tumblr", "telegram", "google", "google+", "messenger", "pocket", "snapchat", "copy link", "link copied", "copied", "send", "save", "bookmark", "save this story", "save for later", "text size", "font size",
		"like", "like this", "like us on facebook", "follow us", "follow us on twitter", "follow us on facebook", "follow", "follow us on", "follow us on instagram", "gift this article", "republish this article", "read later", "send to a friend", "email to a friend",
	},
	advert: {"advertisement", "advertisements", "advertisment", "advertising", "ad", "ads", "ads by google", "sponsored", "sponsored content", "sponsored by", "sponsor", "promoted", "promoted content", "promoted stories", "paid content", "paid post", "supported by", "advertisement continue reading the main story", "from our partners", "from the web", "around the web", "partner content"},
	newsletter: {
		"newsletter", "newsletters", "sign up for our newsletter", "sign up for our newsletters", "sign up for newsletters", "subscribe", "subscribe now", "subscribe today", "subscribe to our newsletter", "subscribe for free", "subscribesign in", "become a member", "join now", "get our newsletter", "get the newsletter", "email address", "email alerts", "enter your email", "enter your email address", "your email address", "donate", "donate now", "support us", "thank you for subscribing",
		"subscribe newsletters", "manage subscription", "start your free trial", "unsubscribe",
	},
	notice:    {"cookie", "cookies", "cookie policy", "cookie settings", "cookie notice", "cookie preferences", "manage cookies", "accept", "accept all", "accept cookies", "accept all cookies", "reject all", "i agree", "got it", "we use cookies", "ok", "this site uses cookies"},
	copyright: {"all rights reserved", "rights reserved"},
	related: {
		"related", "related stories", "related story", "related articles", "related article", "related content", "related news", "related links", "related posts", "related coverage", "related video", "related videos", "read more", "read also", "also read", "read next", "see also", "more on this story", "more from this section", "more stories", "more news", "more to read", "more like this", "more headlines", "more information about",
		"most popular", "most read", "most viewed", "most shared", "most commented", "most recent", "trending", "trending now", "trending stories", "popular", "popular stories", "popular posts", "recent posts", "recent articles", "recent stories", "latest news", "latest stories", "latest", "latest articles", "latest headlines", "top stories", "top news", "top headlines", "editors picks", "editors choice", "editors pick", "dont miss", "recommended", "recommended for you", "recommended stories", "recommended articles", "you may also like", "you might also like", "you might like", "what to read next", "elsewhere on the web", "in other news", "more videos", "featured", "featured stories", "in this story", "in this article", "the latest", "highlights", "also on", "more in this section", "what to watch next", "more great stories", "more like this story",
		"das könnte sie auch interessieren", "lesen sie auch", "mehr zum thema", "weitere artikel", "weitere beiträge", "weitere beiträge zum thema", "zum thema", "ähnliche artikel", "meistgelesen",
		"lire aussi", "à lire aussi", "a lire egalement", "sur le même sujet", "articles liés", "les plus lus", "leia também", "leia mais", "saiba mais", "veja também", "notícias relacionadas", "mais lidas", "artigos relacionados",
		"leer más", "lea también", "te puede interesar", "también te puede interesar", "noticias relacionadas", "artículos relacionados", "lo más leído", "más noticias", "leggi anche", "articoli correlati", "potrebbe interessarti", "lees ook", "meer nieuws",
		"читайте также", "вам также может быть интересно", "вам может быть интересно", "похожие записи", "похожие материалы", "материалы по теме", "материалы по темам", "по теме", "свежие записи", "популярное", "новости партнеров", "еще по теме",
		"baca juga", "artikel terkait", "berita terkait", "czytaj też", "czytaj także", "zobacz też", "läs också", "les også", "ilgili haberler", "관련기사", "많이 본 뉴스", "関連記事", "相关阅读", "相关新闻",
	},
	comments: {"comment", "comments", "add a comment", "add comment", "leave a comment", "leave a reply", "leave a comment cancel reply", "leave a reply cancel reply", "leave a comment below", "post a comment", "post comment", "no comments", "no comments yet", "be the first to comment", "show comments", "hide comments", "join the conversation", "join the discussion", "have your say", "view all comments", "comments are closed", "write a comment", "log in to reply", "start the conversation",
		"kommentare", "kommentar schreiben", "kommentar hinterlassen", "schreibe einen kommentar", "commentaires", "laisser un commentaire", "ajouter un commentaire", "comentários", "deixe um comentário", "deixe uma resposta", "deixe seu comentário",
		"comentarios", "deja un comentario", "deja una respuesta", "commenti", "lascia un commento", "reacties", "комментарии", "добавить комментарий", "добавить комментарий отменить ответ", "оставить комментарий", "обсуждение", "свежие комментарии",
		"tinggalkan balasan", "tulis komentar", "komentar", "komentarze", "yorumlar", "댓글", "コメント", "评论"},
	loading: {"loading", "loading comments", "please wait", "buffering", "video player is loading", "0 00", "this is a modal window", "play video", "play", "pause", "mute", "unmute", "fullscreen", "autoplay", "replay", "watch", "media playback is unsupported on your device", "javascript is disabled", "please enable javascript"},
})

type opening struct {
	words string
	most  int
	rule  string
}

// openings are the beginnings of short lines that are no sentences, folded; most is the most words of such a line.
var openings = []opening{
	{"skip to", 5, navigation}, {"jump to", 5, navigation}, {"copyright c", 16, copyright}, {"click here to", 12, navigation}, {"tap here to", 12, navigation},
	{"read more", 14, related}, {"read more on", 14, related}, {"also read", 14, related}, {"read also", 14, related}, {"more from", 6, related}, {"more on", 6, related}, {"more in", 6, related}, {"related story", 14, related},
	{"related article", 14, related}, {"most read in", 6, related}, {"most popular in", 6, related}, {"trending in", 6, related}, {"latest in", 5, related}, {"more stories", 6, related},
	{"leave a reply", 12, comments}, {"leave a comment", 10, comments}, {"lascia un commento", 8, comments}, {"deixe uma resposta", 8, comments}, {"schreibe einen kommentar", 8, comments}, {"laisser un commentaire", 8, comments},
	{"deja una respuesta", 8, comments}, {"deja un comentario", 8, comments}, {"добавить комментарий", 6, comments}, {"tinggalkan balasan", 8, comments}, {"watch live", 8, related}, {"more great", 6, related}, {"next up in", 8, related}, {"want more stories", 8, related}, {"watch more", 8, related},
	{"share this", 8, sharing}, {"share on", 5, sharing}, {"follow us", 8, sharing}, {"share all sharing options for", 16, sharing}, {"like us on", 6, sharing}, {"click to share on", 8, sharing},
	{"sign up for", 12, newsletter}, {"sign up to", 12, newsletter}, {"subscribe to", 12, newsletter}, {"subscribe for", 8, newsletter},
	{"posted in", 8, navigation}, {"filed under", 10, navigation}, {"tags", 12, navigation}, {"topics", 8, navigation}, {"image copyright", 8, picture}, {"image caption", 60, picture}, {"media caption", 60, picture}, {"view all posts by", 8, navigation},
	{"loading", 3, loading},
}

// foldedOpenings are the openings as folded lines begin.
var foldedOpenings = func() []opening {
	folded := slices.Clone(openings)
	for i := range folded {
		folded[i].words = prose.Fold(folded[i].words)
	}
	return folded
}()

// openingWords are the first words of openings, each with how many of the openings end with its last.
var openingWords = func() map[string]int {
	first := map[string]int{}
	for i, o := range foldedOpenings {
		word, _, _ := strings.Cut(o.words, " ")
		first[word] = i + 1
	}
	return first
}()

// phraseWords is the most words of a phrase.
var phraseWords = func() int {
	most := 0
	for phrase := range phrases {
		most = max(most, len(strings.Fields(phrase)))
	}
	return most
}()

func invert(rules map[string][]string) map[string]string {
	lines := map[string]string{}
	for rule, all := range rules {
		for _, l := range all {
			lines[prose.Fold(l)] = rule
		}
	}
	return lines
}
