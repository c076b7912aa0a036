// State and diff at any two viewpoints, worked out from `data/compare.js`.
//
// Owns what `tracker/core` says of one ledger: the row of a provision at a day and a
// knowledge, the net change with its causes and its label, the steps on the way, and
// what went and came back. A test holds every answer to the Python one. It knows no
// words, no page and no clock; days are numbers from the base of the document.
"use strict";

var Tracker = (() => {
  const EVER = Number.MAX_SAFE_INTEGER;
  const DAY_MS = 86400000;
  const KINDS = ["added", "removed", "status", "rate", "basis", "scope", "dates", "pending"];
  // What of a row makes which kind of change, the weightiest first.
  const READS = { status: "status", wording: "rate", basis: "basis", scope: "scope", days: "dates", ahead: "pending" };
  const ENDED = new Set(["revoked", "expired", "invalidated", "lapsed"]);
  const PLANNED = new Set(["threatened", "announced"]);
  const ofTheDay = (kind) => kind === "dates" || kind === "pending";

  // ---- The document, each number turned into the thing it names.

  function read(doc) {
    if (doc.format !== 2) throw new Error("data of another version");
    const base = Date.parse(doc.base) / DAY_MS;
    const rows = doc.rows.map(([status, rate, basis, scope, wording, days, ahead, from = 0, events = [], pending = [], others = 0], number) => ({
      number, status: doc.status[status], rate: rate ? doc.rates[rate - 1] : null, basis: doc.basis[basis], scope,
      wording, days, ahead, from, events, pending, others, charged: [status, wording, basis, scope].join(),
      named: [...events, ...pending.map((n) => doc.turns[n - 1])],
    }));
    const places = doc.places.map(([measure, key, pair, targets], number) => ({
      number, measure: doc.measures[measure], key, pair, targets,
      spans: spans(doc.spans[number], rows), edges: doc.edges[number],
    }));
    const events = doc.events.map(([id, kind, announced, title, citation, url, effects, withdraws], number) => ({
      number, id, kind: doc.kind[kind], announced, title, citation, url, effects, withdraws,
    }));
    return { doc, base, rows, places, events,
      today: doc.today, first: doc.first, withdrawing: events.filter((e) => e.withdraws.length) };
  }

  function spans(numbers, rows) {
    const found = [];
    let last = 0;
    for (let i = 0; i < numbers.length; i += 5) {
      const known = last + numbers[i];
      const start = numbers[i + 2];
      // 0 is the time before all days.
      found.push({
        known: known || -EVER, knownUntil: numbers[i + 1] ? known + numbers[i + 1] : EVER,
        on: start || -EVER, onUntil: numbers[i + 3] ? start + numbers[i + 3] : EVER,
        row: rows[numbers[i + 4]],
      });
      last = known;
    }
    return found;
  }

  // ---- State. A viewpoint is `{on, known}`; `known: null` is everything known now.

  const reach = (seen) => seen.known ?? EVER - 1;

  function rowAt(place, on, known) {
    const by = known ?? EVER - 1;
    for (const x of place.spans) {
      if (x.known <= by && by < x.knownUntil && x.on <= on && on < x.onUntil) return x.row;
    }
    return null;
  }

  const at = (place, seen) => rowAt(place, seen.on, seen.known);

  // ---- The change of one provision.

  const alike = (one, other) => one === other
    || (!!one && !!other && ["charged", "days", "ahead"].every((key) => one[key] === other[key]));
  const charged = (row) => row?.charged;
  const same = (kind, one, other) => (ofTheDay(kind) ? alike(one, other) : charged(one) === charged(other));

  function kindOf(before, after) {
    if (!before || !after) return before ? "removed" : "added";
    return READS[Object.keys(READS).find((key) => before[key] !== after[key])];
  }

  const sorted = (numbers) => [...new Set(numbers)].sort((a, b) => a - b);
  const allNamed = (row) => row?.named ?? [];
  const named = (kind, row) => (row && kind !== "pending" && row.events.length ? row.events : allNamed(row));

  // Of what only one side rests on, that of the side with the youngest; else all of it.
  function causes(kind, before, after) {
    const left = named(kind, before);
    const right = named(kind, after);
    const here = left.filter((x) => !right.includes(x));
    const there = right.filter((x) => !left.includes(x));
    if (!here.length && !there.length) return sorted(left);
    return sorted(Math.max(-1, ...here) >= Math.max(-1, ...there) ? here : there);
  }

  function changeOf(place, before, after) {
    if (!before && !after) return null;
    const kind = kindOf(before, after);
    if (!kind) return null;
    return { place, kind, before, after, events: causes(kind, before, after), steps: [] };
  }

  function mirrored(change) {
    const swapped = { added: "removed", removed: "added" }[change.kind] || change.kind;
    const steps = [...change.steps].reverse().map((x) => ({ ...x, change: mirrored(x.change) }));
    return { ...change, kind: swapped, before: change.after, after: change.before, steps };
  }

  // Where a plan was taken back the later row names nothing: who took it back is the cause.
  function withWithdrawers(data, change, start, end) {
    const [after, until] = [start, end].map((seen) => Math.min(seen.on, reach(seen)));
    const behind = new Set(change.events);
    const held = (row) => allNamed(row).some((x) => behind.has(x));
    if (until <= after || held(change.after) || !held(change.before)) return change;
    const found = data.withdrawing.filter((event) => event.announced > after && event.announced <= until
      && event.withdraws.some(([taken, measure, key]) => behind.has(taken) && speaksOf(change.place, measure, key)));
    return found.length ? { ...change, events: sorted(found.map((event) => event.number)) } : change;
  }

  const speaksOf = (place, measure, key) =>
    (!measure || measure === place.measure.key) && (!key || key === place.key);

  // ---- Labels: which clock made the difference.

  function struckDown(data, change) {
    const { before, after, place } = change;
    if (after?.status === "invalidated") return before?.status !== "invalidated";
    return change.events.some((number) => {
      const event = data.events[number];
      return event.kind === "court_ruling" && event.withdraws.some(([taken, measure, key]) => {
        const { kind, effects } = data.events[taken];
        return kind !== "court_ruling" && speaksOf(place, measure, key) && effects.includes(place.number);
      });
    });
  }

  function onlyAhead({ kind, before, after }) {
    if (!after?.pending.length) return false;
    if (kind === "pending") return true;
    const open = (row) => PLANNED.has(row.status) || ENDED.has(row.status);
    return PLANNED.has(after.status) && (!before || open(before));
  }

  function labelOf(data, change, start, end, present) {
    const { kind, place, after } = change;
    if (same(kind, rowAt(place, start.on, end.known), after)) return "learned_late";
    const ahead = end.on > present;
    const now = ahead ? rowAt(place, Math.max(start.on, present), end.known) : after;
    if (!same(kind, now, after)) return "scheduled";
    if (struckDown(data, change)) return "voided";
    const then = rowAt(place, end.on, Math.min(end.on, reach(end)));
    if (!ofTheDay(kind) && charged(then) !== charged(after)) return "learned_late";
    return onlyAhead(change) ? "scheduled" : "law_changed";
  }

  // ---- Steps: the edges crossed on the way, the knowledge first, then the days.

  function crossed(days, start, end) {
    const [low, high] = [Math.min(start, end), Math.max(start, end)];
    const found = days.filter((day) => day > low && day <= high);
    return start <= end ? found.map((day) => [day, day]) : found.reverse().map((day) => [day, day - 1]);
  }

  function legs(days, before, after) {
    const found = [];
    let here = before;
    const go = (start, end, seen) => {
      for (const [day, stop] of crossed(days, start, end)) {
        const there = seen(stop);
        found.push({ day, start: here, end: there });
        here = there;
      }
    };
    const together = before.known === before.on && after.known === after.on;
    if (!together) {
      go(reach(before), reach(after), (known) => ({ on: here.on, known }));
      here = { on: here.on, known: after.known };
    }
    go(before.on, after.on, (on) => ({ on, known: together ? on : here.known }));
    return found;
  }

  function stepsOf(data, place, before, after, present) {
    const found = [];
    let shown = at(place, before);
    for (const leg of legs(place.edges, before, after)) {
      const row = at(place, leg.end);
      const change = changeOf(place, shown, row);
      if (!change) continue;
      found.push({ day: leg.day, change: toldOfLeg(data, change, leg, present) });
      shown = row;
    }
    return found;
  }

  const earlier = (one, other) => one.on < other.on || (one.on === other.on && reach(one) < reach(other));

  function toldOfLeg(data, change, { start, end }, present) {
    if (earlier(end, start)) return mirrored(told(data, mirrored(change), end, start, present));
    return told(data, change, start, end, present);
  }

  function told(data, change, start, end, present) {
    const found = withWithdrawers(data, change, start, end);
    return { ...found, label: labelOf(data, found, start, end, present) };
  }

  // ---- The comparison, seen in the order of time.

  function compare(data, from, to) {
    const swapped = earlier(to, from);
    const [before, after] = swapped ? [to, from] : [from, to];
    const present = Math.min(data.today, reach(after));
    let changes = [];
    let returned = [];
    for (const place of data.places) {
      const net = changeOf(place, at(place, before), at(place, after));
      const way = stepsOf(data, place, before, after, present);
      if (net) changes.push({ ...told(data, net, before, after, present), steps: way });
      const heavy = (step) => !net || !ofTheDay(step.change.kind);
      if ((!net || ofTheDay(net.kind)) && way.some(heavy)) returned.push(back(place, before, after, way));
    }
    if (swapped) [changes, returned] = [changes.map(mirrored), returned.map(mirrored)];
    // What fell silent comes last, as in every diff.
    changes.sort((one, other) => !one.after - !other.after);
    return { changes, returned, swapped };
  }

  function back(place, before, after, way) {
    const kind = KINDS.find((one) => way.some((step) => step.change.kind === one));
    return { place, kind, before: at(place, before), after: at(place, after),
      events: sorted(way.flatMap((step) => step.change.events)), label: null, steps: way };
  }

  // The state on either side; of what came and went, that of its last step.
  function subject(change) {
    return change.after || change.before || subject(change.steps.at(-1).change);
  }

  // ---- Days.

  function dayNumber(data, iso) {
    if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return null;
    const ms = Date.parse(`${iso}T00:00:00Z`);
    if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== iso || iso < "1000") return null;
    return ms / DAY_MS - data.base;
  }

  const isoDay = (data, day) => new Date((day + data.base) * DAY_MS).toISOString().slice(0, 10);

  return { KINDS, compare, dayNumber, earlier, isoDay, read, rowAt, subject };
})();
