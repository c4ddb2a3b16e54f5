// Package search makes the search index of an archive, a set of small files that stand on any host of static files, and
// reads it. The scripts in static/search read the same files in a browser, and find the same articles in the same order.
//
// # What is found
//
// A word is a run of letters and digits (see nextWord): apostrophes belong to it, "U.S." is one, a possessive 's does not count.
// It is brought to its stem by Snowball's stemmer for the language of the site, if that has one (see stem.go), and folded:
// compatibility forms, case and accents are gone.
// Letters of scripts that part no words (Han, kana, Thai, Lao, Khmer, Myanmar) count in pairs. Words of the headline and the
// deck count four times. Beside words, an article is found by ids: people/…, places/…, organizations/…, tags/…, authors/…,
// sections/…, publications/…, languages/…. No word has a slash, so that both stand in one dictionary. The text of an article
// whose rights do not let it be shown is not indexed: positions would give it away.
//
// See query.go for what a query may say. Hits are ranked by BM25, or by date; of equal ones the newer comes first. Ranking is
// integer arithmetic throughout, so that every machine and every browser comes to the same order. Counts are exact.
//
// # Segments
//
// The articles stand in the archive's order, and their number in it is all that lists hold: a span of dates is a span of
// numbers, and hits by month are counted without reading anything. They are cut in two by the calendar (see Cut). A segment is
// a pure function of its articles and lies in a folder that goes by the hash of its files; nothing in it refers to another,
// and nothing depends on the order of builds. It is
//
//	head       articles; runs of months; where each dictionary block begins (also in the root)
//	h0         the dictionary of frequent words, those with long lists, where there are any
//	d0, d1 …   dictionary blocks of the others, which have their lists as well: see block.go
//	p0, p1 …   the lists of frequent words, each in a file of its own, or from 16 KB on in two: see list.go
//	v0, v1 …   positions of frequent words, 512 KB: see list.go
//	w0, w1 …   positions of the others
//	rooms      of each article how many positions it has at most, a byte; read for phrases alone
//	c0, c1 …   cards, 104 a file: lines of their URLs, then of their headlines, dates, publications
//	days       runs of days; read for spans of dates alone
//	facets     people, places, organizations, tags: of each the ids that one article in 250 has, with their articles
//
// The names of entities lie in a folder of their own, each file by its own hash: see names.go. root.bin tells of all folders and
// holds their heads (see Root). It alone is ever written anew; every other file keeps its bytes as long as it has its address. All
// are compressed with gzip, by us, since no host can be relied on for that, but for lists, positions and heads, which do not
// become smaller. There are no ranges: a host that answers them wrongly, and some do, cannot give a wrong result.
//
// A frequent word of a query costs its list, another one a dictionary block, of each segment. After the page four steps follow
// each other: the scripts and the root, frequent words, lists or blocks, and the cards of the hits shown. A card has no lede: what a hit shows
// of its text is taken from its own page.
//
// # Packs
//
// A million articles would have some 20,000 such files. For a host that answers ranges, d, p, w, c and n are streams instead
// that are cut into files of 2 MB, whatever is cut: p3 is the fourth of the lists. The heads then tell the length of every block, the
// file cards that of every 64 cards. Since a part of a file costs no file, blocks are smaller, have short lists alone, and no word
// is kept apart as frequent. A reader that is given a whole file takes the part from it.
//
// A list has the articles in which the word matters most first. From long ones the search page reads the beginnings, and shows the hits
// they lead to, if these are ten, and about how many there are, before it reads the rest and counts.
package search

// RootFile is where an index begins, below the search folder; Extension ends the names of all files of its bundles.
const (
	RootFile  = "root.bin"
	Extension = ".bin"
)
