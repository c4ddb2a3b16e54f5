//go:build !unix

package main

// peakMemory is what the process holds now, where the system does not tell what it had at most.
func peakMemory() uint64 { return heldMemory() }
