package intake

import (
	"math/rand/v2"
	"os"
	"testing"
)

// TestIndex holds an index, grown several times over, equal to a map, and that it leaves nothing behind.
func TestIndex(t *testing.T) {
	dir := t.TempDir()
	x, err := newIndex(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	want := map[uint64]int64{}
	put := func(hash uint64, number int64) {
		t.Helper()
		want[max(hash, 1)] = number // 0 and 1 are one: a hash of 64 bits is compared in full by who asked
		if err := x.put(hash, number); err != nil {
			t.Fatal(err)
		}
	}
	put(0, -7)
	for i := range int64(3 * fewestSlots) {
		put(r.Uint64()>>r.IntN(60), i)
		put(fewestSlots-1-uint64(r.IntN(3)), i) // about the end of the table
	}
	for hash, number := range want {
		if got, found, err := x.get(hash); got != number || !found || err != nil {
			t.Fatalf("%x is %d, %t, %v; want %d", hash, got, found, err, number)
		}
	}
	for range 1000 {
		hash := r.Uint64()
		if _, found, err := x.get(hash); found || err != nil {
			t.Fatalf("%x was never put there: %t, %v", hash, found, err)
		}
	}
	if x.taken != int64(len(want)) || x.slots < 2*x.taken {
		t.Errorf("%d of %d slots taken by %d hashes", x.taken, x.slots, len(want))
	}
	if err := x.close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); len(left) > 0 || err != nil {
		t.Errorf("%v is left, %v", left, err)
	}
}
