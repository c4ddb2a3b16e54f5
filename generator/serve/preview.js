// The preview's own script: it keeps the page as the last build left it, and shows what is wrong and where the page
// comes from. Published pages never carry it.
(function () {
  "use strict";

  var element = document.currentScript;
  var root = new URL("../", element.src);
  var page = element.dataset.page;
  var stamp = element.dataset.stamp; // of the page as it is shown
  var stream = null;
  var edition = -1;                  // of the last report seen, -1 before the first
  var renewing = Promise.resolve();  // the page is renewed by one after the other

  function open() {
    if (stream) return;
    stream = new EventSource(own("events", { page: page }));
    stream.addEventListener("report", function (event) { take(JSON.parse(event.data)); });
  }

  // A browser allows six connections to one server. Hidden pages give theirs back, so that many tabs can be open.
  function close() {
    if (stream) stream.close();
    stream = null;
  }

  function own(name, query) { return new URL("_preview/" + name + "?" + new URLSearchParams(query), root); }

  function take(report) {
    var last = edition, next = last + 1 === report.edition; // others may have been missed
    edition = report.edition;
    if (last !== edition && last !== -1 && report.assets.some(used)) return location.reload();
    if (report.stamp !== stamp && !next) return location.reload(); // in place: the browser keeps the scroll position
    show(report);
    if (last === -1 || last === edition) return; // what it tells of is already on the page
    if (!next || report.assets.some(isStyle)) exchangeStyles();
    renewing = renewing.then(function () { if (report.stamp !== stamp) return renew(); }).catch(function () { location.reload(); });
  }

  // renew puts the new text of the page in the place of the old one, between two frames. A page that this could leave
  // otherwise than a reader would find it is loaded again.
  function renew() {
    return fetch(location.href, { cache: "no-store" }).then(function (answer) { return answer.text(); }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html");
      if (!renewable(fresh)) return location.reload();
      stamp = ownScript(fresh).dataset.stamp;
      return exchange(fresh).then(function () { setTimeout(tellSource); }); // once the page is shown
    }, function () {}); // the server is gone; when it is back, its first report tells
  }

  // renewable tells whether a page differs in nothing but text from the one that is shown: it has no other style sheets or
  // scripts, and every script has said of itself, by data-again on its element, that it may run again.
  function renewable(fresh) {
    var known = scripts(document).map(function (s) { return s.src; });
    return ownScript(fresh) && !fresh.querySelector("meta[http-equiv]") && sheets(fresh) === sheets(document) &&
      scripts(document).every(function (s) { return "again" in s.dataset; }) &&
      scripts(fresh).every(function (s) { return s.src && known.includes(s.src); });
  }

  function ownScript(doc) { return doc.querySelector("script[data-stamp]"); }

  // scripts are those of a page that run. Others hold data.
  function scripts(doc) { return Array.from(doc.scripts).filter(function (s) { return runs(s) && s !== ownScript(doc); }); }

  function runs(e) { return e.localName === "script" && (!e.type || /module|javascript|importmap/i.test(e.type)); }

  function sheets(doc) {
    var paths = Array.from(doc.querySelectorAll("link[rel~=stylesheet]"), function (e) { return new URL(e.href).pathname; });
    return Array.from(new Set(paths)).join();
  }

  // exchange keeps what the reader has done to the page: where it is scrolled to, what has the focus, what is unfolded. It is
  // done when the scripts have run.
  function exchange(fresh) {
    var anew = scripts(fresh), unfolded = Array.from(document.querySelectorAll("details"), function (e) { return e.open; });
    var x = scrollX, y = scrollY, focus = place(document.activeElement || document.body);
    exchangeHead(fresh);
    Array.from(fresh.documentElement.attributes).forEach(function (a) { document.documentElement.setAttribute(a.name, a.value); });
    document.body.replaceWith(fresh.body);
    document.querySelectorAll("details").forEach(function (e, i) { if (i < unfolded.length) e.open = unfolded[i]; });
    return Promise.all(anew.map(run)).then(function () {
      scrollTo({ left: x, top: y, behavior: "instant" }); // the page may have been shorter without what the scripts add
      focus();
    });
  }

  // exchangeHead leaves style sheets as they are, and of the rest what is in both.
  function exchangeHead(fresh) {
    function rest(doc) {
      return Array.from(doc.head.children).filter(function (e) { return !runs(e) && !e.matches("link[rel~=stylesheet]"); });
    }
    function lacks(list, e) { return !list.some(function (other) { return other.isEqualNode(e); }); }
    var now = rest(document), then = rest(fresh);
    scripts(document).forEach(function (s) { s.remove(); });
    now.forEach(function (e) { if (lacks(then, e)) e.remove(); });
    then.forEach(function (e) { if (lacks(now, e)) document.head.append(e); });
  }

  // run makes a script of one that was parsed apart from a page, which never runs.
  function run(parsed) {
    var script = document.createElement("script");
    Array.from(parsed.attributes).forEach(function (a) { script.setAttribute(a.name, a.value); });
    script.async = false; // in the order of the page
    return new Promise(function (done) {
      script.onload = script.onerror = done;
      if (parsed.ownerDocument === document) parsed.replaceWith(script); // it came with the body
      else document.head.append(script);
    });
  }

  // place is a way back to an element: the third link stands where the third one stood.
  function place(element) {
    var name = element.localName, number = Array.from(document.body.querySelectorAll(name)).indexOf(element);
    return function () {
      var there = document.body.querySelectorAll(name)[number];
      if (there) there.focus({ preventScroll: true });
    };
  }

  function isStyle(path) { return /\.css$/i.test(path); }

  // used tells whether the page was loaded with a script or picture that has changed.
  function used(path) {
    if (isStyle(path)) return false;
    return Array.prototype.some.call(document.querySelectorAll("[src]"), function (e) {
      return below(e.currentSrc || e.src) === path;
    });
  }

  // below is an address as a path below the site's root, or "" when it is elsewhere.
  function below(address) {
    var url = new URL(address, location.href);
    if (url.origin !== root.origin || url.pathname.indexOf(root.pathname) !== 0) return "";
    try {
      return decodeURIComponent(url.pathname.slice(root.pathname.length));
    } catch (malformed) {
      return "";
    }
  }

  // The old sheet stays until the new one is there, or the page would show unstyled for a moment.
  function exchangeStyles() {
    document.querySelectorAll("link[rel~=stylesheet]").forEach(function (old) {
      if (!below(old.href)) return;
      var url = new URL(old.href);
      url.searchParams.set("edition", edition);
      var fresh = old.cloneNode();
      fresh.href = url.href;
      fresh.onload = fresh.onerror = function () { old.remove(); };
      old.after(fresh);
    });
  }

  // What is shown stands in a shadow tree, so that the site's styles and scripts do not meet it.

  var host = null, ground = null, faults = null, strip = null, panel = null;
  var built = null, told = null; // when the site was built; how many messages there are
  var file = null;               // button with the page's source
  var found = null, review = null; // buttons that unfold the panel

  function lay() {
    if (ground) return;
    host = document.createElement("broadsheet-preview");
    var shadow = host.attachShadow({ mode: "open" });
    var sheet = make("link");
    sheet.rel = "stylesheet";
    sheet.href = own("preview.css", {}).href;
    ground = make("div", "root");
    ground.hidden = true;
    sheet.onload = sheet.onerror = function () { ground.hidden = false; };
    panel = make("div", "panel");
    panel.hidden = true;
    strip = make("div", "strip");
    file = make("button", "file");
    file.hidden = true;
    found = unfolder("found", "what was found", tellSource);
    review = unfolder("review", "names to review", askQuestions);
    review.hidden = window !== window.top; // nobody is to click here without seeing it
    built = make("span", "quiet built");
    told = make("button", "told");
    told.onclick = function () { if (faults) faults.open = !faults.open; };
    strip.append(make("span", "quiet", "Preview"), file, found, review, told, built);
    ground.append(panel, strip);
    shadow.append(sheet, ground);
    document.documentElement.append(host);
    new ResizeObserver(leaveRoom).observe(strip);
    tellSource();
  }

  // leaveRoom lets the end of the page be scrolled out from under the strip.
  function leaveRoom() { document.documentElement.style.paddingBottom = strip.offsetHeight + "px"; }

  function show(report) {
    lay();
    host.dataset.edition = report.edition;
    built.textContent = report.built ? "built " + new Date(report.built).toLocaleTimeString() + " in " + report.took + " ms" : "";
    told.textContent = report.count === 1 ? "1 message" : report.count + " messages";
    told.hidden = report.count === 0;
    var unfolded = faults !== null && faults.open;
    if (faults) faults.remove();
    faults = null;
    if (report.count === 0) return;
    faults = list(report, unfolded);
    ground.prepend(faults);
  }

  var came = 0;           // when a fault last came that was not there before
  var justNow = 3 * 1000; // milliseconds

  // list is the faults: unfolded when one of them stopped the build, or has just come; else one line in the strip. An editor
  // may save a file in two steps, so a second report comes right behind the first: it does not fold what was unfolded.
  function list(report, unfolded) {
    var stopped = report.faults.some(function (f) { return f.error; });
    var fresh = report.faults.some(function (f) { return f.fresh; });
    if (fresh) came = Date.now();
    var box = make("details", "faults " + (stopped ? "error" : "warning"));
    box.open = stopped || fresh || unfolded && Date.now() - came < justNow;
    box.hidden = !box.open;
    box.ontoggle = function () { box.hidden = !box.open; };
    var title = report.count === 1 ? "1 message" : report.count + " messages";
    box.append(make("summary", null, stopped ? "The build stopped: " + title + ". Below is the page as it was" : title));
    report.faults.forEach(function (f) { box.append(entry(f)); });
    if (report.count > report.faults.length) {
      box.append(make("p", null, "and " + (report.count - report.faults.length) + " more"));
    }
    return box;
  }

  function entry(fault) {
    var block = make("article", fault.error ? "error" : "warning");
    block.append(opener("position", fault.position, fault.file, fault.line, fault.col), make("p", "message", fault.message));
    if (fault.lines) {
      var pre = make("pre");
      fault.lines.forEach(function (line) {
        var at = make("span", line.number === fault.line ? "at" : null);
        at.append(make("i", null, String(line.number || "").padStart(5) + "  "), line.text);
        pre.append(at);
        if (line.number === fault.line && fault.col) {
          var before = line.text.slice(0, fault.col - 1).replace(/[^\t]/g, " "); // keeps tabs as wide as they are
          pre.append(make("span", "caret", "       " + before + "^"));
        }
      });
      block.append(pre);
    }
    if (fault.hint) block.append(make("p", "hint", "hint: " + fault.hint));
    return block;
  }

  // opener is a button that opens a file of the site in the editor.
  function opener(kind, words, name, line, col) {
    var b = make("button", kind, words);
    b.title = "open in the editor";
    b.onclick = function () {
      fetch(own("edit", { file: name, line: line || 1, col: col || 1 }), { method: "POST" }).then(function (answer) {
        if (answer.ok) return;
        answer.text().then(function (why) { b.after(make("p", "hint", why)); });
      });
    };
    return b;
  }

  // unfolder is a button that opens the panel for one thing, and closes it again.
  function unfolder(kind, words, fill) {
    var b = make("button", kind, words);
    b.setAttribute("aria-expanded", "false");
    b.onclick = function () {
      var opens = !isUnfolded(b);
      [found, review].forEach(function (other) { other.setAttribute("aria-expanded", String(other === b && opens)); });
      panel.hidden = !opens;
      panel.replaceChildren();
      if (opens) fill();
    };
    return b;
  }

  function isUnfolded(b) { return b.getAttribute("aria-expanded") === "true"; }

  // ask gives what the server tells, or fails with its words.
  function ask(name, query) {
    return fetch(own(name, query)).then(function (answer) {
      if (answer.ok) return answer.json();
      return answer.text().then(function (why) { throw new Error(why); });
    });
  }

  function tellSource() {
    ask("source", { page: page }).then(function (source) {
      nameFile(source);
      if (isUnfolded(found)) describe(source);
    }).catch(function (why) {
      if (isUnfolded(found)) panel.replaceChildren(make("p", "hint", why.message));
    });
  }

  function nameFile(source) {
    var button = opener("file", source.file, source.file);
    button.hidden = !source.file;
    file.replaceWith(button);
    file = button;
  }

  // describe fills the panel with what was found in the page's source, and why.
  function describe(source) {
    panel.replaceChildren();
    if (!source.file) panel.append(make("p", null, "This page has no file of its own: it is made from the articles it lists."));
    if (source.messages.length) panel.append(make("h2", null, "Messages"));
    source.messages.forEach(function (f) { panel.append(entry(f)); });
    var found = source.found;
    if (!found) return;
    section("Fields", fields(found));
    section("Names", (found.entities || []).map(function (e) { return [e.kind, named(e), e.why]; }));
    section("Tags", (found.tags || []).map(function (t) { return [t.label, t.why]; }));
    section("Left out of the text", (found.removed || []).map(function (r) {
      return [opener("file", "line " + r.line, source.file, r.line), r.text, r.rule];
    }));
    section("The same story", (found.also_ran || []).map(function (id) { return ["article", id]; }));
    panel.append(make("h2", null, "Fix this"), make("p", null, "What the article's own file or the sidecar beside it says wins over what was found. " +
      "A name that is none, or somebody else's, is set right in content/entities.toml."));
    var fix = make("p");
    fix.append(opener("fix", "open the article", source.file), " \u00b7 ", opener("fix", "open entities.toml", "content/entities.toml"));
    panel.append(fix);
  }

  // askQuestions fills the panel with what a person may decide about names.
  function askQuestions() {
    return ask("review", {}).then(function (asked) {
      if (!isUnfolded(review)) return;
      var status = make("p", "status");
      status.setAttribute("role", "status");
      panel.replaceChildren(status);
      asked.questions.forEach(function (q) { panel.append(card(q, asked.token, status)); });
      if (!asked.questions.length) status.textContent = "There are no names to review.";
      if (asked.more) panel.append(make("p", "quiet", "and " + asked.more + " more when these are answered"));
    }).catch(function (why) { panel.replaceChildren(make("p", "hint", why.message)); });
  }

  function focusFirst() {
    var first = panel.querySelector(".answer");
    if (first) first.focus();
  }

  // card is a question with what speaks for it. An answered one makes room for the next.
  function card(question, token, status) {
    var block = make("section", "question"), buttons = make("p");
    block.append(make("h2", null, question.names.join(" \u00b7 ") + ": " + question.asks), make("p", "quiet", question.why));
    question.evidence.forEach(function (e) { block.append(quote(e)); });
    [["Accept", "yes"], ["Refuse", "no"]].forEach(function (choice) {
      var b = make("button", "answer", choice[0]);
      b.setAttribute("aria-label", choice[0] + ": " + question.names.join(", ") + ", " + question.asks);
      b.title = "writes: " + question[choice[1]].trim();
      b.onclick = function () { answer(block, question, choice[1], token, status); };
      buttons.append(b);
    });
    block.append(buttons);
    return block;
  }

  // quote is a sentence with the name in it, and a button to its file.
  function quote(evidence) {
    var block = make("blockquote"), at = evidence.text.indexOf(evidence.form);
    if (at < 0) at = evidence.text.length;
    var after = at + evidence.form.length;
    block.append(evidence.text.slice(0, at));
    if (at < evidence.text.length) block.append(make("mark", null, evidence.form), evidence.text.slice(after));
    block.append(" ", opener("file", evidence.file, evidence.file));
    return block;
  }

  function answer(block, question, says, token, status) {
    var buttons = block.querySelectorAll(".answer");
    buttons.forEach(function (b) { b.disabled = true; });
    fetch(own("review", { question: question.id, answer: says }), { method: "POST", headers: { "Preview-Token": token } }).then(function (answer) {
      return answer.text().then(function (text) {
        if (!answer.ok) throw new Error(text);
        status.replaceChildren("Written into ", opener("file", "content/entities.toml", "content/entities.toml"), ": " + text.trim().replace(/\n/g, " "));
        block.remove();
        if (panel.querySelector(".answer")) return focusFirst();
        return askQuestions().then(focusFirst); // they come when the site has been built with what was said
      });
    }).catch(function (why) {
      buttons.forEach(function (b) { b.disabled = false; });
      var words = block.querySelector(".hint") || make("p", "hint");
      words.setAttribute("role", "alert");
      words.textContent = why.message;
      block.append(words);
    });
  }

  function section(title, rows) {
    if (!rows.length) return;
    var table = make("table");
    rows.forEach(function (row) {
      var tr = make("tr");
      row.forEach(function (cell, i) {
        if (cell === undefined) return;
        var td = make(i ? "td" : "th");
        if (!i) td.scope = "row";
        td.append(cell);
        tr.append(td);
      });
      table.append(tr);
    });
    panel.append(make("h2", null, title), table);
  }

  // fields are the article's, with where each was found.
  function fields(found) {
    var rows = [];
    ["title", "deck", "byline", "authors", "credit", "dateline", "date", "publication", "section", "genre", "language", "source", "license", "rights"]
      .forEach(function (name) {
        var value = Array.isArray(found[name]) ? found[name].join(", ") : found[name];
        if (value) rows.push([name, String(value), (found.from || {})[name] || ""]);
      });
    return rows;
  }

  function named(e) {
    var forms = e.surfaces.filter(function (s) { return s !== e.name; });
    return e.name + (forms.length ? " (" + forms.join(", ") + ")" : "") + (e.role === "about" ? ", what the story is about" : "");
  }

  function make(name, kind, text) {
    var e = document.createElement(name);
    if (kind) e.className = kind;
    if (text) e.textContent = text;
    return e;
  }

  document.addEventListener("visibilitychange", function () { document.hidden ? close() : open(); });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function () { if (!document.hidden) open(); });
  if (!document.hidden) open();
})();
