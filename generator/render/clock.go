package render

import (
	"fmt"
	"strconv"
	"strings"

	"broadsheet/generator/news"
)

// clock is a time of day as ISO 8601 writes it.
type clock struct {
	time   string // "14:05" or "14:05:00"; parts of a second are left out
	offset string // "Z", "+01:00", or "" where none was written
}

// parseClock reads news.Date's Clock: "9:05", "14:05:00.25Z", "14:05 UTC", "14:05:00 +0100". It reports false for what
// no clock shows.
func parseClock(s string) (clock, bool) {
	digits := strings.TrimRight(s, " UTCZz")
	var c clock
	if digits != s && strings.TrimSpace(s[len(digits):]) != "" {
		c.offset = "Z"
	}
	if sign := strings.LastIndexAny(digits, "+-"); sign >= 0 {
		offset := strings.ReplaceAll(digits[sign+1:], ":", "")
		hour, minute, ok := two(offset, 0), two(offset, 2), len(offset) == 4
		if !ok || hour > 23 || minute > 59 {
			return clock{}, false
		}
		c.offset = fmt.Sprintf("%c%02d:%02d", digits[sign], hour, minute)
		digits = strings.TrimSpace(digits[:sign])
	}
	return c.withTime(digits)
}

func (c clock) withTime(digits string) (clock, bool) {
	if len(digits) > 1 && digits[1] == ':' {
		digits = "0" + digits
	}
	digits, _, _ = strings.Cut(digits, ".")
	hour, minute, second := two(digits, 0), two(digits, 3), 0
	switch len(digits) {
	case len("14:05"):
	case len("14:05:00"):
		second = two(digits, 6)
	default:
		return clock{}, false
	}
	if hour > 23 || minute > 59 || second > 59 {
		return clock{}, false
	}
	c.time = digits
	return c, true
}

// two is the number of two digits at i; 100 where they are no digits.
func two(s string, i int) int {
	if len(s) < i+2 || s[i] < '0' || s[i] > '9' || s[i+1] < '0' || s[i+1] > '9' {
		return 100
	}
	return int(s[i]-'0')*10 + int(s[i+1]-'0')
}

// clockText is a time of day as it is read, without seconds; "" for what no clock shows.
func clockText(s string) string {
	c, _ := parseClock(s)
	return string(c.appendText(nil))
}

// appendText writes the clock as it is read; nothing for none.
func (c clock) appendText(b []byte) []byte {
	if c.time == "" {
		return b
	}
	b = append(b, c.time[:len("14:05")]...)
	switch c.offset {
	case "":
		return b
	case "Z":
		return append(b, " UTC"...)
	}
	return append(append(b, ' '), c.offset...)
}

// appendISO writes a known day and its time, where one is known.
func appendISO(b []byte, d news.Date, c clock) []byte {
	b = appendDayISO(b, d)
	if c.time == "" {
		return b
	}
	return append(append(append(b, 'T'), c.time...), c.offset...)
}

// dayISO is the day alone: "2002-04-05".
func dayISO(d news.Date) string { return string(appendDayISO(make([]byte, 0, len("2002-04-05")), d)) }

func appendDayISO(b []byte, d news.Date) []byte {
	b = appendDigits(b, d.Year, 4)
	b = appendDigits(append(b, '-'), d.Month, 2)
	return appendDigits(append(b, '-'), d.Day, 2)
}

// appendDigits writes n with so many digits at least; dates are written so often that fmt would be felt.
func appendDigits(b []byte, n, width int) []byte {
	for least := 10; width > 1; width, least = width-1, least*10 {
		if n < least {
			b = append(b, '0')
		}
	}
	return strconv.AppendInt(b, int64(n), 10)
}
