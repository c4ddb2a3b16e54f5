package entity

import (
	"slices"
	"strings"

	"broadsheet/generator/news"
)

// Given is f where the front matter names the entities of a kind: every name becomes a cluster, with the mentions the
// text has of it; all other clusters of the kind are dropped. A name is an entry's name, alias or id, an id of
// another entity ("people/jane-doe"), or any name.
func (a *Authority) Given(kind news.Kind, names []string, f Found) Found {
	given := make([]news.Cluster, 0, len(names))
	keys := make([]string, 0, len(names)) // of the given names
	for _, name := range names {
		c := a.givenCluster(kind, clean(name))
		k := key(c.Name)
		if c.Name != "" && givenAs(given, keys, c.Entity, k) < 0 {
			given, keys = append(given, c), append(keys, k)
		}
	}
	keep := make([]int, len(f.Clusters)) // by old cluster: the given one, -1 to drop, -2 to leave
	for i, c := range f.Clusters {
		keep[i] = -2
		if c.Kind == kind {
			keep[i] = linked(given, keys, c)
		}
	}
	return regroup(f, given, keep)
}

func (a *Authority) givenCluster(kind news.Kind, name string) news.Cluster {
	c := news.Cluster{Kind: kind, Name: name, First: -1, Entity: a.ID(kind, name)}
	if e, found := a.Lookup(c.Entity); found {
		c.Name = e.Name
	} else if slug, isID := strings.CutPrefix(name, kind.Folder()+"/"); isID {
		c.Entity = name
		c.Name = strings.ReplaceAll(slug, "-", " ")
	}
	return c
}

// givenAs is which given cluster has an entity or a key, or -1.
func givenAs(given []news.Cluster, keys []string, entity, key string) int {
	for i := range given {
		if entity != "" && given[i].Entity == entity || keys[i] == key {
			return i
		}
	}
	return -1
}

// linked is the given cluster that a cluster of the text is, or -1. A bare surname is the given person of that name
// where there is but one.
func linked(given []news.Cluster, keys []string, c news.Cluster) int {
	name := key(c.Name)
	first := givenAs(given, keys, c.Entity, name)
	for _, s := range c.Surfaces {
		if i := slices.Index(keys, key(s.Text)); i >= 0 && (first < 0 || i < first) {
			first = i
		}
	}
	if first >= 0 || !c.Bare {
		return first
	}
	for i, k := range keys {
		words := strings.Fields(k)
		if len(words) > 0 && (words[len(words)-1] == name || words[0] == name) {
			if first >= 0 {
				return -1
			}
			first = i
		}
	}
	return first
}

// regroup moves the mentions of linked clusters to the given ones, which come last, and drops the others.
func regroup(f Found, given []news.Cluster, keep []int) Found {
	g := Found{Clusters: slices.Grow([]news.Cluster(nil), len(f.Clusters)+len(given))}
	number := make([]int, len(f.Clusters))
	for i, c := range f.Clusters {
		number[i] = -1
		if keep[i] == -2 {
			number[i] = len(g.Clusters)
			g.Clusters = append(g.Clusters, c)
		}
	}
	first := len(g.Clusters)
	g.Clusters = append(g.Clusters, given...)
	for i, c := range f.Clusters {
		if keep[i] >= 0 {
			number[i] = first + keep[i]
			into(&g.Clusters[number[i]], c)
		}
	}
	for _, m := range f.Mentions {
		if number[m.Cluster] >= 0 {
			m.Cluster = number[m.Cluster]
			g.Mentions = append(g.Mentions, m)
		}
	}
	return g
}

// into adds what the text has of a cluster to the given one.
func into(g *news.Cluster, c news.Cluster) {
	g.Count += c.Count
	g.Senses += c.Senses
	g.InTitle = g.InTitle || c.InTitle
	if c.First >= 0 && (g.First < 0 || c.First < g.First) {
		g.First = c.First
	}
	g.Surfaces = slices.Clone(g.Surfaces)
	for _, s := range c.Surfaces {
		spell(g, s.Text, s.Count)
	}
	if g.Entity == "" {
		g.Entity = c.Entity
	}
}
