package archive

import (
	"slices"

	"broadsheet/generator/diag"
	"broadsheet/generator/entity"
	"broadsheet/generator/ingest"
	"broadsheet/generator/manifest"
	"broadsheet/generator/published"
	"broadsheet/generator/related"
	"broadsheet/generator/tag"
)

// messages is what is said about an article's files.
type messages struct {
	Found   diag.List
	Unknown diag.List
}

// decisions is what people have said about names, tags, lines and stories that ran twice, and which addresses were published.
type decisions struct {
	authority   *entity.Authority
	vocabulary  *tag.Vocabulary
	duplicates  related.Decisions
	boilerplate *ingest.Decisions
	published   *published.Record
	written     map[string][]byte // the files that say so, by name
	key         string            // of those a card depends on: names and tags
}

// reader runs the per-article steps. It may be used by many workers: what it holds does not change.
type reader struct {
	Options
	decisions
	tree    *tree
	cache   *cache
	last    func(file string) (lastKeys, bool) // where an article was last kept
	revised func() *entity.Revision            // what has been said otherwise of names since then; nil where more has changed
	strings *interner
	*lessons
}

// result is what a worker sends back of one article.
type result struct {
	readingKey, cardKey manifest.Digest
	reading             []byte    // to be put into the cache; nil when it came from there
	card                []byte    // likewise
	head                *keptCard // nil when the article is left out
	left                messages  // of an article that is left out or set aside
	anew                bool
}

// article runs the steps for one source. Where its card is known, nothing of it is read.
func (r *reader) article(s source) (result, error) {
	files, err := r.files(s)
	if err != nil {
		return result{}, err
	}
	told, err := r.lesson(s.original)
	if err != nil {
		return result{}, err
	}
	var res result
	res.readingKey = r.readingKey(s, files, told)
	res.cardKey = r.cardKey(res.readingKey)
	if !r.Clean && r.cache.lend(res.cardKey, func(value []byte) { res.head, err = r.decodeCard(value, s.file, true) }) && err == nil {
		return res, nil
	}
	if head, key, found := r.unconcerned(s, res.readingKey); found {
		res.head, res.cardKey = head, key
		return res, nil
	}
	var made draft
	if value, found := r.lookUp(res.readingKey); !found || readingCoder.decode(value, &made.reading) != nil {
		if err := r.load(files); err != nil {
			return result{}, err
		}
		res.readingKey = r.readingKey(s, files, told) // somebody may have written to them since they were weighed
		res.anew = true
		made = r.read(s, files, told)
		res.reading = readingCoder.encode(&made.reading)
	}
	switch {
	case made.Empty:
		res.left = made.Messages
		return res, nil
	case made.SetAside:
		return r.setAside(s, res, made.Messages), nil
	}
	return r.card(&made, res)
}

func (r *reader) lookUp(key manifest.Digest) ([]byte, bool) {
	if r.Clean {
		return nil, false
	}
	return r.cache.get(key)
}

// readingKey is the hash of exactly what a reading depends on.
func (r *reader) readingKey(s source, files []file, told lesson) manifest.Digest {
	var k manifest.Hasher
	for _, part := range []string{"reading", r.Program, s.file, s.original, s.sidecar, r.Options.Language, r.Publication, string(r.Rights), r.DateOrder} {
		k.String(part)
	}
	k.Bool(r.Plain)
	k.Bool(r.Recognize)
	k.String(r.Charset)
	told.key(&k)
	for _, f := range files {
		k.String(f.name)
		k.Digest(f.sum)
	}
	return k.Key()
}

// cardKey is the hash of exactly what a card depends on.
func (r *reader) cardKey(reading manifest.Digest) manifest.Digest {
	var k manifest.Hasher
	k.String("card")
	k.Digest(reading)
	k.String(r.decisions.key)
	k.String(r.AssignTags)
	return k.Key()
}

// setAside is an article that cannot be read as it was when it last could, where the cache knows. said is what is wrong. Only
// a build, which has a cache, can say what becomes of the page.
func (r *reader) setAside(s source, res result, said messages) result {
	if res.left = said; r.Cache == "" {
		return res
	}
	fate := "the article is left out until it can be read"
	if keys, c := r.lastCard(s); c != nil {
		fate = "its page stays as it was until it can be read"
		c.Messages = messages{}
		res.readingKey, res.cardKey, res.reading, res.head = keys.reading, keys.card, nil, c
	}
	res.left.Found = append(slices.Clip(said.Found), diag.Warn(contentPath(s.file), "%s", fate))
	return res
}
