// Rates, states and changes in words, as `tracker/telling` says them.
//
// Owns how sentences are put together in the browser. The sentences themselves, names, days
// and signs come from `data/compare-<language>.js`. A test holds every sentence to the Python one.
"use strict";

Tracker.telling = (data, words) => {
  const plural = new Intl.PluralRules(words.lang);
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const say = (key, values = {}) => fill(words.say[key], values);
  const [thousands, point, percentSign] = words.number;

  // ---- Numbers are decimals as texts: nothing is rounded.

  function number(text) {
    const [whole, part] = text.split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
    return part ? grouped + point + part : grouped;
  }

  const percent = (text) => number(text) + percentSign;

  function count(key, text, values = {}) {
    const [one, many] = words.count[key];
    const form = plural.select(Number(text)) === "one" ? one : many;
    return fill(form, { count: number(String(text)), ...values });
  }

  function minus(one, other) {
    const places = Math.max(...[one, other].map((x) => (x.split(".")[1] || "").length));
    const whole = (x) => {
      const [a, b = ""] = x.split(".");
      return BigInt(a + b.padEnd(places, "0"));
    };
    const left = whole(one) - whole(other);
    const digits = String(left < 0n ? -left : left).padStart(places + 1, "0");
    const cut = digits.length - places;
    const part = digits.slice(cut).replace(/0+$/, "");
    return (left < 0n ? "-" : "") + digits.slice(0, cut) + (part ? `.${part}` : "");
  }

  // ---- Days and free text.

  function written(patterns, n) {
    const [year, month, day] = Tracker.isoDay(data, n).split("-").map(Number);
    const pattern = patterns[month - 1][day === 1 ? 0 : 1];
    return pattern.replace("@", day).replace("#", year);
  }

  const day = (n) => written(words.days, n);
  const shortDay = (n) => written(words.short, n);

  function textOf(text) {
    const said = words.texts && words.texts[text.n - 1];
    return said ? { text: said, lang: words.lang } : { text: text.en, lang: "en" };
  }

  function free(text) {
    const said = textOf(text);
    return said.lang !== words.lang && /\p{L}/u.test(said.text) ? `${said.text} (${said.lang})` : said.text;
  }

  const nothingKnown = (when) => !when || (!when.earliest && !when.latest && !when.condition);

  function whenPhrase({ earliest, latest, condition }) {
    const on = condition && free(condition);
    if (!earliest && !latest) return condition ? say("condition", { condition: on }) : say("unknownDay");
    let days = say("between", { earliest: earliest && day(earliest), latest: latest && day(latest) });
    if (!earliest) days = say("notAfter", { day: day(latest) });
    else if (!latest) days = say("notBefore", { day: day(earliest) });
    return condition ? say("conditioned", { days, condition: on }) : days;
  }

  function until(n, when) {
    if (n) return say("until", { day: day(n) });
    if (!when) return "";
    return nothingKnown(when) ? say("noEnd") : say("untilWhen", { when: whenPhrase(when) });
  }

  function placed(key, what, n, when) {
    if (n) return say(key, { what, day: day(n) });
    return nothingKnown(when) ? say("noDay", { what }) : say(`${key}When`, { what, when: whenPhrase(when) });
  }

  // ---- Rates, states, turns ahead.

  function rateText(rate, text) {
    if (text) return free(text);
    return rate === null ? say("noRate") : percent(rate);
  }

  function ratePhrase({ rate, basis, text }) {
    if (basis === "ban") return text ? free(text) : words.basis.ban;
    const said = rateText(rate, text);
    return basis === "full_value" || rate === null || text ? said : say(`on.${basis}`, { rate: said });
  }

  function inForce(x) {
    const rate = ratePhrase(x);
    if (x.basis === "ban") return say("banInForce", { ban: rate });
    if (x.rate === null && !x.text) return say("rateUnknown");
    return say(x.text ? "wordsInForce" : "inForce", { rate });
  }

  function since(state, n, when) {
    if (n) return say("since", { state, day: day(n) });
    return when ? say("sinceWhen", { state, when: whenPhrase(when) }) : state;
  }

  function lasting(state, row) {
    const start = since(state, row.from, row.starts);
    const end = until(row.until, row.ends);
    return end ? say("lasting", { state: start, until: end }) : start;
  }

  function paused(row) {
    const end = until(row.until, row.ends);
    let state = words.status.paused;
    if (end) state = !row.until && nothingKnown(row.ends) ? say("pausedEnd", { end }) : say("pausedUntil", { until: end });
    return row.rate === null && !row.text ? state : say("held", { state, rate: ratePhrase(row) });
  }

  function certain(row) {
    const name = words.status[row.status];
    if (row.status === "in_force") {
      if (row.text && row.basis !== "ban") return say("worded", { state: lasting(name, row), rate: free(row.text) });
      return lasting(inForce(row), row);
    }
    if (row.status === "paused") return paused(row);
    if (Tracker.PLANNED.has(row.status)) return row.pending.length ? say("notYet", { turn: turn(row.pending[0]) }) : name;
    return row.from ? say("ended", { state: name, day: day(row.from) }) : since(name, 0, row.starts);
  }

  function instead(other) {
    const state = other.status === "in_force" ? inForce(other) : words.status[other.status];
    return say("may", { state, when: whenPhrase(other.when) });
  }

  const state = (row) => row.alternatives.reduce((said, other) => say("instead", { state: said, other: instead(other) }), certain(row));

  const withoutTurn = (row) =>
    (Tracker.PLANNED.has(row.status) && row.pending.length && !row.alternatives.length ? say("notInForce") : state(row));

  function turn(x) {
    if (!Tracker.PLANNED.has(x.status)) {
      return placed(x.status === "paused" ? "from" : "on", say(`turn.${x.status}`), x.from, x.when);
    }
    if (x.text || x.basis === "ban") {
      return say("worded", { state: placed("from", say(`${x.status}.words`), x.from, x.when), rate: ratePhrase(x) });
    }
    if (x.rate !== null) return placed("from", say(x.status, { rate: ratePhrase(x) }), x.from, x.when);
    if (!x.from && nothingKnown(x.when)) return say(`${x.status}.nothing`);
    return placed("from", say(`${x.status}.noRate`), x.from, x.when);
  }

  // What stands on the plate: what is charged or held back, or what a plan would bring.
  function plate(row) {
    if (!["in_force", "paused"].includes(row.status) && !Tracker.PLANNED.has(row.status)) return "";
    const { rate, basis, text } = Tracker.PLANNED.has(row.status) && row.pending.length ? row.pending[0] : row;
    if (basis === "ban") return say("ban");
    if (text) return say("seeText");
    return rate === null ? say("unknown") : percent(rate);
  }

  // ---- Changes.

  function goods(row) {
    const said = free(row.scope.goods);
    return row.scope.shown ? say("goodsOf", { goods: said, origin: words.origins[row.scope.origin - 1] }) : said;
  }

  const subject = (change) => say("subject", { who: words.who[change.place.pair], goods: goods(Tracker.subject(change)) });

  function went({ kind, before, after }) {
    const now = state(after);
    if (kind === "pending") {
      const still = withoutTurn(after);
      if (!after.pending.length) return say("nothingAhead", { state: still });
      return say("ahead", { state: still, turns: after.pending.map(turn).join(say("series")) });
    }
    if (kind === "rate" && before.rate !== null && after.rate !== null) {
      const points = minus(after.rate, before.rate);
      const rate = rateText(before.rate, before.text);
      if (points === "0") return say("was", { rate, state: now });
      const moved = count(points[0] === "-" ? "down" : "up", points.replace("-", ""));
      return say("wasPoints", { rate, state: now, points: moved });
    }
    if (kind === "scope") return say("goods", { goods: free(before.scope.goods), state: now });
    return say("then", { before: state(before), after: now });
  }

  function sentence(change) {
    let what;
    if (change.kind === "added") what = say("new", { state: state(change.after) });
    else if (change.kind === "removed") what = say("gone", { state: state(change.before) });
    else what = went(change);
    return say("change", { subject: subject(change), what });
  }

  function returned(change) {
    if (!change.after) return say("cameAndWent", { subject: subject(change) });
    return say("cameBack", { subject: subject(change), state: state(change.after) });
  }

  // What is not in force charges nothing; null where a difference cannot be said.
  function points({ before, after }) {
    if (!before || !after) return null;
    const asked = (row) => {
      if (row.alternatives.length) return null;
      if (row.status !== "in_force") return "0";
      return ["ban", "quota", "per_unit"].includes(row.basis) ? null : row.rate;
    };
    const [old, now] = [asked(before), asked(after)];
    const charging = [before, after].filter((row) => row.status === "in_force");
    if (old === null || now === null || !charging.length) return null;
    return charging.length === 2 && before.basis !== after.basis ? null : minus(now, old);
  }

  function pointsText(text) {
    if (text === null) return "";
    if (text === "0") return count("points", "0");
    return count(text[0] === "-" ? "minus" : "plus", text.replace("-", ""));
  }

  function headline(changes) {
    if (!changes.length) return say("nothingChanged");
    const found = Tracker.KINDS.map((kind) => [kind, changes.filter((x) => x.kind === kind).length]);
    const parts = found.filter(([, n]) => n).map(([kind, n]) => count(kind, n)).join(", ");
    return count("headline", changes.length, { parts });
  }

  return { count, day, goods, headline, number, plate, points, pointsText, returned, say, sentence, shortDay, state, textOf, turn, words };
};
