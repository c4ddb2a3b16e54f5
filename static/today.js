// On this day: the front page, which was made on another day, shows what the archive has of today's, or of
// the nearest day of the month. The articles stand in a script for each month, dates/on/MM.js, which calls onThisDay.
(function () {
	'use strict';

	var place = document.getElementById('today'), now = new Date(), month = ('0' + (now.getMonth() + 1)).slice(-2);
	document.currentScript.dataset.again = ''; // a preview may run it again on a new text
	if (!place) return;

	function link(text, href) {
		var a = document.createElement('a');
		a.textContent = text;
		a.href = href;
		return a;
	}

	// nearest is the day of the month that has articles and is the least days away.
	function nearest(days) {
		return Object.keys(days).sort(function (a, b) { return Math.abs(a - now.getDate()) - Math.abs(b - now.getDate()); })[0];
	}

	window.onThisDay = function (days) {
		var day = nearest(days), today = days[day];
		if (!today) return;
		var heading = place.querySelector('a'), list = document.createElement('ul');
		heading.textContent = (+day === now.getDate() ? heading.textContent : place.dataset.around) + ', ' + today[0];
		heading.href = today[1];
		today.slice(2).forEach(function (article) {
			var line = document.createElement('li'), year = document.createElement('span');
			year.className = 'n';
			year.textContent = article[0];
			line.append(year, ' ', link(article[1], article[2]));
			list.append(line);
		});
		place.append(list);
	};

	var script = document.createElement('script');
	script.src = 'dates/on/' + month + '.js';
	script.dataset.again = '';
	document.head.append(script);
})();
