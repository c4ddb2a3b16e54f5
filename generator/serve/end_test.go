package serve

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

// pipes is a listener whose connections do not leave the process, so that time in a bubble goes on while they wait.
type pipes struct{ dialled chan net.Conn }

func (p pipes) Accept() (net.Conn, error) {
	c, open := <-p.dialled
	if !open {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (p pipes) Close() error   { close(p.dialled); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// TestEnd ends a server while it is asked for the source of a page, which takes three seconds more: the connection is cut
// after half a second, and Run returns when nobody reads the site any more.
func TestEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		over := false
		s := New(Options{Dir: t.TempDir(), Source: func(context.Context, string) (Source, error) {
			time.Sleep(4 * time.Second)
			over = true
			return Source{}, nil
		}})
		ctx, stop := context.WithCancel(t.Context())
		l := pipes{make(chan net.Conn)}
		start := time.Now()
		asked := make(chan time.Duration, 1)
		go func() {
			client, server := net.Pipe()
			l.dialled <- server
			if _, err := client.Write([]byte("GET /" + sourceName + "?page=a.html HTTP/1.1\r\nHost: localhost\r\n\r\n")); err != nil {
				t.Error(err)
			}
			client.Read(make([]byte, 1)) // until there is an answer, or none will come
			asked <- time.Since(start)
		}()
		time.AfterFunc(time.Second, stop)
		if err := s.Run(ctx, l, nil); err != nil {
			t.Error(err)
		}
		if got := time.Since(start); got != 4*time.Second || !over {
			t.Errorf("ended after %v", got)
		}
		if got := <-asked; got != 1500*time.Millisecond {
			t.Errorf("the connection was cut after %v", got)
		}
	})
}

// What comes when all is over is refused.
func TestAfterTheEnd(t *testing.T) {
	g := &gate{next: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("let through") })}
	g.shut()
	w := httptest.NewRecorder()
	g.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != http.StatusServiceUnavailable {
		t.Errorf("status %d", w.Code)
	}
}
