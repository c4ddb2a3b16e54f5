package ingest

import (
	"strings"

	"broadsheet/generator/news"
)

// day is a date when there is such a day, or such a month where d is 0, in a year that papers may have.
func day(year, month, d int) (news.Date, bool) {
	if year < 1450 || year > 2199 || month < 1 || month > 12 || d < 0 || d > news.DaysIn(year, month) {
		return news.Date{}, false
	}
	return news.Date{Year: year, Month: month, Day: d}, true
}

var weekdays = words(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
	montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche
	lunes martes miércoles jueves viernes sábado domingo`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[w] = true
	}
	return set
}

// months are the names of months, in lower case, in the languages papers of the archive may be in.
var months = numbered(
	"january jan enero janvier januar gennaio janeiro januari января stycznia", "february feb febrero février februar febbraio fevereiro februari февраля lutego",
	"march mar marzo mars märz março maart marts марта marca", "april apr abril avril aprile апреля kwietnia", "may mayo mai maggio maio mei maj мая maja",
	"june jun junio juin juni giugno junho июня czerwca", "july jul julio juillet juli luglio julho июля lipca", "august aug agosto août augustus augusti августа sierpnia",
	"september sept sep septiembre septembre settembre setembro сентября września", "october oct octubre octobre oktober ottobre outubro октября października",
	"november nov noviembre novembre novembro ноября listopada", "december dec diciembre décembre dezember dicembre dezembro декабря grudnia",
)

func numbered(lists ...string) map[string]int {
	numbers := map[string]int{}
	for i, list := range lists {
		for name := range strings.FieldsSeq(list) {
			numbers[name] = i + 1
		}
	}
	return numbers
}
