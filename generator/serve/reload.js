// The preview's own script: it keeps the page as the last build left it. Published pages never carry it.
(function () {
  "use strict";

  var element = document.currentScript;
  var root = new URL("../", element.src);
  var stream = null;
  var edition = -1; // of the last report seen, -1 before the first

  function open() {
    if (stream) return;
    var query = new URLSearchParams({ page: element.dataset.page, stamp: element.dataset.stamp });
    stream = new EventSource(new URL("_preview/events?" + query, root));
    stream.addEventListener("report", function (event) { take(JSON.parse(event.data)); });
  }

  // A browser allows six connections to one server. Hidden pages give theirs back, so that many tabs can be open.
  function close() {
    if (stream) stream.close();
    stream = null;
  }

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

  var host = null;

  // show lists the faults over the page: unfolded when one of them stopped the build, else as a small note.
  function show(report) {
    if (host) host.remove();
    host = null;
    if (report.count === 0) return;
    host = document.createElement("broadsheet-preview");
    var shadow = host.attachShadow({ mode: "open" });
    shadow.append(make("style", null, STYLE), panel(report));
    document.documentElement.append(host);
  }

  function panel(report) {
    var stopped = report.faults.some(function (f) { return f.error; });
    var box = make("details", stopped ? "error" : "warning");
    box.open = stopped;
    var title = report.count === 1 ? "1 message" : report.count + " messages";
    box.append(make("summary", null, stopped ? "The build stopped: " + title : title));
    report.faults.forEach(function (f) { box.append(entry(f)); });
    if (report.count > report.faults.length) {
      box.append(make("p", null, "and " + (report.count - report.faults.length) + " more"));
    }
    return box;
  }

  function entry(fault) {
    var block = make("article");
    block.append(make("b", null, fault.position), make("p", null, fault.message));
    if (fault.source) block.append(make("pre", null, fault.source));
    if (fault.hint) block.append(make("p", "hint", "hint: " + fault.hint));
    return block;
  }

  function make(name, kind, text) {
    var e = document.createElement(name);
    if (kind) e.className = kind;
    if (text) e.textContent = text;
    return e;
  }

  var STYLE =
    "details { position: fixed; z-index: 2147483647; right: 1rem; bottom: 1rem; left: auto; max-width: min(60rem, 100vw - 2rem);" +
    "  max-height: 80vh; overflow: auto; box-sizing: border-box; padding: .6rem 1rem; border-left: .4rem solid; border-radius: .2rem;" +
    "  background: #fffdf7; color: #222; font: 15px/1.45 system-ui, sans-serif; box-shadow: 0 .2rem 2rem #0006; text-align: left; }" +
    "details[open] { left: 1rem; }" +
    ".error { border-color: #a4161a; } .warning { border-color: #c77700; }" +
    "summary { cursor: pointer; font-weight: 600; }" +
    "article { margin-top: .9rem; } p { margin: .1rem 0; } .hint { color: #555; }" +
    "b, pre { font: 13px/1.5 ui-monospace, monospace; } pre { margin: .2rem 0; padding: .3rem .5rem; background: #f1ecdf; overflow-x: auto; }" +
    "@media print { details { display: none; } }";

  document.addEventListener("visibilitychange", function () { document.hidden ? close() : open(); });
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", function () { if (!document.hidden) open(); });
  if (!document.hidden) open();
})();
