package entity

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// workers is how many work at once. It stays what it was at first: what each keeps is found by its number.
var workers = sync.OnceValue(func() int { return runtime.GOMAXPROCS(0) })

// inParts calls do for each of so many parts, in any order and several at a time, and returns when all are done. What do
// keeps for its worker is no other's.
func inParts(parts int, do func(worker, part int)) {
	var next atomic.Int64
	work := func(worker int) {
		for part := int(next.Add(1)) - 1; part < parts; part = int(next.Add(1)) - 1 {
			do(worker, part)
		}
	}
	var others sync.WaitGroup
	for worker := 1; worker < min(workers(), parts); worker++ {
		others.Go(func() { work(worker) })
	}
	work(0)
	others.Wait()
}

// inPieces calls do for pieces of the numbers below n, as inParts does.
func inPieces(n int, do func(worker, from, to int)) {
	inParts((n+piece-1)/piece, func(worker, part int) { do(worker, part*piece, min((part+1)*piece, n)) })
}

const piece = 1 << 12

// cut is where part p of so many of n things begins.
func cut(n, parts, p int) int { return n * p / parts }

// sortParts sorts as slices.SortFunc does, parts at a time.
func sortParts[T any](all []T, compare func(a, b T) int) {
	parts := workers()
	if len(all) < piece {
		parts = 1
	}
	inParts(parts, func(_, p int) { slices.SortFunc(all[cut(len(all), parts, p):cut(len(all), parts, p+1)], compare) })
	for p := 1; p < parts; p++ {
		mergeInto(all[:cut(len(all), parts, p+1)], cut(len(all), parts, p), compare)
	}
}

// mergeInto makes one sorted list of two, the second of which begins at middle.
func mergeInto[T any](all []T, middle int, compare func(a, b T) int) {
	first, second := slices.Clone(all[:middle]), all[middle:]
	for to := range all {
		if len(first) == 0 {
			return
		}
		if len(second) > 0 && compare(second[0], first[0]) < 0 {
			all[to], second = second[0], second[1:]
		} else {
			all[to], first = first[0], first[1:]
		}
	}
}

// arena is memory for many small lists, taken in blocks.
type arena[T any] struct{ free []T }

// take is an empty list with room for n.
func (a *arena[T]) take(n int) []T {
	if n > len(a.free) {
		a.free = make([]T, max(n, piece))
	}
	list := a.free[:0:n]
	a.free = a.free[n:]
	return list
}

// keep is a list with no room but for itself.
func (a *arena[T]) keep(list []T) []T { return append(a.take(len(list)), list...) }

// grown is a list of at least n, what it was and then the value for none.
func grown(list []int32, n int, none int32) []int32 {
	for len(list) < n {
		list = append(list, none)
	}
	return list
}
