package archive

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"broadsheet/generator/diag"
	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
)

// Proposal is what recurs in the texts of one source and nobody has decided about: most likely boilerplate.
type Proposal struct {
	Source string // a host, or a folder below content/
	Lines  []Recurring
}

// Recurring is a line that stands in several files of its source.
type Recurring struct {
	Text  string
	Files int
}

// taught is one source's files, by index into the texts, and what their lines teach.
type taught struct {
	source string
	files  []int
	counts ingest.Counts
}

// learn lets the texts of each source teach one another which of their lines are boilerplate, and whether 3/4 is in
// March or April. Each text is then told what concerns its own lines and nothing else, so that its key hangs on no more.
func (r *reader) learn(ctx context.Context) error {
	r.told, r.orders = map[string]ingest.Told{}, map[string]string{}
	if r.Plain {
		return nil
	}
	for _, s := range r.tree.articles {
		if s.original != "" {
			r.texts = append(r.texts, s.original)
		}
	}
	if err := r.look(ctx); err != nil {
		return err
	}
	bySource := map[string][]int{}
	for i, s := range r.seen {
		bySource[s.Source] = append(bySource[s.Source], i)
	}
	for _, source := range slices.Sorted(maps.Keys(bySource)) {
		t := taught{source: source, files: bySource[source]}
		t.counts = ingest.Learn(func(yield func(ingest.Lines) bool) {
			for _, i := range t.files {
				if !yield(r.seen[i].Lines) {
					return
				}
			}
		})
		order := r.order(t)
		for _, i := range t.files {
			if order != "" {
				r.orders[r.texts[i]] = order
			}
			if told := r.boilerplate.Told(r.seen[i].Lines, t.counts); len(told.Recurring)+len(told.Rules) > 0 {
				r.told[r.texts[i]] = told
			}
		}
		r.sources = append(r.sources, t)
	}
	return nil
}

// seen is what a text shows its source: its lines, and how it writes dates.
type seen struct {
	ingest.Lines
	Orders ingest.DateOrders
}

// look reads what every text shows its source, from the cache where it is known.
func (r *reader) look(ctx context.Context) error {
	r.seen = make([]seen, len(r.texts))
	keys, values := make([]string, len(r.texts)), make([][]byte, len(r.texts))
	err := parallel(ctx, r.Jobs, len(r.texts), func(i int) error {
		src, err := r.tree.read(r.texts[i])
		if err != nil {
			return fmt.Errorf("reading an article: %w", err)
		}
		keys[i] = manifest.Key("seen", r.Program, r.texts[i], manifest.Sum(src), r.Charset)
		if value, found := r.lookUp(keys[i]); found && seenCoder.decode(value, &r.seen[i]) == nil {
			return nil
		}
		o := r.textOptions("")
		r.seen[i] = seen{ingest.LinesOf(r.texts[i], src, o), ingest.Orders(r.texts[i], src, o)}
		values[i] = seenCoder.encode(&r.seen[i])
		return nil
	})
	for i, key := range keys {
		r.cache.use(key)
		if values[i] != nil && err == nil {
			err = r.cache.put(key, values[i])
		}
	}
	return err
}

// textOptions is how a text is read, but for what it is told.
func (r *reader) textOptions(language string) ingest.Options {
	return ingest.Options{Plain: r.Plain, Language: language, Charset: r.Charset, DateOrder: r.DateOrder}
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

// order is how a source writes its all-number dates, where the settings leave it open and the source settles it.
func (r *reader) order(t taught) string {
	if r.DateOrder != "auto" {
		return ""
	}
	var orders ingest.DateOrders
	for _, i := range t.files {
		orders = orders.Add(r.seen[i].Orders)
	}
	return orders.Settled()
}

// readingOptions is how the text of one file is read.
func (r *reader) readingOptions(text, language string) ingest.Options {
	o := r.textOptions(language)
	o.Told = r.told[text]
	if order := r.orders[text]; order != "" {
		o.DateOrder = order
	}
	return o
}

// toldKey adds what a text is told to its key.
func toldKey(k *manifest.Hasher, told ingest.Told) {
	for _, line := range told.Recurring {
		k.String(strconv.FormatUint(uint64(line.Line), 16))
		k.Int(line.Files)
	}
	for _, rule := range told.Rules {
		k.String(rule.Folded)
		k.Bool(rule.Pattern)
		k.Bool(rule.Keep)
	}
}

// Proposals lists the lines that recur and that nobody has decided about, by source, the most frequent first.
func (a *Archive) Proposals() ([]Proposal, error) {
	var proposals []Proposal
	for _, t := range a.reader.sources {
		proposed := a.reader.boilerplate.Propose(t.source, t.counts)
		if len(proposed) == 0 {
			continue
		}
		texts, err := a.reader.quote(t, proposed)
		if err != nil {
			return nil, err
		}
		p := Proposal{Source: t.source}
		for _, line := range proposed {
			p.Lines = append(p.Lines, Recurring{texts[line.Line], line.Files})
		}
		proposals = append(proposals, p)
	}
	return proposals, nil
}

// quote finds the words of lines, in the first file of the source that has each.
func (r *reader) quote(t taught, proposed []ingest.Proposal) (map[ingest.LineHash]string, error) {
	wanted := map[ingest.LineHash]bool{}
	for _, line := range proposed {
		wanted[line.Line] = true
	}
	texts := map[ingest.LineHash]string{}
	for _, i := range t.files {
		has := slices.ContainsFunc(r.seen[i].Hashes, func(h ingest.LineHash) bool { return wanted[h] && texts[h] == "" })
		if !has {
			continue
		}
		src, err := r.tree.read(r.texts[i])
		if err != nil {
			return nil, fmt.Errorf("reading an article: %w", err)
		}
		maps.Copy(texts, ingest.Quote(r.texts[i], src, r.textOptions(""), wanted))
	}
	return texts, nil
}

// Account proves that nothing of card i's text was lost or made up when it was read: the list says where the account
// does not balance. An edited article has no account; what became of its original is its editor's word.
func (a *Archive) Account(i int) (diag.List, error) {
	c := a.Cards[i]
	if c.Original == "" || c.Original != c.File {
		return nil, nil
	}
	var made reading
	if err := a.value(readingCoder, a.keys[i], &made); err != nil {
		return nil, fmt.Errorf("%s: %w", c.File, err)
	}
	src, err := a.tree.read(c.Original)
	if err != nil {
		return nil, fmt.Errorf("reading an article: %w", err)
	}
	o := a.reader.readingOptions(c.Original, made.Language)
	article, _ := ingest.Read(c.Original, src, o)
	article.SHA256 = made.Article.SHA256
	return ingest.Account(contentPath(c.Original), src, o, article), nil
}
