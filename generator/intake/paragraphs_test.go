package intake

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestCaptions holds that a caption stays with its picture, whichever of WordPress' forms it has.
func TestCaptions(t *testing.T) {
	const figure = "\n\n<figure><img src=\"b.jpg\"/><figcaption>The bar</figcaption></figure>\n\n"
	for src, want := range map[string]string{
		`[caption id="a" width="300"]<img src="b.jpg"/> The bar[/caption]` + "\nPeter Moss spoke.": figure + "\nPeter Moss spoke.",
		`[caption id="a" caption="The bar"]<img src="b.jpg"/>[/caption]`:                           figure,
		`[wp_caption]<a href="b"><img src="b.jpg"></a>The
bar[/wp_caption]`: "\n\n<figure><a href=\"b\"><img src=\"b.jpg\"></a><figcaption>The bar</figcaption></figure>\n\n",
		`[caption]no picture[/caption] [embed]https://example.org/v[/embed]`: "no picture https://example.org/v",
		`[caption]never closed`: "never closed",
	} {
		if got := withCaptions(src); got != want {
			t.Errorf("%s gives %q, want %q", src, got, want)
		}
	}
}

// TestGalleries holds that the pictures of a gallery stand where it stood, if all are known.
func TestGalleries(t *testing.T) {
	pictures, err := newAttachments(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer pictures.close()
	for number, address := range map[string]string{"1": "https://example.org/a.jpg", "2": "https://example.org/b.jpg"} {
		if err := pictures.add(number, address); err != nil {
			t.Fatal(err)
		}
	}
	about := site{pictures: pictures}
	for src, want := range map[string]string{
		`x [gallery ids="1,2"] y`: "x \n\n<p><img src=\"https://example.org/a.jpg\"></p>\n\n<p><img src=\"https://example.org/b.jpg\"></p>\n\n y",
		`[gallery ids="1,3"]`:     `[gallery ids="1,3"]`,
		`[gallery]`:               `[gallery]`,
	} {
		if got, err := about.withGalleries(src); got != want || err != nil {
			t.Errorf("%s gives %q, %v, want %q", src, got, err, want)
		}
	}
}

// TestTitleOf holds that a page's title loses the name of the site where a heading says what is left.
func TestTitleOf(t *testing.T) {
	for page, want := range map[string]string{
		"<title>Vicar swims | Harlow Vale Mercury</title><h1>Vicar swims</h1>":                                                    "Vicar swims",
		"<title>Vicar swims | Harlow Vale Mercury</title><div id=masthead><h1>Harlow Vale Mercury</h1></div><h1>Vicar swims</h1>": "Vicar swims",
		"<title>Vicar swims | Vale Post</title><h1 class=site-title>Vale Post</h1>":                                               "Vicar swims | Vale Post",
		"<title>Vicar swims | Vale Post</title><h1><a href='/'>Vale Post</a></h1>":                                                "Vicar swims | Vale Post",
		"<title>The vicar swims the Vale - Mercury</title><h1>Mercury</h1><h2>The vicar swims the Vale</h2>":                      "The vicar swims the Vale",
		"<title>The vicar swims the Vale</title><h1>Another heading</h1>":                                                         "The vicar swims the Vale",
	} {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		title := page[len("<title>"):strings.Index(page, "</title>")]
		if got := titleOf(doc, title); got != want {
			t.Errorf("%s has the title %q, want %q", page, got, want)
		}
	}
}
