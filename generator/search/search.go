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
// numbers, and hits by month are counted without reading anything. They are cut in two, the newest and all before (see Cut). A
// segment is a pure function of its articles and has a folder of its own; nothing in it refers to another, and nothing depends on the order
// of builds. The newest segment, which is another with each new article, has few and large files. A segment's files are, each with its number and a hash in its name (see kinds),
//
//	d       dictionary blocks, which have the lists of their words as well: see block.go
//	p       the lists of frequent words, each in a file of its own, or from 16 KB on in two: see list.go; not of the newest
//	v       positions of frequent words, 512 KB: see list.go
//	w       positions of the others
//	c       cards, 96 a file: lines of their URLs, then of their headlines, dates, publications
//	rooms   of each article how many positions it has at most, a byte; where the positions of each block begin; read for phrases alone
//	days    runs of days; read for spans of dates alone
//	facets  people, places, organizations, tags: of each the ids that one article in 250 has, with their articles
//
// The names of entities lie in a folder of their own, each file by its own hash: see names.go. root.bin and words.bin tell of all files and
// hold what every query needs, the dictionary of frequent words with it (see Roots). They alone are ever written anew; every other file
// keeps its bytes as long as it has its address, and an article that has changed makes only those new that hold something of it, and in
// a segment of more than 25,000 articles those that go by one hash with them. All
// are compressed with gzip, by us, since no host can be relied on for that, but for lists and positions, which do not
// become smaller. There are no ranges: a host that answers them wrongly, and some do, cannot give a wrong result.
//
// A frequent word of a query costs its list, another one a dictionary block, and either a block of the newest segment. After the page three steps follow
// each other: the scripts and the roots, lists or blocks, and the cards of the hits shown. Where the words are a name, its list is a fourth
// between, and so are the positions of a phrase. A card has no lede: what a hit shows of its text is taken from its own page.
//
// # Packs
//
// A million articles would have some 20,000 such files. For a host that answers ranges, d, p, w, c and the names are streams instead
// that are cut into files of 2 MB, whatever is cut: the fourth of p is the fourth of the lists. Those of the newest segment have up to 16 MB, since
// each is another with each new article, and few are to be. The roots then tell the length of every block, the
// file cards that of every 64 cards. Since a part of a file costs no file, blocks are smaller, have short lists alone, and no word
// is kept apart as frequent: lists are a step after the blocks. A reader that is given a whole file takes the part from it.
//
// A list has the articles in which the word matters most first. From long ones the search page reads the beginnings, and shows the hits
// they lead to, and about how many there are, before it reads the rest and counts: where the lengths of lists say that ten are sure.
package search

// RootFile and WordsFile are where an index begins, below the search folder; Extension ends the names of all its files.
const (
	RootFile  = "root.bin"
	WordsFile = "words.bin"
	Extension = ".bin"
)
