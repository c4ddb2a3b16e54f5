// Package templates holds the theme that ships with the program: one html/template file for each kind of page, and
// partials, whose names begin with an underscore. Package render says what each is given. A site's own templates/
// folder replaces any of them, file by file.
package templates

import "embed"

// Files are the templates, at the root of the file system.
//
//go:embed *.html
var Files embed.FS
