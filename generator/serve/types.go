package serve

import (
	"path"
	"strings"
)

// contentType is told by the name alone, so that a preview is the same on every machine.
func contentType(name string) string {
	if t, known := contentTypes[strings.ToLower(path.Ext(name))]; known {
		return t
	}
	return "application/octet-stream"
}

// contentTypes has what a site of articles holds, by extension.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".htm":  "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".mjs":  "text/javascript; charset=utf-8",
	".txt":  "text/plain; charset=utf-8",
	".md":   "text/markdown; charset=utf-8",
	".toml": "application/toml; charset=utf-8",
	".csv":  "text/csv; charset=utf-8",
	".tsv":  "text/tab-separated-values; charset=utf-8",
	".vtt":  "text/vtt; charset=utf-8",

	".xml":         "application/xml; charset=utf-8",
	".json":        "application/json; charset=utf-8",
	".jsonl":       "application/x-ndjson; charset=utf-8",
	".ndjson":      "application/x-ndjson; charset=utf-8",
	".webmanifest": "application/manifest+json; charset=utf-8",

	".svg":  "image/svg+xml; charset=utf-8",
	".png":  "image/png",
	".jpg":  "image/jpeg",
	".jpeg": "image/jpeg",
	".gif":  "image/gif",
	".webp": "image/webp",
	".avif": "image/avif",
	".jp2":  "image/jp2",
	".tif":  "image/tiff",
	".tiff": "image/tiff",
	".ico":  "image/x-icon",

	".woff":  "font/woff",
	".woff2": "font/woff2",
	".mp3":   "audio/mpeg",
	".mp4":   "video/mp4",
	".pdf":   "application/pdf",
	".wasm":  "application/wasm",
	".gz":    "application/gzip",
	".zip":   "application/zip",
}
