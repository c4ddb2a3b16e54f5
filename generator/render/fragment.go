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
		h.Reset()
		for _, s := range [...]string{root, item.URL, item.Headline, item.Summary, item.Date.ISO, item.Date.Text,
			item.Date.Clock, item.Date.URL, item.Byline, item.Publication, item.Language} {
			h.String(s)
		}
		key, start := h.Key(), len(b)
		var found bool
		if b, found = f.items.append(b, key); found {
			continue
		}
		var err error
		if b, err = f.run(b, itemPartial, ItemAt{root, *item}); err != nil {
			return "", err
		}
		f.items.put(key, b[start:])
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

// kept is some of the latest fragments by the hash of what they were made from. What is asked for stays; when the newer
// half is full, the older one goes. It holds no pointers, so that the garbage collector need not look into it.
type kept struct {
	mu           sync.RWMutex
	newer, older half
}

type half struct {
	at   map[manifest.Digest]place
	html []byte
}

// place is where in html a fragment stands.
type place struct{ start, end uint32 }

// halfBytes is the most that one half holds.
const halfBytes = 40 << 20

func (k *kept) append(b []byte, key manifest.Digest) ([]byte, bool) {
	k.mu.RLock()
	if p, found := k.newer.at[key]; found {
		b = append(b, k.newer.html[p.start:p.end]...)
		k.mu.RUnlock()
		return b, true
	}
	p, found := k.older.at[key]
	start := len(b)
	if found {
		b = append(b, k.older.html[p.start:p.end]...)
	}
	k.mu.RUnlock()
	if found {
		k.put(key, b[start:])
	}
	return b, found
}

func (k *kept) put(key manifest.Digest, html []byte) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.newer.at == nil || len(k.newer.html) > halfBytes {
		k.newer, k.older = half{at: map[manifest.Digest]place{}}, k.newer
	}
	start := uint32(len(k.newer.html))
	k.newer.html = append(k.newer.html, html...)
	k.newer.at[key] = place{start, uint32(len(k.newer.html))}
}
