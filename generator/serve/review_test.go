package serve

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
)

// asked is a review of one question, and what was answered.
type asked struct{ answers []string }

func (a *asked) Questions(context.Context) ([]Question, int, error) {
	if len(a.answers) > 0 {
		return nil, 0, errors.New("the disk is gone")
	}
	return []Question{{ID: "7fbc16", Names: []string{"Jane Roe", "Jane Row"}, Asks: "one person?", Why: "one letter differs",
		Evidence: []Evidence{{File: "content/a.txt", Text: "Jane Roe spoke.", Form: "Jane Roe"}}}}, 3, nil
}

func (a *asked) Answer(question string, yes bool) (string, bool, error) {
	if question == "full" {
		return "", true, errors.New("no space left on device")
	}
	if question != "7fbc16" {
		return "", false, nil
	}
	said := map[bool]string{true: "yes", false: "no"}[yes]
	a.answers = append(a.answers, said)
	return "\n[[" + said + "]]\n", true, nil
}

// An answer is taken of a page of the preview that has read the question, and of nobody else.
func TestReview(t *testing.T) {
	review := &asked{}
	s := New(Options{Dir: archive(t), Review: review})
	r := ask(s, "GET", "/_preview/review")
	var got struct {
		Questions []Question
		More      int
		Token     string
	}
	if err := json.Unmarshal([]byte(body(t, r)), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Questions) != 1 || got.Questions[0].Evidence[0].Form != "Jane Roe" || got.More != 3 || got.Token == "" {
		t.Errorf("%+v", got)
	}
	if cors, cache := r.Header.Get("Access-Control-Allow-Origin"), r.Header.Get("Cache-Control"); cors != "" || cache != "no-store" {
		t.Errorf("the token goes to origins %q and may be kept: %q", cors, cache)
	}
	here, token := header("Sec-Fetch-Site", "same-origin"), header(tokenHeader, got.Token)
	rebound := func(r *http.Request) { r.Host = "rebound.example.org" }
	for _, c := range []struct {
		target   string
		headers  []func(*http.Request)
		status   int
		answered string
		says     string
	}{
		{"question=7fbc16&answer=yes", []func(*http.Request){here, token}, 200, "yes", "[[yes]]"},
		{"question=7fbc16&answer=no", []func(*http.Request){here, token}, 200, "no", "[[no]]"},
		{"question=7fbc16&answer=yes", []func(*http.Request){here}, 403, "", "load it again"},
		{"question=7fbc16&answer=yes", []func(*http.Request){here, header(tokenHeader, "guessed")}, 403, "", "load it again"},
		{"question=7fbc16&answer=yes", []func(*http.Request){header("Sec-Fetch-Site", "cross-site"), token}, 403, "", "cross-origin"},
		{"question=7fbc16&answer=yes", []func(*http.Request){header("Origin", "https://example.org"), token}, 403, "", "cross-origin"},
		{"question=7fbc16&answer=yes", []func(*http.Request){here, token, rebound}, 421, "", "this machine"},
		{"question=000000&answer=yes", []func(*http.Request){here, token}, 404, "", "answered already"},
		{"question=7fbc16&answer=perhaps", []func(*http.Request){here, token}, 400, "", "yes or no"},
		{"question=full&answer=yes", []func(*http.Request){here, token}, 500, "", "no space left"},
	} {
		review.answers = nil
		r := ask(s, "POST", "/_preview/review?"+c.target, c.headers...)
		if answered := strings.Join(review.answers, " "); r.StatusCode != c.status || answered != c.answered || !strings.Contains(body(t, r), c.says) {
			t.Errorf("%s: status %d, answered %q; want %d, %q, %q", c.target, r.StatusCode, answered, c.status, c.answered, c.says)
		}
	}
	review.answers = []string{"yes"}
	if r := ask(s, "GET", "/_preview/review?question=7fbc16&answer=no", here, token); r.StatusCode != 500 || len(review.answers) != 1 {
		t.Errorf("GET answers, or hides a fault: status %d, %v", r.StatusCode, review.answers)
	}
	if other := New(Options{Dir: archive(t), Review: review}); other.token == s.token {
		t.Error("two servers have one token")
	}
	if r := ask(New(Options{Dir: archive(t)}), "GET", "/_preview/review"); r.StatusCode != 404 {
		t.Errorf("where nobody asks: status %d", r.StatusCode)
	}
}
