//go:build unix

package main

import (
	"runtime"
	"syscall"
)

// peakMemory is the most memory, in bytes, that the process has had so far.
func peakMemory() uint64 {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return heldMemory()
	}
	if runtime.GOOS == "darwin" {
		return uint64(use.Maxrss)
	}
	return uint64(use.Maxrss) << 10
}
