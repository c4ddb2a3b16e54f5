package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"

	"broadsheet/generator/archive"
)

// mostMemory is the limit for the largest archives, in bytes. A large list goes beyond it by some 100 MB: a million articles are to stay
// below 4 GB.
const mostMemory = 3600 << 20

// limitMemory lets the garbage collector wait: pages are made and thrown away, and to collect after every doubling of
// the little that stays would take a fifth of the time. The limit is what an archive of so many articles needs and as
// much again, and what its largest needs while it is read; one that needs more is built all the same, and slower.
//
// What a watch keeps is more than that, and near the limit the collector would never rest: there is none for it.
func limitMemory(in *archive.Inputs, kept bool) {
	const (
		base    = 220 << 20 // bytes
		article = 3300
		text    = 1100 // beyond that: more names stay of one than front matter has
		letter  = 48   // of the largest article: words, tags and clues stand beside its text
	)
	if ownMemory() {
		return
	}
	if kept {
		debug.SetGCPercent(100)
		debug.SetMemoryLimit(math.MaxInt64)
		return
	}
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(min(base+article*int64(in.Articles())+text*int64(in.Texts())+letter*in.Largest(), mostMemory))
}

// raiseLimit raises the limit when all articles have been read and more has stayed of them than it was made for: else making pages would
// collect all the time.
func raiseLimit() {
	if ownMemory() {
		return
	}
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	debug.SetMemoryLimit(max(debug.SetMemoryLimit(-1), min(int64(live[0].Value.Uint64())*9/5, mostMemory)))
}

// limitLooking lets the collector wait until it is known how many articles there are: what is found of them stays.
func limitLooking() {
	if !ownMemory() {
		debug.SetGCPercent(400)
	}
}

// limitResumed does the same for a build that takes up what the last one left. Most of what it makes stays until it ends, a second or
// two later, and the collector can wait altogether until there is half as much again.
func limitResumed(articles int) {
	const (
		base    = 270 << 20 // bytes
		article = 5000
		most    = 3700 << 20
	)
	if !ownMemory() {
		debug.SetGCPercent(-1)
		debug.SetMemoryLimit(min(base+article*int64(articles), most))
	}
}

// collect collects garbage between builds, if that is worth while. To go through all that a watch keeps takes both processors
// for half a second at a hundred thousand articles, and a save in the midst of it waits twice as long. Where nobody
// saves for a moment now and then, no build ever has to.
func collect() {
	const worth = 8 // one part in so many of what is kept
	if ownMemory() {
		return
	}
	memory := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(memory)
	if all, kept := memory[0].Value.Uint64(), memory[1].Value.Uint64(); all > kept+kept/worth {
		runtime.GC()
	}
}

// ownMemory reports whether somebody has said how much memory may be used: who sets GOGC or GOMEMLIMIT knows better.
func ownMemory() bool { return os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" }

// heldMemory is what the process has of the system now, in bytes.
func heldMemory() uint64 {
	memory := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(memory)
	return memory[0].Value.Uint64() - memory[1].Value.Uint64()
}
