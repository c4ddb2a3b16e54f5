package site

import (
	"broadsheet/generator/news"
	"broadsheet/generator/render"
)

// room is the A-Z of one kind.
type room struct {
	folder  string
	heading string
	entries []entry  // by id
	order   []filing // of the entries
}

// entry is one line of an A-Z: a thing with so many articles, the newest of which is a card.
type entry struct {
	id, sort, label string
	page            bool
	articles        int
	newest          int
}

// everyRoom is the A-Z of each kind, empty ones too, in the order the site shows them. before is what they were, if
// anything.
func (p *plan) everyRoom(before []room) []room {
	groups := []struct {
		folder   string
		listings []news.Listing
	}{{"tags", p.Tags}, {"sections", p.Sections}, {"publications", p.Publications}, {"authors", p.Authors}}
	kinds := len(news.Kinds)
	rooms := make([]room, kinds+len(groups))
	p.share(len(rooms), func(n int) {
		if n < kinds {
			rooms[n] = p.entityRoom(news.Kinds[n])
		} else {
			rooms[n] = p.groupRoom(groups[n-kinds].folder, groups[n-kinds].listings)
		}
		if before != nil {
			rooms[n].order = filedAgain(&before[n], rooms[n].entries)
		} else {
			rooms[n].order = filed(rooms[n].entries, nil)
		}
	})
	return rooms
}

func (p *plan) entityRoom(kind news.Kind) room {
	r := room{folder: kind.Folder(), heading: p.words.Room(kind.Folder())}
	for i := range p.Entities {
		e := &p.Entities[i]
		if e.Kind != kind || len(e.Articles) == 0 {
			continue
		}
		newest := int(e.Articles[len(e.Articles)-1].Card)
		r.entries = append(r.entries, entry{e.ID, e.Sort, e.Name, e.Page, len(e.Articles), newest})
	}
	return r
}

func (p *plan) groupRoom(folder string, listings []news.Listing) room {
	r := room{folder: folder, heading: p.words.Room(folder)}
	for _, l := range listings {
		r.entries = append(r.entries, entry{l.ID, l.Sort, l.Label, l.Page, len(l.Cards), l.Cards[0]})
	}
	return r
}

// entryLink leads to a thing's page, or, where it has none, to the newest article that names it.
func (p *plan) entryLink(e *entry) render.Link {
	if e.page {
		return render.Link{Label: e.label, URL: e.id + "/index.html", Count: e.articles}
	}
	return render.Link{Label: e.label, URL: p.URLs[e.newest], Count: e.articles}
}

// lettersAbove is the length from which an A-Z has a page a letter.
const lettersAbove = 400

func (r *room) split() bool { return len(r.entries) > lettersAbove }

// letter is what an A-Z has under one letter, in order.
type letter struct {
	name    string
	entries []filing
}

// letters parts the entries by letter; what begins with none comes last.
func (r *room) letters() []letter {
	var letters []letter
	from := 0
	for n := range r.order {
		if next := n + 1; next == len(r.order) || r.order[next].letter != r.order[n].letter {
			letters = append(letters, letter{r.order[n].letter, r.order[from:next]})
			from = next
		}
	}
	return letters
}

// page is where a letter of a long A-Z stands.
func (r *room) page(letter string) string { return r.folder + "/" + letterSlug(letter) + ".html" }
