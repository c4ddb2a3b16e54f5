//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestReviewInTheBrowser answers questions about names in the preview, by keyboard alone: each with two sentences, a yes and a
// no written into entities.toml below what stands there, and the open page as it is then.
func TestReviewInTheBrowser(t *testing.T) {
	d := newDesk(t, map[string]string{
		"content/entities.toml": "# written by hand\n[[place]]\nname = \"Westhaven\"\n",
		"content/a.txt":         "Harbour board hears two engineers\n\nMr. Michael Cohen opened the hearing in Westhaven. Then Harold Walker spoke of the harbour and Michael Cohen thanked him.\n",
		"content/b.txt":         "Second hearing on the harbour\n\nIn Westhaven the engineer Harold Welker spoke once more of the harbour and its walls.\n",
		"content/c.txt":         "Third hearing on the harbour\n\nMr. Cohen closed the third hearing in Westhaven.\n",
	}, "people/harold-walker/index.html")
	decided := func() string {
		b, err := os.ReadFile(filepath.Join(d.dir, "content/entities.toml"))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	d.mark()
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("broadsheet-preview").shadowRoot.querySelector("button.review").focus(); undefined`), chromedp.KeyEvent(kb.Enter))
	d.until("the questions have come, each with two sentences", `ours(".question").length === 2 && ours(".question").every(q => q.querySelectorAll("blockquote mark").length === 2)`)
	first := evaluate[string](d, `ours(".question")[0].textContent`)
	for _, want := range []string{"Harold Walker · Harold Welker", "one person?", "one letter differs", "Then Harold Walker spoke", "content/a.txt", "the engineer Harold Welker"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first question lacks %q: %s", want, first)
		}
	}
	d.press(`document.querySelector("broadsheet-preview").shadowRoot.activeElement?.getAttribute("aria-label")?.startsWith("Accept: Harold Walker")`)
	d.until("the answer is told", `shown(".status").includes("Written into content/entities.toml: [[same]]")`)
	d.until("the page of the name has come, in place", `document.querySelector("h1").innerText === "Harold Walker" && window.mark === 1`)
	if got := decided(); !strings.HasPrefix(got, "# written by hand\n") || !strings.HasSuffix(got, "\n[[same]]\nnames = [\"Harold Walker\", \"Harold Welker\"]\n") {
		t.Errorf("entities.toml is:\n%s", got)
	}
	d.press(`document.querySelector("broadsheet-preview").shadowRoot.activeElement?.getAttribute("aria-label")?.startsWith("Refuse: ")`)
	d.until("nothing is left", `shown(".status") === "There are no names to review."`)
	if got := decided(); !strings.Contains(got, "is = \"nothing\"") {
		t.Errorf("entities.toml is:\n%s", got)
	}

	d.save("content/entities.toml", decided()+"[[peson]]\nname = \"Jane Roe\"\n")
	d.until("a fault comes up over it", `shown(".faults[open] .position").includes("entities.toml")`)
	d.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("broadsheet-preview").shadowRoot.querySelector("button.found").click(); undefined`))
	d.until("what cannot be known is said", `shown(".panel").includes("while the site has faults") && shown("button.file") === "content/entities.toml"`)
}

// press goes backwards by the Tab key until an element has the focus, and presses Enter there.
func (d *desk) press(focused string) {
	d.t.Helper()
	for range 40 {
		if evaluate[bool](d, "!!"+focused) {
			d.do(chromedp.KeyEvent(kb.Enter))
			return
		}
		d.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(8))) // with Shift
	}
	d.t.Fatalf("never focused: %s", focused)
}
