// Package static holds the files of the theme that are copied as they stand. A site's own static/ folder replaces
// any of them, file by file.
package static

import "embed"

// Files are the files, at the root of the file system.
//
//go:embed *.css *.js *.svg search/*.css search/*.js search/stem/*.js
var Files embed.FS
