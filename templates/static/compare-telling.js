// Changes in words, as `tracker/telling` says them.
//
// Owns how sentences are put together in the browser. What is said of one row, turn or
// provision comes ready made from `data/compare-<language>.js`, as do sentences, names and
// days. A test holds every sentence to the Python one.
"use strict";

Tracker.telling = (data, words) => {
  const { fill, day: written } = TrackerPage;
  const plural = new Intl.PluralRules(words.lang);
  const say = (key, values = {}) => fill(words.say[key], values);
  const [thousands, point] = words.number;

  // ---- Numbers are decimals as texts: nothing is rounded.

  function number(text) {
    const [whole, part] = text.split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
    return part ? grouped + point + part : grouped;
  }

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

  // Where the number has a sign, how far it goes one way or the other.
  const moved = (down, up, text) => count(text[0] === "-" ? down : up, text.replace("-", ""));

  // ---- Days and free text.

  const day = (n) => written(words.days, Tracker.isoDay(data, n));
  const shortDay = (n) => written(words.short, Tracker.isoDay(data, n));

  function textOf(n) {
    const said = words.texts[n - 1];
    return said ? { text: said, lang: words.lang } : { text: data.doc.texts[n - 1], lang: "en" };
  }

  function free(n) {
    const said = textOf(n);
    return said.lang !== words.lang && /\p{L}/u.test(said.text) ? `${said.text} (${said.lang})` : said.text;
  }

  // ---- Rows and changes.

  const state = (row) => words.states[row.number];
  const goods = (row) => words.goods[row.scope - 1];
  const subject = (change) => say("subject", { who: words.who[change.place.pair], goods: goods(Tracker.subject(change)) });

  function went({ kind, before, after }) {
    if (!after) return say("gone", { state: state(before) });
    const now = state(after);
    if (!before) return say("new", { state: now });
    if (kind === "pending") {
      const still = words.still[after.number] || now;
      if (!after.pending.length) return say("nothingAhead", { state: still });
      return say("ahead", { state: still, turns: after.pending.map((turn) => words.turns[turn - 1]).join(say("series")) });
    }
    if (kind === "rate" && before.rate !== null && after.rate !== null) {
      const points = minus(after.rate, before.rate);
      const rate = words.rates[before.number];
      if (points === "0") return say("was", { rate, state: now });
      return say("wasPoints", { rate, state: now, points: moved("down", "up", points) });
    }
    if (kind === "scope") return say("goods", { goods: free(data.doc.scopes[before.scope - 1]), state: now });
    return say("then", { before: state(before), after: now });
  }

  const sentence = (change) => say("change", { subject: subject(change), what: went(change) });

  function returned(change) {
    if (!change.after) return say("cameAndWent", { subject: subject(change) });
    return say("cameBack", { subject: subject(change), state: state(change.after) });
  }

  // What is not in force charges nothing; null where a difference cannot be said.
  function points({ before, after }) {
    if (!before || !after) return null;
    const asked = (row) => {
      if (row.others) return null;
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
    return text === "0" ? count("points", "0") : moved("minus", "plus", text);
  }

  // How many changes are of each of these; those of which there are none are left out.
  const tally = (all, key, changes) =>
    all.map((one) => [one, changes.filter((x) => x[key] === one).length]).filter(([, n]) => n);

  function headline(changes) {
    if (!changes.length) return say("nothingChanged");
    const parts = tally(Tracker.KINDS, "kind", changes).map(([kind, n]) => count(kind, n)).join(", ");
    return count("headline", changes.length, { parts });
  }

  return { count, day, goods, headline, number, points, pointsText, returned, say, sentence, shortDay, tally, textOf, words };
};
