package render

// tongues are the languages that pages speak, English first.
var tongues = []*Words{&english, &german}

var english = Words{
	Language: "en", Thousands: ",",
	Months:      [13]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	ShortMonths: [13]string{"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	Weekdays:    [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	ShortDays:   [7]string{"S", "M", "T", "W", "T", "F", "S"},
	DecadeMark:  "s", To: " to ", About: "about ", Perhaps: "perhaps ",
	Undated: "Undated", DateNotKnown: "Date not known", DayNotKnown: "Day not known", MonthMissing: "month not known",

	Article: "article", Articles: "articles", Name: "name", Names: "names",
	Line: "line", Lines: "lines",

	Dates: "Dates", People: "People", Places: "Places", Organizations: "Organizations", Tags: "Tags",
	Sections: "Sections", Publications: "Publications", Authors: "Authors",
	Person: "Person", Place: "Place", Organization: "Organization", Tag: "Tag",
	Section: "Section", Publication: "Publication", Author: "Author",

	Skip: "Skip to the page", Archive: "Archive", Top: "Top of the page", ReportError: "Report an error",
	Follow: "Follow this page", NewArticles: "New articles", FeedNote: "a feed for news readers", Earlier: "Earlier", Later: "Later",

	Coverage: "Articles by year", Latest: "Latest in the archive", OnThisDay: "On this day", EveryDay: "Every day of the year",

	By: "By", And: "and", More: "more", PrintPage: "page", Draft: "A draft: not published yet.", Corrected: "Corrected", PutsRight: "A correction of", InThisArticle: "In this article",
	ByMachine:     "Names were found by the program and may be wrong; nobody has checked them.",
	HardlyLegible: "The text was read by a machine from a page that is hard to read. Only names that are known from elsewhere are listed and linked.",
	NoModel:       "The program does not find names in this language by itself. Only names that this archive's own list has are linked.",
	Withheld:      "This archive may not show the article itself.", ReadThere: "Read it where it was published",
	Genres: map[string]string{"opinion": "Opinion", "editorial": "Editorial", "letter": "Letter", "obituary": "Obituary",
		"review": "Review", "interview": "Interview", "notice": "Notice", "page": "Page"},
	ThePrintedPage: "The page as it was printed", Picture: "Picture", Translations: "Also in", Related: "Read on",
	SameIssue: "In the same issue", NearArticles: "Articles before and after",
	Provenance: "Where this comes from", Source: "Source", Licence: "Licence", KnownAs: "Known as", LastChanged: "Last changed",
	Original: "Original", AsReceived: "The text as it was received", AlsoRan: "Also ran as",
	CiteAs: "Cite as", NotDated: "n.d.", TextSum: "text", LinkHere: "Link to this paragraph", LeftOut: "of the original left out",
	LineNumber: "Line", Text: "Text", Why: "Why",

	Newest: "The newest", AllByDate: "All, by date", NamedWith: "Often named with", PartOf: "Part of", Within: "Within this",
	PrintedAs: "Printed as", Elsewhere: "Elsewhere", OnTheMap: "On the map",
	Listed: "Articles", Central: "At the centre of the story", NamedInPassing: "Named in passing",
	Ambiguous:    "More than one person or thing may bear this name; the articles below may speak of different ones.",
	Unchecked:    "This page was made by the program from the words of the articles; nobody has checked it.",
	FirstAndLast: "First and last",

	Year: "Year", Years: "Years", MonthsOfYear: "Months", KnownToDecade: "Known only to the decade", NoDateKnown: "No date known", KnownToYear: "Known only to the year",
	NearYears: "Years before and after", Near: "Before and after", Letters: "Letters", MostNamed: "Most often named",
	AsTable: "As a table", Explore: "Explore", ByTag: "Tags over the years",
	ByTagNote: "Each line is a tag; the stronger a square, the more articles of that time have it.",
	Network:   "Who stands with whom", NetworkNote: "A line joins two names that stand in the same articles; it is thicker, the more often they do.",
	MapNote: "A larger dot is a place that more articles name.", Together: "Together",
	Corrections: "Corrections", CorrectionsNote: "What was printed and had to be put right, the latest first.",

	Search: "Search", SearchFor: "Words, names, dates",
	SearchNote:        "Quotes find words that follow each other; a minus leaves out; OR finds either. person:, place:, org:, tag:, by: and section: find what an article is about, 2002-04..2003 when it was published, and kore* every word that begins so.",
	SearchNeedsHost:   "Search works when the archive is read from the web, and not from files on a disk: a browser does not let pages there read others. Everything else works here.",
	SearchNeedsScript: "Search runs in your browser and needs JavaScript, which is turned off. Without it, these lead to every article:",
	SearchFailed:      "The search could not be carried out:", Searching: "Searching …",
	NothingFound: "Nothing found.", DidYouMean: "Did you mean", Best: "Best first", NewestFirst: "Newest first", MoreHits: "Show more",
	OverTime: "Over time", Narrow: "Narrow down", WholePeriod: "The whole time",
	Tables:     "All articles as tables",
	TablesNote: "For a spreadsheet (CSV), a file for each year: date, headline, byline, publication, section and address of every article.",

	NotFound: "Not found", NoSuchPage: "No such page",
	NoSuchPageNote: "Nothing in this archive stands at that address. Addresses here are meant to last, so it was most likely mistyped, or cut short on its way to you.",
	FrontPageNote:  "What the archive holds: the front page", IndexesNote: "Indexes that lead to every article:",
	Moved: "This page has moved", NowAt: "It is now at",
}

var german = Words{
	Language: "de", Thousands: ".",
	Months:      [13]string{"", "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	ShortMonths: [13]string{"", "Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"},
	Weekdays:    [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
	ShortDays:   [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
	DayMark:     ".", WeekdayMark: ",", DecadeMark: "er", To: " bis ", About: "um ", Perhaps: "vielleicht ",
	Undated: "Ohne Datum", DateNotKnown: "Datum unbekannt", DayNotKnown: "Tag unbekannt", MonthMissing: "Monat unbekannt",

	Article: "Artikel", Articles: "Artikel", Name: "Name", Names: "Namen",
	Line: "Zeile", Lines: "Zeilen",

	Dates: "Kalender", People: "Personen", Places: "Orte", Organizations: "Organisationen", Tags: "Themen",
	Sections: "Ressorts", Publications: "Zeitungen", Authors: "Autoren",
	Person: "Person", Place: "Ort", Organization: "Organisation", Tag: "Thema",
	Section: "Ressort", Publication: "Zeitung", Author: "Autor",

	Skip: "Zum Inhalt", Archive: "Archiv", Top: "Zum Seitenanfang", ReportError: "Fehler melden",
	Follow: "Diese Seite abonnieren", NewArticles: "Neue Artikel", FeedNote: "ein Feed für Nachrichtenleser", Earlier: "Davor", Later: "Danach",

	Coverage: "Artikel nach Jahr", Latest: "Das Neueste im Archiv", OnThisDay: "An diesem Tag", EveryDay: "Jeder Tag des Jahres",

	By: "Von", And: "und", More: "weitere", PrintPage: "Seite", Draft: "Ein Entwurf, noch nicht veröffentlicht.", Corrected: "Berichtigt", PutsRight: "Eine Berichtigung zu", InThisArticle: "In diesem Artikel",
	ByMachine:     "Die Namen hat das Programm gefunden; niemand hat sie geprüft, und sie können falsch sein.",
	HardlyLegible: "Den Text hat eine Maschine von einer schlecht lesbaren Seite gelesen. Nur Namen, die anderswoher bekannt sind, sind verzeichnet und verlinkt.",
	NoModel:       "In dieser Sprache findet das Programm selbst keine Namen. Nur Namen aus der Liste dieses Archivs sind verlinkt.",
	Withheld:      "Den Artikel selbst darf dieses Archiv nicht zeigen.", ReadThere: "Dort lesen, wo er erschienen ist",
	Genres: map[string]string{"opinion": "Meinung", "editorial": "Leitartikel", "letter": "Leserbrief", "obituary": "Nachruf",
		"review": "Kritik", "interview": "Interview", "notice": "Anzeige", "page": "Seite"},
	ThePrintedPage: "Die Seite, wie sie gedruckt wurde", Picture: "Bild", Translations: "Auch auf", Related: "Weiterlesen",
	SameIssue: "In derselben Ausgabe", NearArticles: "Artikel davor und danach",
	Provenance: "Woher das stammt", Source: "Quelle", Licence: "Lizenz", KnownAs: "Kennung", LastChanged: "Zuletzt geändert",
	Original: "Original", AsReceived: "Der Text, wie er einging", AlsoRan: "Auch erschienen als",
	CiteAs: "Zitieren", NotDated: "o. D.", TextSum: "Text", LinkHere: "Verweis auf diesen Absatz", LeftOut: "des Originals weggelassen",
	LineNumber: "Zeile", Text: "Text", Why: "Grund",

	Newest: "Das Neueste", AllByDate: "Alle, nach Datum", NamedWith: "Oft genannt mit", PartOf: "Teil von", Within: "Darunter",
	PrintedAs: "Gedruckt als", Elsewhere: "Anderswo", OnTheMap: "Auf der Karte",
	Listed: "Artikel", Central: "Im Mittelpunkt", NamedInPassing: "Nebenbei genannt",
	Ambiguous:    "Mehrere können diesen Namen tragen; die Artikel hier handeln vielleicht nicht alle von demselben.",
	Unchecked:    "Diese Seite hat das Programm aus den Worten der Artikel gemacht; niemand hat sie geprüft.",
	FirstAndLast: "Zuerst und zuletzt",

	Year: "Jahr", Years: "Jahre", MonthsOfYear: "Monate", KnownToDecade: "Nur das Jahrzehnt ist bekannt", NoDateKnown: "Kein Datum bekannt", KnownToYear: "Nur das Jahr ist bekannt",
	NearYears: "Jahre davor und danach", Near: "Davor und danach", Letters: "Buchstaben", MostNamed: "Am häufigsten genannt",
	AsTable: "Als Tabelle", Explore: "Überblick", ByTag: "Themen im Lauf der Jahre",
	ByTagNote: "Jede Zeile ist ein Thema; je kräftiger ein Feld, desto mehr Artikel jener Zeit haben es.",
	Network:   "Wer mit wem", NetworkNote: "Eine Linie verbindet zwei Namen, die in denselben Artikeln stehen; sie ist umso dicker, je öfter das geschieht.",
	MapNote: "Je größer ein Punkt, desto mehr Artikel nennen den Ort.", Together: "Gemeinsam",
	Corrections: "Berichtigungen", CorrectionsNote: "Was gedruckt war und berichtigt werden musste, das Letzte zuerst.",

	Search: "Suche", SearchFor: "Wörter, Namen, Daten",
	SearchNote:        "Anführungszeichen finden Wörter, die aufeinander folgen; ein Minus schließt aus; OR findet eines von beiden. person:, place:, org:, tag:, by: und section: finden, wovon ein Artikel handelt, 2002-04..2003, wann er erschien, und kore* jedes Wort, das so beginnt.",
	SearchNeedsHost:   "Die Suche geht nur, wenn das Archiv aus dem Web gelesen wird, nicht aus Dateien auf einem Datenträger: Seiten dort dürfen keine anderen lesen. Alles andere geht auch hier.",
	SearchNeedsScript: "Die Suche läuft im Browser und braucht JavaScript, das abgeschaltet ist. Ohne es führen diese zu jedem Artikel:",
	SearchFailed:      "Die Suche ist nicht gelungen:", Searching: "Sucht …",
	NothingFound: "Nichts gefunden.", DidYouMean: "Meinten Sie", Best: "Bestes zuerst", NewestFirst: "Neuestes zuerst", MoreHits: "Mehr zeigen",
	OverTime: "Im Lauf der Zeit", Narrow: "Eingrenzen", WholePeriod: "Die ganze Zeit",
	Tables:     "Alle Artikel als Tabellen",
	TablesNote: "Für die Tabellenkalkulation (CSV), eine Datei für jedes Jahr: Datum, Überschrift, Autor, Zeitung, Ressort und Adresse jedes Artikels.",

	NotFound: "Nicht gefunden", NoSuchPage: "Diese Seite gibt es nicht",
	NoSuchPageNote: "Unter dieser Adresse steht in diesem Archiv nichts. Die Adressen hier sollen bleiben; wahrscheinlich ist sie falsch geschrieben oder unterwegs gekürzt worden.",
	FrontPageNote:  "Was das Archiv enthält: die Titelseite", IndexesNote: "Verzeichnisse, die zu jedem Artikel führen:",
	Moved: "Diese Seite ist umgezogen", NowAt: "Sie steht jetzt hier:",
}
