package render

// Items is what _items.html lists.
type Items struct {
	Root  string
	Items []Item
}

// Links is what _links.html lists.
type Links struct {
	Root  string
	Links []Link
}

// Bars is what _bars.html draws.
type Bars struct {
	Root string
	Bars []Bar
}

// FigureAt is what _figure.html shows.
type FigureAt struct {
	Root string
	Figure
}

// Steps is what _steps.html leads to: what stands before and after the page, either or both nil.
type Steps struct {
	Root     string
	Label    string // what the links are, for readers who hear the page
	Previous *Link
	Next     *Link
}
