package intake

import (
	"github.com/google/go-cmp/cmp"
	"strings"
	"testing"
)

// TestIDsOfTables holds that two tables that both count from 1 are strangers, in one import and in two; that one that
// is exported again under its own name, or under another with the same dates and headlines, brings its articles up to
// date; and that what is imported again changes nothing.
func TestIDsOfTables(t *testing.T) {
	const (
		mail  = "id,date,title,body\n1,1916-03-04,Flood,The river rose.\n2,1916-03-05,Ferry,It sank.\n"
		times = "id,date,title,body\n1,1920-01-01,New year,Bells rang.\n2,,No date,None.\n"
	)
	steps := []struct{ table, content, want string }{
		{"mail.csv", mail, "{New:2 Changed:0 Same:0"},
		{"times.csv", times, "{New:2 Changed:0 Same:0"},
		{"mail.csv", mail, "{New:0 Changed:0 Same:2"},
		{"times.csv", times, "{New:0 Changed:0 Same:2"},
		{"mail.csv", strings.ReplaceAll(mail, "Flood", "Great flood"), "{New:0 Changed:1 Same:1"},
		{"times.csv", strings.ReplaceAll(times, "No date", "Another headline"), "{New:0 Changed:1 Same:1"},
		{"mail-2.csv", strings.ReplaceAll(mail, "sank", "sank fast") + "3,1916-03-06,Fog,Thick.\n", "{New:1 Changed:2 Same:0"},
		{"mail-2.csv", strings.ReplaceAll(mail, "sank", "sank fast") + "3,1916-03-06,Fog,Thick.\n", "{New:0 Changed:0 Same:3"},
	}
	t.Chdir(t.TempDir())
	for i, step := range steps {
		writeFile(t, step.table, step.content)
		if report, count := importInto(t, Target{Into: "out", Journal: "journal.tsv"}, Options{}, step.table); !strings.Contains(printed(count), step.want) {
			t.Errorf("step %d, %s: %s, want %s\n%s", i+1, step.table, printed(count), step.want, report)
		}
	}

	t.Chdir(t.TempDir())
	for _, want := range []string{"{New:4 Changed:0 Same:0", "{New:0 Changed:0 Same:4"} {
		writeFile(t, "in/mail.csv", mail)
		writeFile(t, "in/times.csv", times)
		if report := importAll(t, "", nil); !strings.Contains(report, want) || strings.Contains(report, "same id") {
			t.Errorf("together: want %s\n%s", want, report)
		}
	}
}

// TestColumnMap holds what a map of columns means.
func TestColumnMap(t *testing.T) {
	for _, test := range []struct{ name, columns, source, want string }{
		{"a.csv", "title=Kop", "Title,Kop,Body\nOne,Two,x\n", `title = "Two"`},
		{"a.csv", "title=Kop", "Title,Body\nOne,x\n", `title = "One"`},
		{"a.csv", "title=", "Title,Body\nOne,x\n", ``},
		{"a.csv", "title=Kop deck=Kop", "Kop,Body\nOne,x\n", "title = \"One\"\ndeck = \"One\""},
		{"a.jsonl", "title=headline.main deck=headline.sub", `{"headline": {"main": "One", "sub": "Two"}, "body": "x"}`, "title = \"One\"\ndeck = \"Two\""},
		{"a.jsonl", "title=a.b.c", `{"a": {"b": {"c": "One"}}, "body": "x"}`, `title = "One"`},
		{"a.jsonl", "title=a.b", `{"a.b": "One", "body": "x"}`, `title = "One"`},
		{"a.jsonl", "title=a.b", `{"a": "One", "title": "Two", "body": "x"}`, `title = "Two"`},
	} {
		t.Chdir(t.TempDir())
		writeFile(t, "in/"+test.name, test.source)
		comment := ""
		for _, column := range strings.Fields(test.columns) {
			comment += "map: " + column + "\n"
		}
		importAll(t, comment, nil)
		sidecar := ""
		for name, content := range readTree(t, "out") {
			if strings.HasSuffix(name, ".toml") {
				sidecar = content
			}
		}
		if strings.TrimSpace(sidecar) != test.want {
			t.Errorf("%s of %q: %q, want %q", test.columns, test.source, sidecar, test.want)
		}
	}
}

// TestJSONOfOtherSystems holds what becomes of the shapes that content systems answer in.
func TestJSONOfOtherSystems(t *testing.T) {
	for source, want := range map[string]string{
		`{"id": 5, "date": "2002-04-05T10:00:00", "title": {"rendered": "It&#8217;s on"}, "content": {"rendered": "<p>All of <b>it</b>.</p>"}, "status": "publish"}`: "+++\ntitle = \"It’s on\"\ndate = \"2002-04-05T10:00:00\"\n+++\n\nAll of **it**.\n",
		`{"headline": {"main": "On"}, "byline": {"original": "By A B"}, "pub_date": "1999-01-02", "markdown": "x"}`:                                                  "+++\ntitle = \"On\"\ndate = \"1999-01-02\"\nbyline = \"By A B\"\n+++\n\nx\n",
		`{"title": "Off", "markdown": "x", "status": "private"}`:                                                                                                     "+++\ntitle = \"Off\"\ndraft = true\n+++\n\nx\n",
	} {
		t.Chdir(t.TempDir())
		writeFile(t, "in/a.jsonl", source)
		report := importAll(t, "", nil)
		for name, got := range readTree(t, "out") {
			if got != want || !strings.HasPrefix(report, "{New:1 ") {
				t.Errorf("%s is %s, %q, want %q\n%s", source, name, got, want, report)
			}
		}
	}
}

// TestDamagedTables holds that damage costs the record it hits and is reported.
func TestDamagedTables(t *testing.T) {
	for _, test := range []struct{ name, source, want, said string }{
		{"a.jsonl", `{"title": "A", "body": "x"}` + "\n" + `{"title": "B"} {"title": "C"}` + "\n" + `{"title": "D"}`, "{New:2 ", "a.jsonl:2: the line goes on after its object"},
		{"a.jsonl", `{"title": "A", "body": "x"}` + "\n[1]\nnull\n" + `{"title": "D"}`, "{New:2 ", "a.jsonl:2: the line is JSON, but no object"},
		{"a.csv", "\xef\xbb\xbftitle,body\nA,x\nB,\"never closed\nC,y\n", "{New:3 ", `a.csv:3: "B": a quotation mark in it is not doubled`},
		{"a.csv", "title;body\nA;\"two\nlines\"\nB;y;z\n", "{New:1 ", "a.csv:4: the row has 3 cells, its table has 2"},
	} {
		t.Chdir(t.TempDir())
		writeFile(t, "in/"+test.name, test.source)
		if report := importAll(t, "", nil); !strings.Contains(report, test.want) || !strings.Contains(report, test.said) {
			t.Errorf("%q: want %s and %q\n%s", test.source, test.want, test.said, report)
		}
	}
}

// TestAnotherMap holds that rows without ids that are imported by one map and then by another leave what an import by the
// second alone leaves, but for a file that somebody has edited.
func TestAnotherMap(t *testing.T) {
	const table = "No,Kop,Tekst,Dag\n1,Flood,The river rose.,1916-03-04\n2,Dry,No water.,1917-05-06\n2,Dry,No water.,1918-05-06\n"
	right := "map: title=Kop\nmap: body=Tekst\nmap: date=Dag"
	t.Chdir(t.TempDir())
	writeFile(t, "in/a.csv", table)
	importAll(t, right, nil)
	want := readTree(t, "out")

	for _, wrong := range []string{"map: title=Tekst\nmap: body=Kop\nmap: date=Dag", "map: title=Kop\nmap: markdown=Tekst\nmap: date=Dag", "map: title=Kop\nmap: body=Dag"} {
		t.Chdir(t.TempDir())
		writeFile(t, "in/a.csv", table)
		importAll(t, wrong, nil)
		if report := importAll(t, right, nil); !strings.Contains(report, "{New:0 Changed:3 ") {
			t.Errorf("%s: the second import reports\n%s", wrong, report)
		}
		if d := cmp.Diff(want, readTree(t, "out")); d != "" {
			t.Errorf("%s, then the right map, leaves\n%s", wrong, d)
		}
		if report := importAll(t, right, nil); !strings.Contains(report, "{New:0 Changed:0 Same:3 ") {
			t.Errorf("%s: the third import reports\n%s", wrong, report)
		}
		importAll(t, wrong, nil)
		importAll(t, right, nil)
		if d := cmp.Diff(want, readTree(t, "out")); d != "" {
			t.Errorf("%s, back and forth, leaves\n%s", wrong, d)
		}
	}

	t.Chdir(t.TempDir())
	writeFile(t, "in/a.csv", table)
	importAll(t, "map: title=Tekst\nmap: body=Kop\nmap: date=Dag", nil)
	writeFile(t, "out/1916/03/1916-03-04-the-river-rose.txt", "edited\n")
	report := importAll(t, right, nil)
	if got := readTree(t, "out"); got["out/1916/03/1916-03-04-the-river-rose.txt"] != "edited\n" || !strings.Contains(report, "has been edited; it stays") {
		t.Errorf("an edited file is gone: %v\n%s", got, report)
	}
}

// TestDateOrder holds that a table's own dates settle which number is the month, unless the settings do or they disagree.
func TestDateOrder(t *testing.T) {
	const sure, other = "A,13/05/1992,x\nB,14/05/1992,x\nC,15/05/1992,x\n", "A,05/13/1992,x\nB,05/14/1992,x\nC,05/15/1992,x\n"
	for _, test := range []struct{ rows, order, want string }{
		{sure, "", "1992-05-12"}, {other, "", "1992-12-05"}, {sure + other, "", "1992"}, {"", "", "1992"}, {"", "dmy", "1992-05-12"}, {"", "mdy", "1992-12-05"}, {sure, "mdy", "1992-12-05"},
	} {
		t.Chdir(t.TempDir())
		writeFile(t, "in/a.csv", "title,date,body\nZ,12/05/1992,y\n"+test.rows)
		importInto(t, Target{Into: "out", Journal: "journal.tsv"}, Options{DateOrder: test.order}, "in")
		found := false
		for name, got := range readTree(t, "out") {
			if strings.HasSuffix(name, "z.toml") {
				found = strings.Contains(got, "date = \""+test.want+"\"")
			}
		}
		if !found {
			t.Errorf("%q, %q: want %s in %v", test.rows, test.order, test.want, readTree(t, "out"))
		}
	}
}
