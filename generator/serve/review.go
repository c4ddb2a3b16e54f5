package serve

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/http"
)

// Question is what the archive speaks for and a person has to decide.
type Question struct {
	ID       string     `json:"id"`
	Names    []string   `json:"names"` // what it is about
	Asks     string     `json:"asks"`  // "one person?"
	Why      string     `json:"why"`   // what speaks for yes
	Evidence []Evidence `json:"evidence"`
	Yes      string     `json:"yes"` // what is written down for an answer
	No       string     `json:"no"`
}

// Evidence is a sentence of the archive that prints a name.
type Evidence struct {
	File string `json:"file"` // below Options.Site, slash-separated
	Text string `json:"text"`
	Form string `json:"form"` // the name as it is printed there
}

// Review asks a person about what the program has guessed.
type Review interface {
	// Questions are the first that nobody has answered yet, and how many there are beyond these.
	Questions(ctx context.Context) (first []Question, more int, err error)
	// Answer writes an answer down and gives what it wrote; known is false where nobody was asked that.
	Answer(question string, yes bool) (written string, known bool, err error)
}

// tokenHeader proves of a request that whoever made it could read the questions.
const tokenHeader = "Preview-Token"

// tellQuestions answers with the questions, and with the token that an answer has to bring along.
func (s *Server) tellQuestions(w http.ResponseWriter, r *http.Request) {
	if s.Review == nil {
		http.NotFound(w, r)
		return
	}
	questions, more, err := s.Review.Questions(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType(reviewName+".json"))
	w.Header().Set("Cache-Control", "no-store")
	json.NewEncoder(w).Encode(struct {
		Questions []Question `json:"questions"`
		More      int        `json:"more"`
		Token     string     `json:"token"`
	}{questions, more, s.token})
}

// answer writes down what a person has decided. Only a page of the preview may do so: it must be of this origin, by what browsers
// tell of where a request comes from, and know the token, which no other origin can read.
func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	if err := http.NewCrossOriginProtection().Check(r); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return
	}
	if subtle.ConstantTimeCompare([]byte(r.Header.Get(tokenHeader)), []byte(s.token)) != 1 {
		http.Error(w, "this page was not loaded from the preview as it runs now; load it again", http.StatusForbidden)
		return
	}
	says := r.URL.Query().Get("answer")
	if says != "yes" && says != "no" {
		http.Error(w, "an answer is yes or no", http.StatusBadRequest)
		return
	}
	if s.Review == nil {
		http.NotFound(w, r)
		return
	}
	written, known, err := s.Review.Answer(r.URL.Query().Get("question"), says == "yes")
	switch {
	case err != nil:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	case !known:
		http.Error(w, "there is no such question; it may be answered already", http.StatusNotFound)
	default:
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Write([]byte(written))
	}
}
