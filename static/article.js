// What an article's page gains from a script, which reads nothing but the page: citations to take away, made of the same
// data that search engines and citation tools read, and a link to each paragraph.
(function () {
	'use strict';

	var me = document.currentScript, here = me.dataset.here;

	function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }

	// meta is what every <meta> of a name says.
	function meta(name) {
		return all('meta').filter(function (m) { return m.name === name; }).map(function (m) { return m.content; });
	}

	function work() {
		var canonical = document.querySelector('link[rel=canonical]'), sum = /\(\S+ ([0-9a-f]{16})\)/.exec(document.querySelector('.cite').textContent);
		return {
			title: meta('DC.title')[0], authors: meta('DC.creator'), date: meta('DC.date')[0] || '', language: meta('DC.language')[0] || document.documentElement.lang,
			paper: meta('prism.publicationName')[0], page: meta('prism.startingPage')[0],
			url: canonical ? canonical.href : location.href.split('#')[0],
			note: sum ? 'Text SHA-256 ' + sum[1] : '',
			name: location.pathname.split('/').pop().replace(/\.html$/, '')
		};
	}

	// parts is a date as far as it is known: ["2002", "04", "05"].
	function parts(date) {
		var found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date);
		return found ? found.slice(1).filter(Boolean) : [];
	}

	// name is a personal name in its two parts, the last word being the family name.
	function name(author) {
		var words = author.split(' '), family = words.pop();
		return {family: family, given: words.join(' ')};
	}

	function bibtex(w) {
		var date = parts(w.date), fields = [];
		function field(key, value) {
			if (value) fields.push('  ' + key + ' = {' + value.replace(/\\/g, '\\textbackslash ').replace(/[{}%&#$_]/g, '\\$&') + '}');
		}
		field('title', w.title);
		field('author', w.authors.join(' and '));
		field('journal', w.paper);
		field('year', date[0]);
		field('month', date[1]);
		field('day', date[2]);
		field('pages', w.page);
		field('langid', w.language);
		fields.push('  url = {' + w.url + '}');
		field('note', [date.length ? '' : w.date, w.note].filter(Boolean).join('; '));
		return '@article{' + (w.name.replace(/[^A-Za-z0-9-]/g, '') || 'article') + ',\n' + fields.join(',\n') + '\n}\n';
	}

	function ris(w) {
		var date = parts(w.date), lines = [];
		function line(tag, value) { if (value) lines.push(tag + '  - ' + value); }
		line('TY', 'NEWS');
		line('TI', w.title);
		w.authors.forEach(function (a) { var n = name(a); line('AU', n.given ? n.family + ', ' + n.given : n.family); });
		line('T2', w.paper);
		line('PY', date[0]);
		line('DA', date.length ? date.concat(['', '']).slice(0, 3).join('/') + '/' : '');
		line('SP', w.page);
		line('LA', w.language);
		line('UR', w.url);
		line('N1', [date.length ? '' : w.date, w.note].filter(Boolean).join('; '));
		return lines.join('\r\n') + '\r\nER  - \r\n';
	}

	function csl(w) {
		var date = parts(w.date), item = {id: w.name, type: 'article-newspaper', title: w.title, URL: w.url};
		if (w.authors.length) item.author = w.authors.map(function (a) { var n = name(a); return n.given ? n : {literal: a}; });
		if (w.paper) item['container-title'] = w.paper;
		if (date.length) item.issued = {'date-parts': [date.map(Number)]};
		else if (w.date) item.issued = {literal: w.date};
		if (w.page) item.page = w.page;
		if (w.language) item.language = w.language;
		if (w.note) item.note = w.note;
		return JSON.stringify([item], null, 1) + '\n';
	}

	function cite() {
		var place = document.querySelector('.cite');
		if (!place) return;
		var w = work(), list = document.createElement('p');
		list.className = 'formats';
		[['BibTeX', 'bib', 'application/x-bibtex', bibtex], ['RIS', 'ris', 'application/x-research-info-systems', ris],
			['CSL-JSON', 'json', 'application/vnd.citationstyles.csl+json', csl]].forEach(function (f) {
			var a = document.createElement('a');
			a.textContent = f[0];
			a.download = w.name + '.' + f[1];
			a.href = 'data:' + f[2] + ';charset=utf-8,' + encodeURIComponent(f[3](w));
			list.append(a, ' ');
		});
		place.append(list);
	}

	function mark() {
		all('.text > p[id]').forEach(function (p) {
			var a = document.createElement('a');
			a.className = 'here';
			a.href = '#' + p.id;
			a.textContent = '\u00b6';
			a.setAttribute('aria-label', here);
			p.append(' ', a);
		});
	}

	cite();
	mark();
	me.dataset.again = ''; // a preview may run it again on a new text
})();
