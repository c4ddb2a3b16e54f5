package ingest

import (
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// writerLines is how far above the story's first line its writer may be named where no headline is known.
const writerLines = 12

// authorBytes is the longest name of an author.
const authorBytes = 40

// readWriter looks about the head for who wrote the story where no line says so by itself: a name below "By" or
// "Author", beside "2 days ago", or alone. A lone name is taken only where the page vouches for it; it may as well be
// whom the story is about.
func (r *reading) readWriter(start, end int) {
	if r.article.Byline.Printed != "" {
		return
	}
	from, to := r.headRange(start)
	for i := from; i < min(to, end); i++ {
		if l := r.lines[i]; l.field || l.piece || l.width > authorBytes*2 {
			continue
		}
		if r.takeNamesBelow(i) || r.takeNameBesideAgo(i) || r.takeLoneName(i, start, end) {
			return
		}
	}
	for i := range r.lines[:from] { // the headline may stand a second time, with its writer
		if strings.HasPrefix(strings.ToLower(r.lines[i].text), "author of ") && r.takeNamesBelow(i) {
			return
		}
	}
}

// storyLines is how many of the story's own first lines may belong to its head.
const storyLines = 3

// headRange is the lines between the headline and the story, with the story's first.
func (r *reading) headRange(start int) (from, to int) {
	for i := min(start, len(r.lines)) - 1; i >= 0; i-- {
		if l := r.lines[i]; l.field && l.text == r.article.Title {
			return i + 1, min(i+2*writerLines, start+storyLines)
		}
	}
	return max(0, start-writerLines), start + writerLines
}

// takeNamesBelow takes the lines below one that says nothing but "By".
func (r *reading) takeNamesBelow(label int) bool {
	if !isBylineLabel(r.lines[label].text) {
		return false
	}
	var by news.Byline
	for i := label + 1; i < len(r.lines); i++ {
		var c credits
		if r.lines[i].field || !c.read(r.lines[i].text) || repeats(by, c) {
			break
		}
		by.Authors = append(by.Authors, c.authors...)
		if c.credit != "" {
			by.Credit = c.credit
		}
		by.Printed = joinNames(by.Printed, r.lines[i].text)
		r.take(i, "byline")
	}
	if by.Printed == "" {
		return false
	}
	r.article.Byline = by
	r.take(label, "byline")
	return true
}

// isBylineLabel reports whether a line says nothing but that the lines below it name the writers.
func isBylineLabel(text string) bool {
	switch strings.ToLower(strings.Trim(text, " :")) {
	case "by", "author", "authors", "written by", "author of the article", "words", "words by", "story by":
		return true
	}
	return false
}

// repeats reports whether the byline has the first of these authors: the page goes on to speak about them.
func repeats(by news.Byline, c credits) bool {
	return len(c.authors) > 0 && slices.Contains(by.Authors, c.authors[0])
}

func joinNames(before, name string) string {
	if before == "" {
		return name
	}
	return before + ", " + name
}

// takeNameBesideAgo takes a line as "Jane Doe | Published 4 months ago".
func (r *reading) takeNameBesideAgo(i int) bool {
	text := r.lines[i].text
	if !isAgo(text) {
		return false
	}
	name, _, found := strings.Cut(strings.NewReplacer("•", "|", "·", "|", " - ", "|", " — ", "|").Replace(text), "|")
	name, _ = cutBy(strings.TrimSpace(name))
	if !found || !isName(name) {
		return false
	}
	r.article.Byline = news.Byline{Printed: text, Authors: []string{properName(name)}}
	r.take(i, "byline")
	return true
}

// isAgo reports whether a line says how long ago it was written: "2 days ago".
func isAgo(text string) bool {
	return strings.HasSuffix(text, " ago") || strings.Contains(text, " ago at ")
}

// takeLoneName takes a line that is nothing but a name.
func (r *reading) takeLoneName(i, start, end int) bool {
	name, _ := cutBy(once(r.lines[i].text))
	if !isName(name) || len(strings.Fields(name)) > 4 || strings.Contains(r.article.Title, name) {
		return false
	}
	if !r.vouched(i, start, end) && !r.stampBelow(i) && !r.opensStory(i, name, start, end) || r.isCommon(name) {
		return false
	}
	r.article.Byline = news.Byline{Printed: r.lines[i].text}
	if r.article.Byline.Credit = agency(name); r.article.Byline.Credit == "" {
		r.article.Byline.Authors = []string{properName(name)}
	}
	r.take(i, "byline")
	if i+1 < len(r.lines) {
		r.takeDate(i+1, r.lines[i+1].text)
	}
	return true
}

// isCommon reports whether a word of the name stands in lower case in the file, or is a section's: then it is as likely
// the label "Red Wings" or "Car Reviews".
func (r *reading) isCommon(name string) bool {
	own := strings.Fields(strings.ToLower(name))
	if slices.ContainsFunc(own, func(w string) bool { return sectionNames[w] }) {
		return true
	}
	for _, l := range r.lines {
		for word := range strings.FieldsSeq(l.text) {
			if slices.Contains(own, strings.Trim(word, `.,;:!?"'“”’()`)) {
				return true
			}
		}
	}
	return false
}

// stampBelow reports whether the next line says when the story appeared, or what its writer does.
func (r *reading) stampBelow(i int) bool {
	if i+1 == len(r.lines) {
		return false
	}
	text := r.lines[i+1].text
	return isAgo(text) || isOffice(text) || isDateLine(text, r.dating)
}

// vouched reports whether the page names the person of line i once more outside the story as one who writes for it.
func (r *reading) vouched(i, start, end int) bool {
	name := r.lines[i].text
	for j, l := range r.lines {
		if j == i || j >= start && j < end || l.width > authorBytes*2 {
			continue
		}
		if l.text == name {
			return true
		}
		if about, found := strings.CutPrefix(l.text, name+" "); found && (strings.HasPrefix(about, "is a") || strings.HasPrefix(about, "is the ")) {
			return true
		}
		if before, found := strings.CutSuffix(strings.ToLower(l.text), " by "+strings.ToLower(name)); found && len(before) < authorBytes {
			return true
		}
	}
	return false
}

// opensStory reports whether a lone name stands between the headline and the first paragraph of a clean file. Whom a
// story is about is named in it again; who wrote it is not.
func (r *reading) opensStory(i int, name string, start, end int) bool {
	if i != start || i == 0 || i+1 >= end || r.lines[i-1].text != r.article.Title || !r.lines[i+1].prose() {
		return false
	}
	surname := name[strings.LastIndexByte(name, ' ')+1:]
	for _, l := range r.lines[i+1 : end] {
		if strings.Contains(l.text, surname) {
			return false
		}
	}
	return true
}
