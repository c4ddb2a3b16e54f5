package serve

import (
	"fmt"
	"net"
	"strconv"
	"strings"
)

// Where the preview is found unless told otherwise.
const (
	defaultHost = "127.0.0.1"
	defaultPort = 8000
	portsToTry  = 20 // beyond the one asked for
)

// Listen opens addr ("host:port", ":port", "port", "host" or ""), or the next port that is free, at most 20 on. Port 0
// is any free port. Without a host only this machine can connect.
func Listen(addr string) (net.Listener, error) {
	host, port, err := splitAddress(addr)
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", addr, err)
	}
	var first error
	for p := port; p <= port+portsToTry && p <= 65535; p++ {
		l, err := net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(p)))
		if err == nil {
			return l, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, fmt.Errorf("no port from %d on can be had: %w", port, first)
}

func splitAddress(addr string) (host string, port int, err error) {
	host, port = defaultHost, defaultPort
	if n, err := strconv.ParseUint(addr, 10, 16); err == nil {
		return host, int(n), nil
	}
	if addr == "" {
		return host, port, nil
	}
	if !strings.Contains(addr, ":") {
		return addr, port, nil
	}
	name, number, err := net.SplitHostPort(addr)
	if err != nil {
		return "", 0, err
	}
	if name != "" {
		host = name
	}
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil {
		return "", 0, fmt.Errorf("port %q is no number from 0 to 65535", number)
	}
	return host, int(n), nil
}

// URL is where a browser on this machine finds the preview that l serves.
func (s *Server) URL(l net.Listener) string {
	address, isTCP := l.Addr().(*net.TCPAddr)
	if !isTCP {
		return "http://" + l.Addr().String() + s.base
	}
	host := address.IP.String()
	if address.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(address.Port)) + s.base
}
