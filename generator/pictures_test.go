//go:build e2e

package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

var pictures = flag.String("pictures", "", "write a picture of every kind of page into this folder, at two widths, light and dark")

// TestPictures takes the pictures when -pictures names a folder, and always those of the front page, so that the way to
// take them stays open.
func TestPictures(t *testing.T) {
	dir, pages, into := demonstration(t), []string{"index.html"}, t.TempDir()
	if *pictures != "" {
		pages, into = pageKinds, *pictures
	}
	ctx, _ := browser(t)
	for _, page := range pages {
		if page == "404.html" { // its links start from the site's own address
			continue
		}
		for _, width := range []int64{390, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				name := fmt.Sprintf("%s-%d-%s.png", strings.NewReplacer("/", "-", ".html", "").Replace(page), width, scheme)
				picture, err := takePicture(ctx, "file://"+dir+"/"+page, width, scheme)
				if err == nil {
					err = os.WriteFile(filepath.Join(into, name), picture, 0o666)
				}
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	}
}

// takePicture is a page from top to bottom, as PNG.
func takePicture(ctx context.Context, address string, width int64, scheme string) ([]byte, error) {
	if err := emulate(ctx, scheme); err != nil {
		return nil, err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(address)); err != nil {
		return nil, err
	}
	return chromedp.Run(ctx, chromedp.FullScreenshot(100))
}

// emulate sets the reader's preference for light or dark.
func emulate(ctx context.Context, scheme string) error {
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	return err
}
