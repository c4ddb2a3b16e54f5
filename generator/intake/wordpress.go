package intake

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"

	"broadsheet/generator/news"
)

// item is one <item> of an export. The names stand without their prefixes, which each export declares anew.
type item struct {
	Title      string `xml:"title"`
	Link       string `xml:"link"`
	PubDate    string `xml:"pubDate"`
	Creator    string `xml:"creator"`
	GUID       string `xml:"guid"`
	Encoded    []part `xml:"encoded"`
	ID         string `xml:"post_id"`
	Date       string `xml:"post_date"`
	DateGMT    string `xml:"post_date_gmt"`
	Modified   string `xml:"post_modified"`
	Slug       string `xml:"post_name"`
	Status     string `xml:"status"`
	Type       string `xml:"post_type"`
	Password   string `xml:"post_password"`
	Attachment string `xml:"attachment_url"`
	Categories []struct {
		Domain string `xml:"domain,attr"`
		Name   string `xml:",chardata"`
	} `xml:"category"`
	Meta []struct {
		Key   string `xml:"meta_key"`
		Value string `xml:"meta_value"`
	} `xml:"postmeta"`
	Comments []struct{} `xml:"comment"`
}

// part is <content:encoded> or <excerpt:encoded>.
type part struct {
	XMLName xml.Name
	Text    string `xml:",chardata"`
}

// site is what an export says beside its items.
type site struct {
	language string
	authors  map[string]string // from login to the name that is shown
	pictures *attachments
	charset  string
}

// readWordPress reads a WXR twice: authors and pictures may stand after the posts that name them.
func readWordPress(s Source, o Options, yield func(Record) bool) error {
	pictures, err := newAttachments(o.Scratch)
	if err != nil {
		return err
	}
	defer pictures.close()
	about := site{authors: map[string]string{}, pictures: pictures}
	if err := about.survey(s, o); err != nil {
		return err
	}
	var x stream
	if err := x.open(s, o.Read); err != nil {
		return err
	}
	defer x.close()
	for {
		e, err := x.element("item")
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		r := Record{Line: e.line, Offset: e.offset, Form: HTML}
		if err := about.read(&r, e); err != nil {
			return err
		}
		if !yield(r) {
			return nil
		}
	}
}

// survey reads what is needed before the first item.
func (about *site) survey(s Source, o Options) error {
	var x stream
	if err := x.open(s, o.Survey); err != nil {
		return err
	}
	defer x.close()
	head, _ := x.Peek(peeked)
	if m := declared.FindSubmatch(head); m != nil {
		about.charset = string(m[1])
	}
	for {
		e, err := x.element("item", "wp:author", "language")
		if err == nil {
			err = about.note(e)
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
}

var declared = regexp.MustCompile(`<\?xml[^>]*encoding=["']([\w-]+)["']`)

// note keeps what an element says; the error is the machine's.
func (about *site) note(e element) error {
	switch e.name {
	case "language":
		if about.language == "" {
			about.decode(e, &about.language, &Record{})
		}
	case "wp:author":
		var author struct {
			Login string `xml:"author_login"`
			Name  string `xml:"author_display_name"`
		}
		if about.decode(e, &author, &Record{}) == nil {
			about.authors[author.Login] = strings.TrimSpace(author.Name)
		}
	case "item":
		var picture struct {
			ID  string `xml:"post_id"`
			URL string `xml:"attachment_url"`
		}
		if bytes.Contains(e.xml, []byte("attachment_url>")) && about.decode(e, &picture, &Record{}) == nil && picture.URL != "" {
			return about.pictures.add(strings.TrimSpace(picture.ID), strings.Join(strings.Fields(picture.URL), "%20"))
		}
	}
	return nil
}

// decode reads one element, and forgives what browsers forgive: entities of HTML, tags that stay open. The record gets
// the warnings.
func (about *site) decode(e element, into any, r *Record) error {
	src := e.xml
	if about.charset != "" && !strings.EqualFold(about.charset, "utf-8") {
		if r, err := charset.NewReaderLabel(about.charset, bytes.NewReader(src)); err == nil {
			src, _ = io.ReadAll(r)
		}
	}
	removed := 0
	text := withoutControls(r.toUTF8(src), &removed)
	if removed > 0 {
		r.warn(plural(removed, "control character") + " left out")
	}
	d := xml.NewDecoder(strings.NewReader(strings.Map(xmlCharacter, text)))
	d.Strict, d.Entity, d.AutoClose = false, xml.HTMLEntity, nil
	return d.Decode(into)
}

// xmlCharacter leaves out the two characters that XML does not allow and that are no control characters.
func xmlCharacter(c rune) rune {
	if c == 0xFFFE || c == 0xFFFF {
		return -1
	}
	return c
}

// read fills a record from an item; the error is the machine's.
func (about *site) read(r *Record, e element) error {
	if len(e.xml) > mostBytes {
		r.Broken = tooLong
		return nil
	}
	var i item
	if err := about.decode(e, &i, r); err != nil || e.cut {
		r.Broken = "the item is not whole"
		if err != nil {
			r.Broken = "the item cannot be read: " + err.Error()
		}
		return nil
	}
	if r.Passed = notArticle(i); r.Passed != "" {
		return nil
	}
	r.Key = strings.TrimSpace(i.GUID)
	if r.Key == "" {
		r.Key = strings.TrimSpace(i.Link + " " + i.ID)
	}
	about.fill(r, i)
	if err := about.fillBody(r, i); err != nil {
		return err
	}
	return about.setPicture(r, i)
}

// notArticle is what an item is that is no article.
func notArticle(i item) string {
	switch kind := strings.TrimSpace(i.Type); kind {
	case "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request":
		return kind
	default:
		if strings.HasPrefix(kind, "wp_") {
			return kind
		}
	}
	return ""
}

func (about *site) fill(r *Record, i item) {
	r.Title = plain(i.Title)
	r.Language = about.language
	r.Slug = unescape(strings.TrimSpace(i.Slug))
	if r.Key != "" {
		r.Identifiers = []string{r.Key}
	}
	if login := strings.TrimSpace(i.Creator); login != "" {
		name := about.authors[login]
		if name == "" {
			name = login
		}
		r.Byline.Authors = []string{name}
	}
	r.setDate(firstDate(i.Date, i.DateGMT, i.PubDate))
	if d, certain := parseDate(i.Modified, ""); certain && d != r.Date {
		r.Modified = d
	}
	setStatus(r, i)
	setType(r, i)
	setLink(r, i.Link)
	setSubjects(r, i)
	r.Comments = len(i.Comments)
	if strings.TrimSpace(i.Type) == "page" {
		r.Folder = "pages"
	}
}

// firstDate is the first of several that is a date; where none is, the first that says anything.
func firstDate(dates ...string) string {
	for _, d := range dates {
		if parsed, _ := parseDate(d, ""); !parsed.IsZero() {
			return d
		}
	}
	for _, d := range dates {
		if strings.TrimSpace(d) != "" {
			return d
		}
	}
	return ""
}

// setStatus lets go live only what was public.
func setStatus(r *Record, i item) {
	switch status := strings.TrimSpace(i.Status); {
	case strings.TrimSpace(i.Password) != "" || status == "private":
		r.Rights = news.Private
	case status == "publish" || status == "inherit":
	default:
		r.Draft = true
		if status == "" {
			r.warn("nothing says whether it was public; it is a draft")
		}
	}
}

// setType keeps what a plugin stored among the posts, such as forms and layouts, from going live: WordPress gives a type
// whose items never were pages an address that names the type.
func setType(r *Record, i item) {
	kind := strings.TrimSpace(i.Type)
	if u, err := url.Parse(strings.TrimSpace(i.Link)); err == nil && u.Query().Has("post_type") && kind != "post" && kind != "page" {
		r.Draft = true
		r.warn("of the type " + kind + ", which had no pages; it is a draft")
	}
}

// setLink keeps the path of the address, so that old links find the article.
func setLink(r *Record, link string) {
	link = strings.TrimSpace(link)
	u, err := url.Parse(link)
	if err != nil || link == "" {
		return
	}
	r.Base = link
	switch {
	case u.RawQuery != "" || strings.Trim(u.Path, "/") == "": // ?p=123: no page of a static site
		r.Source = link
	case strings.ContainsAny(u.Path, `\:?#`):
		r.Source = link
		r.warn("the address " + link + " cannot be kept")
	default:
		r.URL = u.EscapedPath()
	}
}

func setSubjects(r *Record, i item) {
	for _, c := range i.Categories {
		name := plain(c.Name)
		switch {
		case name == "" || c.Domain != "category" && c.Domain != "post_tag" && c.Domain != "":
		case c.Domain == "category" && strings.EqualFold(name, "uncategorized"):
		case c.Domain == "category" && r.Section == "":
			r.Section = name
		case !slices.Contains(r.Tags, name) && name != r.Section:
			r.Tags = append(r.Tags, name)
		}
	}
}

// setPicture takes the picture that stands at the head of a post.
func (about *site) setPicture(r *Record, i item) error {
	for _, m := range i.Meta {
		if strings.TrimSpace(m.Key) != "_thumbnail_id" {
			continue
		}
		number := strings.TrimSpace(m.Value)
		address, err := about.pictures.find(number)
		switch {
		case err != nil:
			return err
		case address == "":
			r.warn("the picture at its head, number " + number + ", is not in the export")
		default:
			r.Images = []news.Image{{File: address}}
		}
	}
	return nil
}

func (about *site) fillBody(r *Record, i item) error {
	for _, p := range i.Encoded {
		if strings.Contains(p.XMLName.Space, "excerpt") {
			r.Description = plain(p.Text)
		} else {
			r.Body = p.Text
		}
	}
	body, err := about.withGalleries(withCaptions(newlines(r.Body)))
	if err != nil {
		return err
	}
	r.Body = body
	for _, code := range shortcode.FindAllStringSubmatch(r.Body, -1) {
		r.warn("the shortcode [" + code[1] + "] stays in the text as it is")
	}
	r.Body = paragraphs(r.Body)
	return nil
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}
