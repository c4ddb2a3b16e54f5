package intake

import (
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
		{"a.jsonl", `{"title": "A"}` + "\n" + `{"title": "B"} {"title": "C"}` + "\n" + `{"title": "D"}`, "{New:2 ", "a.jsonl:2: the line goes on after its object"},
		{"a.jsonl", `{"title": "A"}` + "\n[1]\nnull\n" + `{"title": "D"}`, "{New:2 ", "a.jsonl:2: the line is JSON, but no object"},
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
