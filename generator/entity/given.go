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
	var given []news.Cluster
	for _, name := range names {
		if c := a.givenCluster(kind, clean(name)); c.Name != "" && !slices.ContainsFunc(given, func(g news.Cluster) bool { return one(g, c) }) {
			given = append(given, c)
		}
	}
	keep := make([]int, len(f.Clusters)) // by old cluster: the given one, -1 to drop, -2 to leave
	for i, c := range f.Clusters {
		keep[i] = -2
		if c.Kind == kind {
			keep[i] = linked(given, c)
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

func one(a, b news.Cluster) bool {
	return a.Entity != "" && a.Entity == b.Entity || key(a.Name) == key(b.Name)
}

// linked is the given cluster that a cluster of the text is, or -1. A bare surname is the given person of that name
// where there is but one.
func linked(given []news.Cluster, c news.Cluster) int {
	for i, g := range given {
		if one(g, c) || slices.ContainsFunc(c.Surfaces, func(s news.Spelling) bool { return key(s.Text) == key(g.Name) }) {
			return i
		}
	}
	if !c.Bare {
		return -1
	}
	at := -1
	for i, g := range given {
		words := strings.Fields(key(g.Name))
		if bare := key(c.Name); len(words) > 0 && (words[len(words)-1] == bare || words[0] == bare) {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// regroup moves the mentions of linked clusters to the given ones, which come last, and drops the others.
func regroup(f Found, given []news.Cluster, keep []int) Found {
	var g Found
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
