// Package intake makes article files of what archives arrive in: exports, web pages, captures, tables.
//
// # Formats
//
//	text       .txt: copied byte for byte under its own name, which may hold its date; a build reads it
//	html       one article a file: the story alone, without the page around it
//	warc       .warc and .warc.gz: each page of HTML or plain text answered with 200; what is no page is counted
//	wordpress  WXR, the XML that WordPress writes under Tools, Export
//	jsonl      one JSON object a line
//	csv        .csv and .tsv: the first row names the columns
//	news       text exports of Nexis and Factiva, any number of documents a file
//
// A record is at most 16 MB long. With the format "auto" the name and the first bytes decide. A folder stands for all
// the files below it, in order of their paths; those of no format, and hidden ones, are passed over and counted, and
// one that cannot be read is reported. Every format may be compressed with gzip. Nothing of a source is ever changed.
//
// # Records
//
// Read hands out a source's records one by one and holds one at a time, and what must be known of all of them lies in
// scratch files beside the journal, so memory does not grow with the source. A record that cannot be read says so in
// Broken and where it stands, and the next one follows; what is no article (a picture of a WordPress site, a style
// sheet in a WARC) says in Passed what it is. Each record is imported or counted.
//
// Bytes that are not UTF-8 are read in the encoding that the source declares, else as Windows-1252, with a warning.
// Control characters are left out with a warning. Dates are read as those of a text are, as far as they are certain:
// 0000-00-00 is none. Of 04/05/2002 only the year is, unless Options.DateOrder or the other dates of the source settle
// which of the two is the month; what was printed is then kept as date_note.
//
// # Web pages
//
// What the page's head says of date, authors, paper, section and tags is taken; what it does not, and the byline in any
// case, is looked for in the first lines of the story, which it then leaves where the line says nothing else. Footnotes
// become those of Markdown, other links within a page lose their target and keep their words. Where little of a page's
// paragraphs is in the story, the record says so.
//
// # WordPress
//
// Only what was public goes live: drafts, what waits and what lies in the bin get draft = true; what is private or has
// a password gets rights = "private"; what plugins stored among the posts and had no address is a draft. The path of
// <link> becomes the url, so that old links last. The first category is the section, other categories and the tags are
// tags; "Uncategorized" is none. Authors have the names they are shown by. Pages go into the folder pages, where a site
// has its standing pages. Blank lines part paragraphs where an old post has no <p>. A caption stands
// below its picture in italics, here and in web pages, and the pictures of a gallery stand where it stood. Comments, menus and revisions are
// counted, no more.
//
// # News exports
//
// Rights are private until somebody says otherwise. Headline, byline, dateline, date, paper, edition, section, page,
// language and the line of the copyright are kept; what the database's clerks added (subjects, lengths, load dates) is
// not. A document without a text is a broken record.
//
// # Tables
//
// A column or member that is named like a key of an article is that key, and so are some common other names (headline,
// content, author, link …), unless the map of columns says where to find the key. The map may lead into an object of
// JSON: headline.main. What goes nowhere is reported once. The text is in body or text, which is HTML where it has tags, in html, or in markdown. A table
// that has none of them is refused, unless the map says body is nothing. The column file names a
// text, from the table's folder, to which the row is a sidecar; a text outside of the folder of the import is copied
// there, with its folders. Tags are parted by semicolons, bars or commas, other lists by semicolons or bars.
//
// # Files
//
// HTML becomes Markdown, with every word and no raw HTML; a text becomes a .txt with a sidecar, in which the headline stands
// that the source gives: no first line of the text is taken for another. An article lies in
// DATE/, as its address will have it, and its name is its date and slug: 2002/04/2002-04-05-peace-talks.md. Of two with
// the same name the later gets "-" and six characters of the hash of its id, so names depend on the source alone. A
// record's id is what the source gives it (guid, address, accession number, id), else the hash of all it says. An id of
// a table counts in tables of its file name alone, unless it is a web address: two tables may both begin with 1. In a
// table of another name it is the same record where date and headline are the same too.
//
// Pictures are looked for in the folder of media by the end of their paths, copied to media/ and linked from there. One
// that is missing is reported, and its link stays.
//
// # Again
//
// A journal notes, before it is in place, each file with the hash of its bytes and the id of its record. So a record
// keeps its file when its headline changes; a file whose bytes the journal does not know has been edited, and is left
// alone and reported; a file that was deleted is written again. A second run changes nothing, and a run after one that
// was killed completes it: the tree is the same as if nothing had happened. Without its journal, an import takes a file
// with equal bytes for its own and another for somebody else's.
//
// A row of a table without ids that was imported by another map of its columns is the same row: what it gave before is
// replaced, unless somebody has edited it.
//
// A record with the id of an earlier one is left out and reported when it says the same, else imported and reported.
package intake

import (
	"slices"

	"broadsheet/generator/news"
)

// Form is what a record's Body is written in.
type Form uint8

const (
	HTML Form = iota
	Markdown
	Text
)

// Record is one article as a source has it. Body is in Form; it is Markdown or text only when the file is written.
type Record struct {
	news.Article

	Form     Form
	Key      string // the source's own identity for it, "" where it gives none
	Table    string // the name of the table in which alone Key counts; "" where it counts everywhere
	Row      string // of a table: the hash of all its cells, those too that no key has
	Folder   string // below the folder of the import; "" for that of its date
	Name     string // the file's name without extension, where the record brings one; "" for date and slug
	Verbatim bool   // Body is a file's bytes, to be copied as they are
	Base     string // the address relative links in Body start from, "" where it is not known
	Local    bool   // Body is a page on this machine: relative links may lead to files beside it
	Beside   string // a text on this machine that needs a sidecar alone; Body is empty then

	Path     string // the file the record was read from
	Below    string // its folder, below the folder that is imported; "" for that itself
	Line     int    // 1-based, where the record begins; 0 in a source without lines
	Offset   int64  // in bytes, where the record begins, uncompressed
	Comments int    // of readers, which are left out
	Warnings []string
	Broken   string // why it cannot be read; "" for an article
	Hint     string // what mends that; "" where nothing is known
	Passed   string // what it is, where it is no article: "attachment", "image/png"

	order func() string // of day and month in its source's dates, as ingest.Options.DateOrder has it; nil where that does not matter
	dated string        // its date as the source has it
}

// warn notes something about a record that a person should look at.
func (r *Record) warn(message string) {
	if !slices.Contains(r.Warnings, message) {
		r.Warnings = append(r.Warnings, message)
	}
}

// Options says how sources are read.
type Options struct {
	Columns   map[string]string // of tables: from key to the column that says it; "" for none, whatever the columns are called
	DateOrder string            // of all-number dates: "dmy", "mdy" or "ymd"; "auto" or "" for what the dates of a source agree on
	Scratch   string            // folder for what would not fit into memory; "" for the system's
	Read      func(bytes int)   // called as a source is read, with how much; nil for nobody
	Survey    func(bytes int)   // called as it is read for the first time, where that takes two; nil for nobody

	order func() string // that of the source which is being read
}

// Formats lists what Sources takes for a format.
func Formats() []string {
	return []string{"auto", "text", "html", "warc", "wordpress", "jsonl", "csv", "news"}
}
