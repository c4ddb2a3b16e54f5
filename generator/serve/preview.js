// The preview's own script: it keeps the page as the last build left it, and shows what is wrong and where the page
// comes from. Published pages never carry it.
(function () {
  "use strict";

  var element = document.currentScript;
  var root = new URL("../", element.src);
  var page = element.dataset.page;
  var stream = null;
  var edition = -1; // of the last report seen, -1 before the first

  function open() {
    if (stream) return;
    stream = new EventSource(own("events", { page: page, stamp: element.dataset.stamp }));
    stream.addEventListener("report", function (event) { take(JSON.parse(event.data)); });
  }

  // A browser allows six connections to one server. Hidden pages give theirs back, so that many tabs can be open.
  function close() {
    if (stream) stream.close();
    stream = null;
  }

  function own(name, query) { return new URL("_preview/" + name + "?" + new URLSearchParams(query), root); }

  function take(report) {
    var last = edition;
    edition = report.edition;
    if (report.stale) return location.reload(); // in place: the browser keeps the scroll position
    show(report);
    if (last === -1 || last === edition) return; // what it tells of is already on the page
    if (report.assets.some(used)) return location.reload();
    if (last + 1 !== edition || report.assets.some(isStyle)) exchangeStyles(); // others may have been missed
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
    var found = make("button", "found", "what was found");
    found.setAttribute("aria-expanded", "false");
    found.onclick = function () {
      panel.hidden = !panel.hidden;
      found.setAttribute("aria-expanded", String(!panel.hidden));
      if (!panel.hidden) askSource().then(describe);
    };
    built = make("span", "quiet built");
    told = make("button", "told");
    told.onclick = function () { if (faults) faults.open = !faults.open; };
    strip.append(make("span", "quiet", "Preview"), file, found, told, built);
    ground.append(panel, strip);
    shadow.append(sheet, ground);
    document.documentElement.append(host);
    askSource().then(function (source) { nameFile(source); });
  }

  function show(report) {
    lay();
    host.dataset.edition = report.edition;
    built.textContent = report.built ? "built " + new Date(report.built).toLocaleTimeString() + " in " + report.took + " ms" : "";
    told.textContent = report.count === 1 ? "1 message" : report.count + " messages";
    told.hidden = report.count === 0;
    if (faults) faults.remove();
    faults = null;
    if (report.count === 0) return;
    faults = list(report);
    ground.prepend(faults);
  }

  // list is the faults: unfolded when one of them stopped the build, or has just come; else one line in the strip.
  function list(report) {
    var stopped = report.faults.some(function (f) { return f.error; });
    var fresh = report.faults.filter(function (f) { return f.fresh; });
    var box = make("details", "faults " + (stopped ? "error" : "warning"));
    box.open = stopped || fresh.length > 0;
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

  function askSource() {
    return fetch(own("source", { page: page })).then(function (answer) { return answer.json(); }).catch(function () {
      return { file: "", messages: [] };
    });
  }

  function nameFile(source) {
    if (!source.file) return;
    var button = opener("file", source.file, source.file);
    file.replaceWith(button);
    file = button;
  }

  // describe fills the panel with what was found in the page's source, and why.
  function describe(source) {
    nameFile(source);
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
