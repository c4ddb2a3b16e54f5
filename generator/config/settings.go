package config

// Setting is one key of site.toml, for the README and `help`.
type Setting struct {
	Key     string // with its table: "tags.assign"
	Default string // as TOML
	Means   string
}

// Settings lists every key in the order of the file.
func Settings() []Setting {
	return []Setting{
		{"title", `"News archive"`, "the archive's name, on every page"},
		{"description", `""`, "one or two sentences for the front page and for search engines"},
		{"base_url", `""`, "where the site will stand; without it there are no feeds, no sitemap and no canonical links"},
		{"language", `"en"`, "language of the pages, and of an article that does not say"},
		{"publication", `""`, "the paper's name, where the whole site is one paper"},
		{"contact", `""`, `where "report an error" on every page leads: a mailto: or web address`},
		{"menu", `[]`, "your own links at the head of every page, each with a label and a url"},
		{"permalink", `"articles/{year}/{month}/{slug}.html"`, "the address of an article; {day}, {section} and {publication} may be used too"},
		{"remote_images", `false`, "whether a picture from elsewhere on the web is shown, which tells its host who reads; otherwise it is a link"},
		{"rights.default", `"open"`, "what may be shown of an article that does not say: open, metadata or private"},
		{"ingest.date_order", `"auto"`, "how to read 03/04/2002: dmy, mdy or ymd; auto keeps the year alone unless the date leaves no doubt"},
		{"ingest.charset", `"auto"`, `how text is encoded that is not UTF-8: a name such as "windows-1252" or "macintosh"; auto finds out`},
		{"ingest.originals", `true`, "whether each text is copied to the site as it was received, one click from its article's page"},
		{"import.map", `{}`, `the columns of tables that hold a field, as --map has them: { title = "Headline", body = "Story" }`},
		{"entities.recognize", `true`, "whether names are looked for in the text; authority names are always found"},
		{"entities.min_articles", `2`, "articles that name somebody before there is a page"},
		{"entities.index_people", `false`, "whether search engines may list pages of people that nobody has confirmed"},
		{"tags.assign", `"untagged"`, "articles the rules of tags.toml apply to: untagged, all or none"},
		{"tags.min_articles", `2`, "articles under a tag before there is a page"},
		{"listings.split_above", `100`, "a longer listing is split by year, then month, then day"},
		{"feeds.items", `20`, "articles in a feed"},
		{"feeds.min_articles", `10`, "articles under a tag, name or section before it has a feed"},
		{"search.enabled", `true`, "whether the site has a search: a page, and an index that any host can serve"},
		{"search.packs", `false`, "whether the index is kept in few large files, of which the search page reads parts: for a large archive on a host that answers ranges, as S3, R2 and nginx do; `broadsheet check --host` tells"},
		{"search.pagefind", `false`, "whether articles carry the attributes that Pagefind reads, for a site that prefers it"},
		{"publish.target", `""`, "the directory that the site is published to, from the site's folder"},
	}
}
