//go:build !linux && !darwin

package watch

import (
	"path/filepath"
	"strings"
)

// remote tells a path of another machine by its name, which Windows writes with two backslashes in front. Where nothing
// tells, the system's own notices have to do.
func remote(paths []string) string {
	for _, path := range paths {
		if strings.HasPrefix(filepath.VolumeName(path), `\\`) {
			return "Windows network"
		}
	}
	return ""
}
