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

// TestPictures takes the pictures when -pictures names a folder, those of the awful archive and of README.md too, and always
// those of the front page, so that the way to take them stays open.
func TestPictures(t *testing.T) {
	ctx, _ := browser(t)
	if *pictures == "" {
		takePictures(t, ctx, demonstration(t), []string{"index.html"}, t.TempDir(), "")
		return
	}
	dir := demonstration(t)
	for name, page := range window {
		picture, err := firstScreen(ctx, "file://"+dir+"/"+page)
		if err == nil {
			err = os.WriteFile(filepath.Join(*pictures, name), picture, 0o666)
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	takePictures(t, ctx, dir, pageKinds, *pictures, "")
	takePictures(t, ctx, built(t, awful(), "https://example.org/"), awfulKinds, *pictures, "awful-")
}

func takePictures(t *testing.T, ctx context.Context, dir string, pages []string, into, prefix string) {
	t.Helper()
	for _, page := range pages {
		if page == "404.html" { // its links start from the site's own address
			continue
		}
		for _, width := range []int64{390, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				name := prefix + fmt.Sprintf("%s-%d-%s.png", strings.NewReplacer("/", "-", ".html", "").Replace(page), width, scheme)
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

// window is the pictures that README.md shows: the first screen of some pages, as they lie in .github/.
var window = map[string]string{
	"front.png": "index.html", "article.png": "articles/2019/01/" + lighthouseArticle, "name.png": "people/donald-trump/index.html",
}

func firstScreen(ctx context.Context, address string) ([]byte, error) {
	if err := emulate(ctx, "light"); err != nil {
		return nil, err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 1000), chromedp.Navigate(address)); err != nil {
		return nil, err
	}
	return chromedp.Run(ctx, chromedp.CaptureScreenshot())
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
