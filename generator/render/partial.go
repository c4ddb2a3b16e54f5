package render

// Items is what _items.html lists.
type Items struct {
	Root  string
	Items []Item
}

// ItemAt is what _item.html shows: one article of a list.
type ItemAt struct {
	Root string
	Item
}

// Assets is what _assets.html leads to: what the head of every page does.
type Assets struct {
	Site *Site
	Root string
}

// Masthead is what _masthead.html shows.
type Masthead struct {
	Site *Site
	Root string
	Path string // of the page, where the menu leads to it; else "."
}

// Foot is what _foot.html shows.
type Foot struct {
	Site *Site
	Root string
	Feed string // the page's own, from the page; "" where it has none
}

// Links is what _links.html lists.
type Links struct {
	Root  string
	Links []Link
}

// FigureAt is what _figure.html shows.
type FigureAt struct {
	Root string
	Figure
}

// MonthAt is what _month.html shows.
type MonthAt struct {
	Root string
	Month
}

// Steps is what _steps.html leads to: what stands before and after the page, either or both nil.
type Steps struct {
	Root     string
	Label    string // what the links are, for readers who hear the page
	Previous *Link
	Next     *Link
}
