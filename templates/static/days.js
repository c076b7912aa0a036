// Any day asked for on the page of days: its own page, or the last one before it that has one.
//
// Owns which day answers. Days and their addresses are those that stand on the page; the
// sentences stand with the form.
"use strict";

(() => {
  const { $, el, fill, day } = TrackerPage;
  const ask = $("ask");
  const said = ask.dataset;
  const links = [...document.querySelectorAll(".days a")];
  const isoOf = (link) => link.querySelector("time").dateTime;
  const asked = new URLSearchParams(location.search).get("on");
  const told = (iso) => day(JSON.parse(said.days), iso);

  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

  function answer(iso) {
    if (!isDay(iso)) return [fill(said.none, { given: iso.slice(0, 40) })];
    const sorted = [...links].sort((a, b) => (isoOf(a) < isoOf(b) ? -1 : 1));
    const last = sorted.findLast((link) => isoOf(link) <= iso);
    if (!last) return [sorted.length ? fill(said.early, { day: told(isoOf(sorted[0])) }) : ""];
    if (isoOf(last) === iso) location.replace(last.href);
    const sentence = isoOf(last) === iso ? "{last}" : said.same + (iso > said.today ? ` ${said.ahead}` : "");
    const [before, after] = fill(sentence, { day: told(iso), today: told(said.today), last: "\n" }).split("\n");
    return [before, el("a", { href: last.href }, told(isoOf(last))), after];
  }

  ask.hidden = false;
  if (asked) {
    if (isDay(asked)) $("on").value = asked;
    $("told").hidden = false;
    $("told").append(...answer(asked));
  }
})();
