//go:build e2e

package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// mark lets a test see later whether the page has been loaded again.
func (d *desk) mark() {
	d.t.Helper()
	d.do(chromedp.Evaluate[chromedp.Void](`window.mark = 1; undefined`))
}

// TestRenewal saves what an open page is made from. The new text takes the place of the old one: what is unfolded and what
// has the focus stay so, the head follows, and scripts run again that say they may. A page with any other is loaded again.
func TestRenewal(t *testing.T) {
	talks := func(words string) string {
		return "Accessibility links\n\nTalks " + words + "\n2002-04-05\n\nSEOUL - Lim Dong-won met the press.\n\nThe talks were " + words + ".\n"
	}
	files := map[string]string{"content/talks.txt": talks("near")}
	for month := 1; month <= 12; month++ {
		files[fmt.Sprintf("content/%02d.md", month)] = fmt.Sprintf("+++\ntitle = \"Of month %d\"\ndate = 2001-%02d-15\n+++\n\nThe river rose.\n", month, month)
	}
	d := newDesk(t, files, "articles/2002/04/talks.html")
	d.until("the page's script has run", `document.querySelectorAll(".text .here").length === 2`)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("details").open = true; document.querySelectorAll(".here")[1].focus(); undefined`))
	d.mark()
	d.save("content/talks.txt", talks("far"))
	d.until("the text is new, and the page as it was", `document.querySelector("article h1").innerText === "Talks far" && document.querySelector("details").open &&
		document.activeElement === document.querySelectorAll(".here")[1]`)
	d.until("the head is new", `document.title.startsWith("Talks far") && document.querySelector("[name='DC.title']").content === "Talks far" &&
		document.querySelectorAll("title, link[rel~=stylesheet]").length === 2`)
	d.until("the script has run once", `document.querySelectorAll(".formats").length === 1 && document.querySelectorAll(".here").length === 2`)

	own := func(more string) string { return "window.ran = (window.ran ?? 0) + 1;" + more }
	d.save("static/own.js", own(""))
	d.save("templates/_assets.html", `<link rel="stylesheet" href="{{.Root}}{{.Site.Style}}"><script src="{{.Root}}own.js" defer></script>`+"\n")
	d.until("the page is loaded again for its other scripts", `window.mark === undefined && window.ran === 1`)
	d.mark()
	d.save("content/talks.txt", talks("over"))
	d.until("the page is loaded again for a script that says nothing", `document.querySelector("article h1")?.innerText === "Talks over" && window.mark === undefined && window.ran === 1`)
	d.save("static/own.js", own("document.currentScript.dataset.again = '';"))
	d.until("the page is loaded again for a script that has changed", `!!document.querySelector("[src$='own.js'][data-again]")`)
	d.mark()
	d.save("content/talks.txt", talks("begun"))
	d.until("the script has run again", `document.querySelector("article h1").innerText === "Talks begun" && window.mark === 1 && window.ran === 2`)

	d.do(chromedp.Navigate(d.root))
	d.until("the front page shows a day of this month", `document.querySelectorAll("#today ul").length === 1 && edition() >= 0`)
	d.mark()
	d.save("content/talks.txt", talks("ended"))
	d.until("the front page is new", `document.querySelector("main").innerText.includes("Talks ended") && document.querySelectorAll("#today ul").length === 1 && window.mark === 1`)
}
