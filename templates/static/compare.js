// The page that compares any two days: the query in the address, the form, the answer.
//
// Owns what stands where. What is the case comes from `compare-core.js`, how it is
// said from `compare-telling.js`.
"use strict";

(() => {
  const { $, el, fill } = TrackerPage;
  if (!window.TrackerData || !window.TrackerWords) {
    $("lost").hidden = false;
    return;
  }
  const data = Tracker.read(TrackerData);
  const tell = Tracker.telling(data, TrackerWords);
  const { say, words } = tell;
  const root = $("ask").dataset.root;
  const SIDES = ["from", "to"];
  const FILTERS = ["imposer", "target", "measure"];
  const VISIT = "tracker-last-visit";
  const [iso, number] = [Tracker.isoDay, Tracker.dayNumber].map((turned) => (x) => turned(data, x));
  const changeDays = data.doc.changes;

  const span = (name, ...inside) => el("span", { class: name }, ...inside);
  const line = (name, text) => el("p", { class: name }, text);

  function free(text) {
    const { text: said, lang } = tell.textOf(text);
    return lang === words.lang ? said : el("span", { lang }, said);
  }

  // ---- The query: what the address says, or why it says nothing.

  function usual() {
    const past = changeDays.filter((day) => day <= data.today);
    return { from: past.at(-2) ?? data.today, to: data.today };
  }

  function asked() {
    const given = new URLSearchParams(location.search);
    const wrong = [];
    const query = {};
    for (const side of SIDES) {
      const text = given.get(side);
      const on = text ? number(text) : usual()[side];
      if (on === null) wrong.push(say("notADay", { given: text }));
      const how = given.get(`${side}-known`) || "now";
      const known = how === "now" ? null : how === "then" ? on : number(how);
      query[side] = { on, how, known };
      if (known === null && how !== "now" && on !== null) wrong.push(say("notKnown", { given: how }));
    }
    for (const name of FILTERS) {
      query[name] = given.get(name) || "";
      if (query[name] && ![...$(name).options].some((x) => x.value === query[name])) {
        wrong.push(say("noSuch", { given: query[name] }));
      }
    }
    return { query, wrong };
  }

  function address(query) {
    const told = new URLSearchParams();
    for (const side of SIDES) {
      told.set(side, iso(query[side].on));
      if (query[side].how !== "now") told.set(`${side}-known`, query[side].how);
    }
    for (const name of FILTERS) if (query[name]) told.set(name, query[name]);
    return told;
  }

  function go(query) {
    if (!query || SIDES.some((side) => query[side].on === null)) {
      $("ask").reportValidity();
      return;
    }
    const told = address(query);
    try {
      history.pushState(null, "", `?${told}`);
    } catch {
      location.search = told;
      return;
    }
    show();
  }

  // ---- The form.

  function form(query) {
    for (const side of SIDES) {
      const { on, how } = query[side];
      const by = !["now", "then"].includes(how);
      $(side).value = on === null ? "" : iso(on);
      $(`${side}-how`).value = by ? "by" : how;
      Object.assign($(`${side}-by`), { value: by && number(how) !== null ? how : "", disabled: !by });
    }
    for (const name of FILTERS) $(name).value = query[name];
    $("previous").disabled = !stepped(query, -1);
    $("next").disabled = !stepped(query, 1);
  }

  function written() {
    const query = {};
    for (const side of SIDES) {
      const how = $(`${side}-how`).value;
      query[side] = { on: number($(side).value), how: how === "by" ? $(`${side}-by`).value || "now" : how };
    }
    for (const name of FILTERS) query[name] = $(name).value;
    return query;
  }

  // The change before or after the second day, against the change before it.
  function stepped(query, way) {
    const { on } = query.to;
    if (on === null) return null;
    const at = way < 0 ? changeDays.findLastIndex((day) => day < on) : changeDays.findIndex((day) => day > on);
    if (at < 1) return null;
    return { ...query, from: { ...query.from, on: changeDays[at - 1] }, to: { ...query.to, on: changeDays[at] } };
  }

  // The policy day of the visit before this one; kept in this browser only.
  function lastVisit() {
    try {
      const { day, before } = JSON.parse(localStorage.getItem(VISIT)) || {};
      const today = iso(data.today);
      if (day === today) return number(String(before));
      localStorage.setItem(VISIT, JSON.stringify({ day: today, before: day }));
      return number(String(day));
    } catch {
      return null;
    }
  }

  // ---- The answer.

  function fits({ place }, query) {
    return (!query.target || place.targets.includes(query.target))
      && (!query.imposer || place.measure.imposer === query.imposer)
      && (!query.measure || place.measure.key === query.measure);
  }

  function view({ on, how, known }) {
    if (known === null) return tell.day(on);
    return how === "then" ? say("thatDay", { view: tell.day(on) }) : say("knownBy", { view: tell.day(on), day: tell.day(known) });
  }

  function notes({ from, to, ...query }) {
    const { today, first } = data;
    const about = ({ on, known }) => {
      const by = Math.min(known ?? today, today);
      return [
        first && on < first && say("tooEarly", { day: tell.day(first) }),
        first && known !== null && known < first && say("knewNothing", { day: tell.day(known), first: tell.day(first) }),
        known > today && say("nobodyKnows", { day: tell.day(known), today: tell.day(today) }),
        on > by && say("liesAhead", { day: tell.day(on), known: tell.day(by) }),
      ];
    };
    const found = [...about(from), ...about(to),
      from.on === to.on && from.known === to.known && say("sameView"),
      Tracker.earlier(to, from) && say("swapped"),
      FILTERS.some((name) => query[name]) && say("filtered")];
    return [...new Set(found)].filter((x) => x);
  }

  function banner({ from, to }) {
    const last = Math.max(from.on, to.on);
    const [tense, key] = last < data.today ? ["past", "past"] : last > data.today ? ["future", "reaches"] : ["present", "upToNow"];
    return line(`banner t-${tense}`, say(key, { day: tell.day(data.today) }));
  }

  function why(label, text) {
    const [word, meaning] = words.label[label];
    return el("span", { class: `why l-${label}`, title: meaning }, text || word);
  }

  function cause(n) {
    const { id, announced, title, citation, url } = data.events[n];
    const paper = citation && url ? el("a", { class: "out", href: url, rel: "nofollow noopener noreferrer" }, citation) : citation;
    const link = el("a", { href: `${root}event/${encodeURIComponent(id)}/index.html` }, free(title));
    return span("cause", paper, paper && ", ", link, `, ${say("announcedOn", { day: tell.day(announced) })}`);
  }

  function side(row, name) {
    const on = span("on", say(name));
    if (!row) return [on, span("cond", say("onRecord"))];
    const [rate, sort, lines, unsure] = words.cells[row.number];
    const word = words.status[row.status];
    return [on, span(`plate s-${row.status} ${sort}`, rate || word), rate && span("word", word),
      ...lines.map((text) => span("cond", text)), ...unsure.map((text) => span("cond unsure", text))];
  }

  function steps(change, least) {
    if (change.steps.length < least) return null;
    const list = change.steps.map((x) => el("li", null, el("b", null, tell.shortDay(x.day)), ` ${tell.sentence(x.change)} `, why(x.change.label)));
    return el("details", { class: "steps" }, el("summary", null, tell.count("stepsOnTheWay", list.length)), el("ol", null, list));
  }

  const tone = ({ measure: { imposer } }) => `p-${words.party[imposer] ? imposer.toLowerCase() : "xx"}`;

  const signed = (points) => (points[0] === "-" ? "\u2212" : "+") + tell.number(points.replace("-", ""));

  function row(change) {
    const { place, before, after, kind } = change;
    const cell = (name, ...inside) => el("td", { role: "cell", class: `c-${name}` }, ...inside);
    const points = tell.points(change);
    const effective = after?.from && kind !== "pending";
    return el("tr", { role: "row", class: tone(place) },
      el("th", { role: "rowheader", scope: "row", class: "c-what" }, span("rel", words.relation[place.pair]), " ",
        span("goods", tell.goods(Tracker.subject(change))), span("sentence", tell.sentence(change))),
      cell("before", side(before, "h.before")),
      cell("after", side(after, "h.after")),
      cell("points", points && points !== "0" && [span("on", say("h.points")), el("span", { title: tell.pointsText(points) }, signed(points))]),
      cell("cause", why(change.label), " ", effective && span("eff", say("effective", { day: tell.shortDay(after.from) })),
        change.events.map(cause), steps(change, 2)));
  }

  function table(changes) {
    const made = $("table").content.firstElementChild.cloneNode(true);
    made.append(el("tbody", { role: "rowgroup" }, changes.map(row)));
    return made;
  }

  function tally(changes) {
    const list = tell.tally(Object.keys(words.label), "label", changes)
      .map(([label, n]) => el("li", null, why(label, tell.count(label, n)), " ", span("cond", words.label[label][1])));
    return list.length && el("ul", { class: "counts reasons" }, list);
  }

  function backs(found) {
    const list = found.map((x) => el("li", { class: tone(x.place) }, tell.returned(x), steps(x, 1)));
    return list.length && el("section", null, el("h2", null, say("h.returned")), el("ul", { class: "returned" }, list));
  }

  // Claims in dispute stand on the page beforehand: those about either day are shown.
  function disputes({ from, to, ...query }) {
    const about = ({ on, known }, { since, until, announced }) =>
      iso(on) >= since && (!until || iso(on) < until) && (known === null || announced <= iso(known));
    for (const claim of document.querySelectorAll("#claims article")) {
      const said = claim.dataset;
      const fitting = FILTERS.every((name) => !query[name] || said[name].split(" ").includes(query[name]));
      claim.hidden = !fitting || !(about(from, said) || about(to, said));
    }
    $("claims").hidden = !document.querySelector("#claims article:not([hidden])");
  }

  // The address cited names what was known, so that it answers alike when more is.
  function cite(query) {
    const [from, to] = SIDES.map((side) => {
      const known = query[side].known ?? data.today;
      return { ...query[side], known, how: iso(known) };
    });
    const said = { from: view(from), to: view(to), query: address({ ...query, from, to }) };
    $("cited").textContent = fill($("cited").dataset.text, said);
    $("cite").hidden = false;
  }

  function show() {
    const { query, wrong } = asked();
    form(query);
    $("answer").replaceChildren();
    $("claims").hidden = $("cite").hidden = true;
    if (wrong.length) {
      $("said").replaceChildren(...wrong.map((text) => line("banner t-apart", text)));
      return;
    }
    const found = Tracker.compare(data, query.from, query.to);
    const [changes, returned] = [found.changes, found.returned].map((list) => list.filter((x) => fits(x, query)));
    $("said").replaceChildren(banner(query), el("h2", null, `${view(query.from)} ${say("to")} ${view(query.to)}`),
      line("big", tell.headline(changes)), ...notes(query).map((text) => line("meta", text)));
    $("answer").append(el("div", null, tally(changes), changes.length ? table(changes) : line("none", say("noneDiffers")), backs(returned)));
    disputes(query);
    cite(query);
  }

  const visited = lastVisit();
  $("ask").hidden = false;
  const when = (id, what, act) => $(id).addEventListener(what, act);
  when("ask", "submit", (event) => { event.preventDefault(); go(written()); });
  for (const name of FILTERS) when(name, "change", () => go(written()));
  for (const side of SIDES) {
    when(`${side}-how`, "change", (event) => {
      const required = event.target.value === "by";
      Object.assign($(`${side}-by`), { required, disabled: !required });
    });
  }
  when("swap", "click", () => { const query = written(); go({ ...query, from: query.to, to: query.from }); });
  when("previous", "click", () => go(stepped(written(), -1)));
  when("next", "click", () => go(stepped(written(), 1)));
  when("visit", "click", () => {
    if (visited === null) $("said").replaceChildren(line("banner", say("noVisit")));
    else go({ ...written(), from: { on: visited, how: "then" }, to: { on: data.today, how: "now" } });
  });
  addEventListener("popstate", show);
  show();
})();
