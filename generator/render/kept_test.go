package render

import (
	"bytes"
	"encoding/binary"
	"testing"

	"broadsheet/generator/manifest"
)

// What is kept comes out as it was made, however often the halves have changed places, and what is asked for again and
// again is made once.
func TestKept(t *testing.T) {
	const size = halfBytes / 10
	var k kept
	made := map[uint64]int{}
	fragment := func(n uint64) []byte { return bytes.Repeat(binary.BigEndian.AppendUint64(nil, n), size/8) }
	ask := func(n uint64) {
		got, err := k.appendTo([]byte("<"), manifest.Digest(binary.BigEndian.AppendUint64(make([]byte, 8), n+1)), func(b []byte) ([]byte, error) {
			made[n]++
			return append(b, fragment(n)...), nil
		})
		if err != nil || !bytes.Equal(got, append([]byte("<"), fragment(n)...)) {
			t.Fatalf("fragment %d comes out otherwise, or %v", n, err)
		}
	}
	for n := range uint64(60) {
		ask(n)
		ask(0)
		ask(n / 2)
	}
	if made[0] != 1 {
		t.Errorf("the fragment that was asked for all the time was made %d times", made[0])
	}
	if held := cap(k.newer.html) + cap(k.older.html); held > 4*halfBytes {
		t.Errorf("the halves hold %d bytes", held)
	}
}
