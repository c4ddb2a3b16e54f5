package ingest

import (
	"strings"
	"testing"
)

func TestParseByline(t *testing.T) {
	for _, c := range []struct{ line, authors, credit string }{
		{"By Jane Doe", "Jane Doe", ""},
		{"By JANE O'BRIEN", "Jane O'Brien", ""},
		{"By Jane Doe and John Roe, AP", "Jane Doe; John Roe", "AP"},
		{"By Jane Doe, Associated Press Writer", "Jane Doe", "Associated Press"},
		{"By Jane van der Berg, Staff Writer", "Jane van der Berg", ""},
		{"Jane Doe | Reuters", "Jane Doe", "Reuters"},
		{"By Reuters", "", "Reuters"},
		{"By J. R. Roe III", "J. R. Roe III", ""},
		{"Jane DoeStaff Writer", "Jane Doe", ""},
		{"Jane Doe Political Correspondent", "Jane Doe", ""},
		{"By Jane Doe | Special to the Chronicle", "Jane Doe", ""},
		{"By Jane Doe, Harbour Herald", "Jane Doe", "Harbour Herald"},
		{"Jane Doe and John Roe USA TODAY", "Jane Doe; John Roe", "USA Today"},
		{"Written by Jane Doe, MS, RD", "Jane Doe", ""},
		{"By HARBOUR POST STAFF", "", "Harbour Post Staff"},
		{"By Jane Doe Jane Doe", "Jane Doe", ""},
		{"Von Anna Berg und Jan Kurz, dpa", "Anna Berg; Jan Kurz", "dpa"},
		{"Par Jeanne Dupont et Luc Petit", "Jeanne Dupont; Luc Petit", ""},
		{"Por Juana Pérez y Luis Gil, Diario de Hoy", "Juana Pérez; Luis Gil", "Diario de Hoy"},
	} {
		by, ok := parseByline(c.line)
		if !ok || strings.Join(by.Authors, "; ") != c.authors || by.Credit != c.credit || by.Printed != c.line {
			t.Errorf("%q: %v %+v", c.line, ok, by)
		}
	}
	for _, line := range []string{"By Monday the water had risen", "By the numbers", "Jane Doe", "Business", "By 1916", "By", "By clicking Subscribe you agree", "(Jane Doe / Associated Press)", "South Africa | World", "Von Kopf bis Fuß", "Por la mañana", "Par Jeanne"} {
		if by, ok := parseByline(line); ok {
			t.Errorf("%q is taken for a byline: %+v", line, by)
		}
	}
}

func TestParseDateline(t *testing.T) {
	for _, c := range []struct{ text, printed, place, credit string }{
		{"AUBURN, Wash. (AP) — A river rose.", "AUBURN, Wash. (AP) —", "Auburn, Wash.", "AP"},
		{"SEOUL, April 5 (Reuters) - Talks resumed.", "SEOUL, April 5 (Reuters) -", "Seoul", "Reuters"},
		{"NEW YORK -- Shares fell.", "NEW YORK --", "New York", ""},
		{"BOSTON, March 3 - Oper shr 34 cts", "BOSTON, March 3 -", "Boston", ""},
		{"Geneva (Reuters) - Delegates met.", "Geneva (Reuters) -", "Geneva", "Reuters"},
		{"PARIS, Dec. 14, 1916 — The reply.", "PARIS, Dec. 14, 1916 —", "Paris", ""},
		{"PARIS.—On Monday the Chamber met again to hear 3 reports.", "PARIS.—", "Paris", ""},
		{"WHITBY, England, March 3, 1921.-Coun. Jane Doe said no.", "WHITBY, England, March 3, 1921.-", "Whitby, England", ""},
		{"WHITBY, Eng., March 3, 1921.–Coun. Jane Doe said no.", "WHITBY, Eng., March 3, 1921.–", "Whitby, Eng.", ""},
		{"WHITBY, March 3, 1921:—Coun. Jane Doe said no.", "WHITBY, March 3, 1921:—", "Whitby", ""},
		{"WHITBY, Thursday Night-Coun. Jane Doe said no.", "WHITBY, Thursday Night-", "Whitby", ""},
		{"ST. LOUIS, Mo.-The river has risen again since noon.", "ST. LOUIS, Mo.-", "St. Louis, Mo.", ""},
		{"STRATFORD-ON-AVON, 3rd March.-The players came back.", "STRATFORD-ON-AVON, 3rd March.-", "Stratford-On-Avon", ""},
		{"WHITBY, Mar. 3.—(By the Associated Press.)—Coun. Jane Doe said no.", "WHITBY, Mar. 3.—(By the Associated Press.)—", "Whitby", "Associated Press"},
		{"WHITBY, Mar. 3 (AP).-Coun. Jane Doe said no.", "WHITBY, Mar. 3 (AP).-", "Whitby", "AP"},
		{"Rome, via Paris, Aug. 11.—The King", "Rome, via Paris, Aug. 11.—", "Rome, via Paris", ""},
		{"Stoke on Trent, 11 Aug. 1916. -The mayor", "Stoke on Trent, 11 Aug. 1916. -", "Stoke on Trent", ""},
		{"What Cheer, Aug. 11.—F. W. Slocum,", "What Cheer, Aug. 11.—", "What Cheer", ""},
	} {
		d, credit, ok := parseDateline(c.text)
		if !ok || d.Printed != c.printed || d.Place != c.place || credit != c.credit {
			t.Errorf("%q: %v %+v %q", c.text, ok, d, credit)
		}
	}
	for _, text := range []string{
		"The mayor — who was away — said no.", "He said it - twice.", "UN - the acronym", "WASHINGTON said nothing.", "(AP) — Nothing", "— dash",
		"U.S.-Japan talks on cars went on in Geneva all day.", "MARY ST.-JOHN was away.", "TOKYO, U.S.-JAPAN TALKS RESUME", "SUNDAY-MONDAY SCHEDULE", "APRIL, MAY-JUNE", "FRIDAY, FEBRUARY 11, 1910.",
		"NOTICE.—All persons who have claims against the estate are to send them in.", "FILE - Jane Doe speaks in the House of Commons in London.", "OBITUARIES.-Jane Doe died on Friday at her home.",
		"In London, Aug. 11.—The King", "The council met, Aug. 11.—The King", "On Sunday, Aug. 11.—The King", "tive Expedition, Aug. 11.—The extraor-", "Easter Monday, April 5.—There will be races.",
		"WHITBY, March 3-March 9", "The fair, open June 3-5, drew many.",
		"ROE - DOE WEDDING", "POE - In loving memory",
		"ROE. - On October 2, at 4, Rope Walk, to Mr. and Mrs. John Roe, a daughter.", "POE.—On the 3rd inst., at the Manse, the wife of the Rev. John Poe, of a son.",
	} {
		if d, _, ok := parseDateline(text); ok {
			t.Errorf("%q is taken for a dateline: %+v", text, d)
		}
	}
}
