package archive

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
	"broadsheet/generator/news"
)

// lessons is what the texts of each source teach one another: which of their lines are boilerplate, and whether 3/4 is
// in March or April. Each text is told what concerns its own lines and nothing else, so that its key hangs on no more.
//
// The lines of all texts together would not fit into memory; they lie in the cache, where each text's are looked up
// whenever they are wanted. Kept are some fifty bytes a text, and of each source at most what ingest.Learn keeps.
type lessons struct {
	texts    []string          // originals, sorted
	keys     []manifest.Digest // of what each shows: where the cache has it
	sourceOf []int32           // of each text: index into sources
	sources  []taught          // sorted by name
}

// taught is one source's texts, by index, and what they teach.
type taught struct {
	source string
	texts  []int32
	dates  ingest.DateOrders
	counts ingest.Counts
}

// lesson is what one text is told.
type lesson struct {
	lines ingest.Told
	order string // of day and month; "" leaves it to the settings
}

// seen is what a text shows its source: its lines, and how it writes dates.
type seen struct {
	Source string
	Cut    bool
	Hashes string // of its lines, eight bytes each: many of them are read, and this is read fastest
	Dates  ingest.DateOrders
}

func seeing(l ingest.Lines, dates ingest.DateOrders) seen {
	hashes := make([]byte, 0, 8*len(l.Hashes))
	for _, h := range l.Hashes {
		hashes = binary.BigEndian.AppendUint64(hashes, uint64(h))
	}
	return seen{l.Source, l.Cut, string(hashes), dates}
}

func (s seen) lines() ingest.Lines {
	l := ingest.Lines{Source: s.Source, Cut: s.Cut, Hashes: make([]ingest.LineHash, len(s.Hashes)/8)}
	for i := range l.Hashes {
		l.Hashes[i] = ingest.LineHash(binary.BigEndian.Uint64([]byte(s.Hashes[8*i:])))
	}
	return l
}

// learn lets the texts of each source teach one another.
func (r *reader) learn(ctx context.Context) error {
	r.lessons = &lessons{}
	if r.Plain {
		return nil
	}
	for _, s := range r.tree.articles {
		if s.original != "" {
			r.texts = append(r.texts, s.original)
		}
	}
	slices.Sort(r.texts)
	if err := r.look(ctx); err != nil {
		return err
	}
	return parallel(ctx, r.Jobs, len(r.sources), func(n int) (err error) { return r.learnFrom(&r.sources[n]) })
}

// learnFrom lets the texts of one source teach one another.
func (r *reader) learnFrom(t *taught) (err error) {
	t.counts = ingest.Learn(len(t.texts), func(yield func(ingest.Lines) bool) {
		for _, i := range t.texts {
			var s seen
			if s, err = r.shown(int(i)); err != nil || !yield(s.lines()) {
				return
			}
		}
	})
	return err
}

// look reads what every text shows its source, puts it into the cache where it is not there yet, and sorts the texts by
// source.
func (r *reader) look(ctx context.Context) error {
	r.keys, r.sourceOf = make([]manifest.Digest, len(r.texts)), make([]int32, len(r.texts))
	bySource := map[string]*taught{}
	var owner sync.Mutex // of the cache and of bySource
	err := parallel(ctx, r.Jobs, len(r.texts), func(i int) error {
		s, value, err := r.lookAt(i)
		if err != nil {
			return err
		}
		owner.Lock()
		defer owner.Unlock()
		t := bySource[s.Source]
		if t == nil {
			t = &taught{source: s.Source}
			bySource[s.Source] = t
		}
		t.texts, t.dates = append(t.texts, int32(i)), t.dates.Add(s.Dates)
		r.cache.use(r.keys[i])
		if value == nil {
			return nil
		}
		return r.cache.put(r.keys[i], value)
	})
	for _, source := range slices.Sorted(maps.Keys(bySource)) {
		t := bySource[source]
		slices.Sort(t.texts)
		for _, i := range t.texts {
			r.sourceOf[i] = int32(len(r.sources))
		}
		r.sources = append(r.sources, *t)
	}
	return err
}

// lookAt is what text i shows, and its record where the cache does not have it yet. The text is read only where its hash
// is not known, or what it shows.
func (r *reader) lookAt(i int) (s seen, value []byte, err error) {
	in := r.tree.file(r.texts[i])
	text := []file{{name: in.name, sum: in.sum}}
	if in.unknown() {
		if err := r.load(text); err != nil {
			return s, nil, err
		}
		in.sum = text[0].sum
	}
	r.keys[i] = r.seenKey(text[0])
	if known, found := r.lookUp(r.keys[i]); found && seenCoder.decode(known, &s) == nil {
		return s, nil, nil
	}
	if err := r.load(text); err != nil {
		return s, nil, err
	}
	r.keys[i] = r.seenKey(text[0]) // somebody may have written to it since it was weighed
	s = r.see(in.name, text[0].bytes)
	return s, seenCoder.encode(&s), nil
}

func (r *reader) seenKey(text file) manifest.Digest {
	var k manifest.Hasher
	for _, part := range []string{"seen", r.Program, text.name, r.Charset} {
		k.String(part)
	}
	k.Digest(text.sum)
	return k.Key()
}

func (r *reader) see(text string, src []byte) seen {
	o := r.textOptions("")
	return seeing(ingest.LinesOf(text, src, o), ingest.Orders(text, src, o))
}

// shown is what text i showed when look read it.
func (r *reader) shown(i int) (seen, error) {
	var s seen
	if value, found := r.cache.get(r.keys[i]); found && seenCoder.decode(value, &s) == nil {
		return s, nil
	}
	src, err := r.tree.read(r.texts[i]) // the cache was damaged meanwhile
	if err != nil {
		return s, fmt.Errorf("reading an article: %w", err)
	}
	return r.see(r.texts[i], src), nil
}

// lesson is what the text of that name is told.
func (r *reader) lesson(text string) (lesson, error) {
	i, found := slices.BinarySearch(r.texts, text)
	if !found {
		return lesson{}, nil
	}
	s, err := r.shown(i)
	t := &r.sources[r.sourceOf[i]]
	return lesson{r.boilerplate.Told(s.lines(), t.counts), r.order(t)}, err
}

// source is the source of the text of that name, or "".
func (r *reader) source(text string) string {
	i, found := slices.BinarySearch(r.texts, text)
	if !found {
		return ""
	}
	return r.sources[r.sourceOf[i]].source
}

// order is how a source writes its all-number dates, where that is recorded, or where the settings leave it open and the
// source settles it.
func (r *reader) order(t *taught) string {
	order, recorded := r.boilerplate.Order(t.source)
	if !recorded && r.DateOrder == "auto" {
		order = t.dates.Settled()
	}
	return order
}

// textOptions is how a text is read, but for what it is told.
func (r *reader) textOptions(language string) ingest.Options {
	return ingest.Options{Plain: r.Plain, Language: language, Charset: r.Charset, DateOrder: r.DateOrder}
}

// readingOptions is how the text of one file is read.
func (r *reader) readingOptions(told lesson, made *reading) ingest.Options {
	o := r.textOptions(made.Language)
	o.Genre, o.Told = made.Genre, told.lines
	o.DateOrder = cmp.Or(told.order, o.DateOrder)
	return o
}

// key adds what a text is told to its key.
func (l lesson) key(k *manifest.Hasher) {
	k.String(l.order)
	for _, line := range l.lines.Recurring {
		k.String(strconv.FormatUint(uint64(line.Line), 16))
		k.Int(line.Files)
	}
	for _, rule := range l.lines.Rules {
		k.String(rule.Folded)
		k.Bool(rule.Pattern)
		k.Bool(rule.Keep)
	}
}

// parallel runs do for 0 … n-1 on some workers, and returns when all have ended; the first error stops the rest.
func parallel(ctx context.Context, workers, n int, do func(int) error) error {
	var next atomic.Int64
	work, ctx := errgroup.WithContext(ctx)
	for range workers {
		work.Go(func() error {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return nil
				}
				if err := do(i); err != nil {
					return err
				}
			}
			return ctx.Err()
		})
	}
	return work.Wait()
}

// Proposal is what the texts of one source teach and nobody has decided about: lines that recur, most likely
// boilerplate, and how all-number dates are written.
type Proposal struct {
	Source string // a host, or a folder below content/
	Lines  []Recurring
	Order  string // "dmy" or "mdy"; "" where nothing is proposed
	Dates  int    // that can be read in this order alone
	Date   string // one of them, as printed
}

// Recurring is a line that stands in several files of its source.
type Recurring struct {
	Text  string
	Files int
}

// Proposals lists what nobody has decided about, by source, the most frequent lines first.
func (a *Archive) Proposals() ([]Proposal, error) {
	var proposals []Proposal
	for n := range a.reader.sources {
		p, err := a.reader.propose(&a.reader.sources[n])
		if err != nil {
			return nil, err
		}
		if len(p.Lines) > 0 || p.Order != "" {
			proposals = append(proposals, p)
		}
	}
	return proposals, nil
}

func (r *reader) propose(t *taught) (Proposal, error) {
	p := Proposal{Source: t.source}
	if r.DateOrder == "auto" {
		p.Order = r.boilerplate.ProposeOrder(t.source, t.dates)
		p.Dates = t.dates.Of(p.Order)
	}
	proposed := r.boilerplate.Propose(t.source, t.counts)
	texts, err := r.quote(t, proposed)
	for _, line := range proposed {
		p.Lines = append(p.Lines, Recurring{texts[line.Line], line.Files})
	}
	if p.Order != "" && err == nil {
		p.Date, err = r.quoteDate(t, p.Order)
	}
	return p, err
}

// quote finds the words of lines, in the first text of the source that has each.
func (r *reader) quote(t *taught, proposed []ingest.Proposal) (map[ingest.LineHash]string, error) {
	wanted := map[ingest.LineHash]bool{}
	for _, line := range proposed {
		wanted[line.Line] = true
	}
	texts := map[ingest.LineHash]string{}
	for _, i := range t.texts {
		if len(texts) == len(wanted) {
			break
		}
		s, err := r.shown(int(i))
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(s.lines().Hashes, func(h ingest.LineHash) bool { return wanted[h] && texts[h] == "" }) {
			continue
		}
		src, err := r.tree.read(r.texts[i])
		if err != nil {
			return nil, fmt.Errorf("reading an article: %w", err)
		}
		for line, text := range ingest.Quote(r.texts[i], src, r.textOptions(""), wanted) {
			if texts[line] == "" {
				texts[line] = text
			}
		}
	}
	return texts, nil
}

// quoteDate finds a date of the source that can be read in the given order alone.
func (r *reader) quoteDate(t *taught, order string) (string, error) {
	for _, i := range t.texts {
		s, err := r.shown(int(i))
		if err != nil {
			return "", err
		}
		if s.Dates.Of(order) == 0 {
			continue
		}
		src, err := r.tree.read(r.texts[i])
		if err != nil {
			return "", fmt.Errorf("reading an article: %w", err)
		}
		return ingest.QuoteDate(r.texts[i], src, r.textOptions(""), order), nil
	}
	return "", nil
}

// Account proves that nothing of card i's text was lost or made up when it was read: the list says where the account
// does not balance. An edited article has no account; what became of its original is its editor's word.
func (a *Archive) Account(i int) (diag.List, error) {
	c := a.Cards[i]
	if c.Original == "" || c.Original != c.File {
		return nil, nil
	}
	src, o, made, err := a.asRead(i)
	if err != nil {
		return nil, err
	}
	article, _ := ingest.Read(c.Original, src, o)
	shown := made.Article
	if article.Body != shown.Body || !slices.Equal(article.Removed, shown.Removed) {
		return diag.List{diag.Warn(contentPath(c.Original), "the article that was made of it is another than the file gives").WithHint("run: broadsheet build --clean")}, nil
	}
	shown.From = article.From
	return ingest.Account(contentPath(c.Original), src, o, shown), nil
}

// asRead is card i's text, with the options it was read with and what was made of it.
func (a *Archive) asRead(i int) (src []byte, o ingest.Options, made reading, err error) {
	c := a.Cards[i]
	if err := a.value(readingCoder, a.keys[i], &made); err != nil {
		return nil, o, made, fmt.Errorf("%s: %w", c.File, err)
	}
	if src, err = a.tree.read(c.Original); err != nil {
		return nil, o, made, fmt.Errorf("reading an article: %w", err)
	}
	told, err := a.reader.lesson(c.Original)
	o = a.reader.readingOptions(told, &made)
	o.Given = saidBeside(made.Article)
	return src, o, made, err
}

// Doubt is a source whose all-number dates have two readings, which nothing settles: its articles stand in their years.
type Doubt struct {
	Source   string
	Articles int
	File     string // of the first of them, below content/
	Line     int    // where its date stands
	Text     string // of that line
}

// Doubts lists the sources in whose articles the day cannot be told from the month, by name.
func (a *Archive) Doubts() ([]Doubt, error) {
	bySource := map[string]*Doubt{}
	for _, i := range a.ByPath() {
		c := a.Cards[i]
		if c.Original == "" || c.Date.Precision() != news.ToYear {
			continue
		}
		src, o, made, err := a.asRead(i)
		if err != nil {
			return nil, err
		}
		article, _ := ingest.Read(c.Original, src, o)
		number, text := ingest.Doubt(c.Original, src, o, article)
		if number == 0 || made.Article.From["date"] != article.From["date"] {
			continue
		}
		source := a.reader.source(c.Original)
		d := bySource[source]
		if d == nil {
			d = &Doubt{Source: source, File: c.Original, Line: number, Text: text}
			bySource[source] = d
		}
		d.Articles++
	}
	var doubts []Doubt
	for _, source := range slices.Sorted(maps.Keys(bySource)) {
		doubts = append(doubts, *bySource[source])
	}
	return doubts, nil
}
