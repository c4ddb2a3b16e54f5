package render

import (
	"bytes"
	"html/template"
	"reflect"
	"strings"
	"sync"

	"broadsheet/generator/manifest"
)

// fragments are the partials that a site shows the same thousands of times: an article in a list, the head and the foot
// of a page. A template takes some ten microseconds over each; here it is run once for each value it is given.
type fragments struct {
	set    *template.Template
	items  kept
	feeds  kept     // items of feeds
	frames sync.Map // by Assets, Masthead or Foot: a site has a few of each
}

// The partials that functions run.
const (
	itemPartial     = "_item.html"
	assetsPartial   = "_assets.html"
	mastheadPartial = "_masthead.html"
	footPartial     = "_foot.html"
)

// fragmentTypes lists them with what they are given.
func fragmentTypes() map[string]reflect.Type {
	return map[string]reflect.Type{
		itemPartial:     reflect.TypeFor[ItemAt](),
		assetsPartial:   reflect.TypeFor[Assets](),
		mastheadPartial: reflect.TypeFor[Masthead](),
		footPartial:     reflect.TypeFor[Foot](),
	}
}

// teasers is each article of a list as _item.html shows it.
func (f *fragments) teasers(root string, list []Item) (template.HTML, error) {
	b := make([]byte, 0, 640*len(list))
	var h manifest.Hasher
	for i := range list {
		item := &list[i]
		var key manifest.Digest
		if item.Key != key {
			h.Reset()
			for _, s := range [...]string{root, item.Publication, item.Language} {
				h.String(s)
			}
			h.Digest(item.Key)
			key = h.Key()
		}
		var err error
		if b, err = f.items.appendTo(b, key, func(b []byte) ([]byte, error) { return f.run(b, itemPartial, ItemAt{root, *item}) }); err != nil {
			return "", err
		}
	}
	return HTML(b), nil
}

// assets is what the head of every page leads to.
func (f *fragments) assets(p Page) (template.HTML, error) {
	return f.frame(assetsPartial, Assets{p.Site, p.Root})
}

// masthead is what stands above a page's own content, from </head> on.
func (f *fragments) masthead(p Page) (template.HTML, error) {
	return f.frame(mastheadPartial, Masthead{p.Site, p.Root, roomOf(p)})
}

// roomOf is the page's path where the menu leads to it, else a path that no page has.
func roomOf(p Page) string {
	for _, list := range [][]Link{p.Site.Rooms, p.Site.Menu} {
		for _, l := range list {
			if l.URL == p.Path {
				return p.Path
			}
		}
	}
	return "."
}

// foot is what stands below it. A feed mostly lies beside its page, so that pages with feeds have feet alike too.
func (f *fragments) foot(p Page) (template.HTML, error) {
	foot := Foot{Site: p.Site, Root: p.Root}
	if p.Feed != nil {
		foot.Feed = beside(p.Path, p.Root, p.Feed.URL)
	}
	return f.frame(footPartial, foot)
}

// beside is the way from a page to a URL below the root.
func beside(page, root, url string) string {
	folder := page[:strings.LastIndexByte(page, '/')+1]
	if name, found := strings.CutPrefix(url, folder); found && !strings.Contains(name, "/") {
		return name
	}
	return root + url
}

func (f *fragments) frame(partial string, data any) (template.HTML, error) {
	if html, found := f.frames.Load(data); found {
		return html.(template.HTML), nil
	}
	b, err := f.run(nil, partial, data)
	if err == nil {
		f.frames.Store(data, HTML(b))
	}
	return HTML(b), err
}

func (f *fragments) run(b []byte, partial string, data any) ([]byte, error) {
	out := bytes.NewBuffer(b)
	err := f.set.ExecuteTemplate(out, partial, data)
	return out.Bytes(), err
}
