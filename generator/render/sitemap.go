package render

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"

	"broadsheet/generator/news"
)

// SitemapURLs is the most that one sitemap, or one index of sitemaps, may hold.
const SitemapURLs = 50_000

// URL is one line of a sitemap.
type URL struct {
	Loc     string    // absolute
	LastMod news.Date // left out where its day is not known
}

// Sitemap writes a sitemap of at most SitemapURLs pages.
func Sitemap(w io.Writer, urls []URL) error { return sitemap(w, "urlset", "url", urls) }

// SitemapIndex writes an index of at most SitemapURLs sitemaps.
func SitemapIndex(w io.Writer, sitemaps []URL) error {
	return sitemap(w, "sitemapindex", "sitemap", sitemaps)
}

// sitemap writes line by line: a million pages are never one value in memory. The writer keeps its first error for Flush.
func sitemap(w io.Writer, list, line string, urls []URL) error {
	if len(urls) > SitemapURLs {
		panic(fmt.Sprintf("render: a sitemap of %d URLs", len(urls)))
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s<%s xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", xml.Header, list)
	for _, u := range urls {
		fmt.Fprintf(b, "<%s><loc>", line)
		xml.EscapeText(b, []byte(u.Loc))
		b.WriteString("</loc>")
		if u.LastMod.Precision() == news.ToDay {
			fmt.Fprintf(b, "<lastmod>%s</lastmod>", dayISO(u.LastMod))
		}
		fmt.Fprintf(b, "</%s>\n", line)
	}
	fmt.Fprintf(b, "</%s>\n", list)
	return b.Flush()
}

// Robots writes robots.txt: all may be read; sitemap is the sitemap's absolute URL, or "".
func Robots(w io.Writer, sitemap string) error {
	text := "User-agent: *\nDisallow:\n"
	if sitemap != "" {
		text += "\nSitemap: " + sitemap + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}
