package intake

import (
	"io"
	"regexp"
	"slices"
	"strings"

	"broadsheet/generator/news"
)

var (
	documentsOf = regexp.MustCompile(`^\s*(?:Document \d+ of \d+|\d+ of \d+ DOCUMENTS)\s*$`)
	endOfDoc    = regexp.MustCompile(`^\s*End of Document\s*$`)
	accession   = regexp.MustCompile(`^\s*(?:AN\s+)?Document ([A-Za-z]{2,}\d{6,}[A-Za-z0-9]+)\s*$`)
	factivaTag  = regexp.MustCompile(`^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|CX|LP|TD|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|SE|RF|CLM|CT)( +|\t|$)(.*)`)
	nexisLabel  = regexp.MustCompile(`^((?i:BYLINE|SECTION|LENGTH|DATELINE|HEADLINE|HIGHLIGHT|BODY|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|CLASSIFICATION|SUBJECT|ORGANIZATION|PERSON|COMPANY|INDUSTRY|GEOGRAPHIC)):?\s*(.*)$`)
	wordCount   = regexp.MustCompile(`^\s*(?:LENGTH: |Length: ?|WC )?\s*[\d,]+ words\s*$`)
	reserved    = regexp.MustCompile(`(?i)^all rights reserved\.?$`)
	rightsLine  = regexp.MustCompile(`(?i)^(?:copyright(?: (?:©|\(c\)))?|©|\(c\)) ?\d{4}\b`)
	langNames   = map[string]string{"english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "portuguese": "pt", "dutch": "nl"}
)

// isNewsExport reports whether a text begins as an export of Nexis or Factiva does.
func isNewsExport(head string) bool {
	counted, labelled := false, 0
	for line := range strings.Lines(newlines(head)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case documentsOf.MatchString(line) || endOfDoc.MatchString(line) || accession.MatchString(line):
			counted = true
		case wordCount.MatchString(line) || strings.HasPrefix(line, "HD ") || strings.HasPrefix(line, "LOAD-DATE:") || strings.HasPrefix(line, "Load-Date:"):
			labelled++
		}
	}
	return counted && labelled > 0 || labelled > 2
}

// readNews reads a file of documents. A document ends where the next is counted ("2 of 250 DOCUMENTS"), where it says
// so ("End of Document"), or with its accession number, as Factiva has it.
func readNews(s Source, o Options, yield func(Record) bool) error {
	var in stream
	if err := in.open(s, o.Read); err != nil {
		return err
	}
	defer in.close()
	d := document{line: 1}
	for {
		at, offset := in.line, in.offset
		raw, err := in.until('\n', nil)
		if err != nil && err != io.EOF {
			return err
		}
		line := strings.TrimRight(d.record.toUTF8(raw), "\r\n")
		starts := documentsOf.MatchString(line)
		if !starts {
			d.lines = append(d.lines, line)
			d.bytes += len(raw)
		}
		if starts || err == io.EOF || d.ends(line) {
			if !d.blank() && !yield(d.read()) {
				return nil
			}
			d = document{line: at + 1, offset: offset + int64(len(raw))}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// document is one document of an export, as its lines.
type document struct {
	lines  []string
	bytes  int
	line   int // of the first, in the file
	offset int64
	record Record
}

func (d *document) ends(line string) bool {
	return endOfDoc.MatchString(line) || accession.MatchString(line) || d.bytes > mostBytes
}

func (d *document) blank() bool {
	return !slices.ContainsFunc(d.lines, func(line string) bool {
		return strings.TrimSpace(line) != "" && !endOfDoc.MatchString(line)
	})
}

// read makes a record of the document. Databases license what they hold, so it is private until somebody says
// otherwise.
func (d *document) read() Record {
	r := &d.record
	r.Form, r.Rights, r.Line, r.Offset = Text, news.Private, d.line, d.offset
	switch {
	case d.bytes > mostBytes:
		r.Broken = tooLong
	case slices.ContainsFunc(d.lines, func(line string) bool { return strings.HasPrefix(line, "HD ") }):
		d.factiva()
	default:
		d.nexis()
	}
	if r.Broken == "" && strings.TrimSpace(r.Body) == "" {
		r.Broken = "the document has no text"
	}
	return *r
}

// factiva reads a document whose fields begin with a code of two or three letters.
func (d *document) factiva() {
	r := &d.record
	for _, f := range d.factivaFields() {
		switch value := strings.TrimSpace(f.value); f.column {
		case "LP", "TD", "ART":
			r.Body += value + "\n\n"
		case "AN":
			r.Key = strings.TrimPrefix(value, "Document ")
			r.Identifiers = []string{r.Key}
		case "PD":
			r.setDate(value)
		default:
			d.set(factivaNames[f.column], value)
		}
	}
}

// factivaFields parts the document at its codes. In the story a line may begin with IN or RE as a word, so there a code
// comes after a blank line and is set apart.
func (d *document) factivaFields() []field {
	var fields []field
	inStory, afterBlank := false, true
	for _, line := range d.lines {
		m := factivaTag.FindStringSubmatch(line)
		if m != nil && (!inStory || accession.MatchString(line) || afterBlank && m[2] != " ") {
			fields = append(fields, field{column: m[1], value: m[3]})
			inStory = m[1] == "LP" || m[1] == "TD" || m[1] == "ART"
		} else if len(fields) > 0 {
			last := &fields[len(fields)-1]
			last.value += "\n" + line
		}
		afterBlank = strings.TrimSpace(line) == ""
	}
	return fields
}

// factivaNames are the keys of Factiva's codes; those for words, clocks and subjects that its clerks gave are left out.
var factivaNames = map[string]string{
	"HD": "title", "BY": "byline", "CR": "credit", "SN": "publication", "ED": "edition", "PG": "print_page", "LA": "language",
	"CY": "license", "SE": "section",
}

// set sets a field by its key.
func (d *document) set(key, value string) {
	value = strings.Join(strings.Fields(value), " ")
	switch {
	case key == "" || value == "":
	case key == "language":
		d.record.Language = langNames[strings.ToLower(value)]
	default:
		setters[key](&d.record, value)
	}
}

// nexisNames are the keys of Nexis' labels. What its clerks added (length, subjects, load date) is left out.
var nexisNames = map[string]string{
	"BYLINE": "byline", "DATELINE": "dateline", "HEADLINE": "title", "LANGUAGE": "language", "HIGHLIGHT": "deck",
}

// nexis reads a document of labels and text. Above the first label stand paper, date, edition and headline, in this
// order or with the headline first. A label holds to the next blank line; all else is the story.
func (d *document) nexis() {
	r := &d.record
	var head, body []string
	begun, inBody, label := false, false, ""
	values := map[string]string{}
	for _, line := range d.lines {
		words := strings.TrimSpace(line)
		m := nexisLabel.FindStringSubmatch(words)
		switch {
		case accession.MatchString(line):
			r.Key = accession.FindStringSubmatch(line)[1]
			r.Identifiers = []string{r.Key}
		case endOfDoc.MatchString(line):
		case !inBody && rightsLine.MatchString(words):
			d.set("license", words)
		case !inBody && r.License != "" && reserved.MatchString(words):
			r.License += ". " + words
		case !inBody && wordCount.MatchString(line):
			begun, label = true, "LENGTH"
		case isLabel(m, words, inBody):
			begun, label = true, strings.ToUpper(m[1])
			if inBody = label == "BODY"; inBody {
				body, label = append(body, m[2]), ""
				break
			}
			values[label] = m[2]
		case words == "":
			label = ""
			body = append(body, "")
		case !begun:
			head = append(head, words)
		case label != "":
			values[label] += " " + words
		default:
			body, inBody = append(body, line), true
		}
	}
	for label, key := range nexisNames {
		d.set(key, values[label])
	}
	d.section(values["SECTION"])
	d.head(head)
	r.Body = strings.Trim(strings.Join(body, "\n"), "\n")
}

// isLabel reports whether a line is a label with what it says. Inside the story, words with a colon may be the story's,
// and the labels that stand above one are.
func isLabel(m []string, words string, inBody bool) bool {
	if m == nil || !strings.Contains(words, ":") && m[2] != "" {
		return false
	}
	return !inBody || !aboveStory.MatchString(m[1]) && m[1] == strings.ToUpper(m[1]) || m[1] == "Load-Date" || m[1] == "Classification"
}

var aboveStory = regexp.MustCompile(`^(?:BYLINE|SECTION|LENGTH|DATELINE|HEADLINE|HIGHLIGHT|BODY)$`)

var printPage = regexp.MustCompile(`(?i)^pg?s?\. ?(\w+)$`)

// section reads "Section A; Column 1; Foreign Desk; Pg. 1": the page, and the desk or else the first part.
func (d *document) section(value string) {
	for part := range strings.SplitSeq(value, ";") {
		part = strings.TrimSpace(part)
		switch m := printPage.FindStringSubmatch(part); {
		case m != nil:
			d.record.PrintPage = m[1]
		case d.record.Section == "" || strings.HasSuffix(part, " Desk"):
			d.set("section", part)
		}
	}
}

// head reads what stands above the labels: the paper, the date and the headline.
func (d *document) head(lines []string) {
	r := &d.record
	var before, after []string
	for _, line := range lines {
		date, certain := parseDate(line, "")
		switch {
		case line == "":
		case certain && r.Date.IsZero():
			r.Date = date
		case r.Date.IsZero():
			before = append(before, line)
		default:
			after = append(after, line)
		}
	}
	if len(before) > 1 { // headline, then paper, then date
		d.set("title", strings.Join(before[:len(before)-1], " "))
	}
	if len(before) > 0 {
		r.Publication = before[len(before)-1]
	}
	if len(after) > 1 {
		r.Edition, after = after[0], after[1:]
	}
	if r.Title == "" {
		d.set("title", strings.Join(after, " "))
	}
}
