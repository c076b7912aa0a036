// Search in the index of one language, here on the page alone.
//
// Owns which entries hold a query and in which order. Texts, words and what counts as the
// same word come from `data/search-<language>.js`.
"use strict";

(() => {
  const { $, el, fill, day } = TrackerPage;
  if (typeof TrackerIndex === "undefined") {
    $("lost").hidden = false;
    return;
  }
  const { alike, count: forms, days, groups: given, kinds, lang, parties: names, say } = TrackerIndex;
  const WEIGHTS = [8, 6, 4, 2, 1];
  const [MOST_WORDS, SHOWN, PAUSE_MS] = [12, 20, 150];

  // ---- Words, without accents and case.

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const same = (text) => alike.reduce((found, [pattern, put]) => found.replace(RegExp(pattern, "g"), put), text);
  const split = (text) => text.match(/[\p{L}\p{N}]+(?:\.\d+)*/gu) || [];

  function field(...texts) {
    const text = plain(texts.join(" "));
    return ` ${[...new Set([...split(text), ...split(same(text))])].join(" ")} `;
  }

  // ---- Entries, each with its fields from the weightiest to the lightest.

  const said = (text) => (typeof text === "string" ? text : text[0]);
  const [measures, goods] = given.map(([, , entries]) => entries);
  const titles = (numbers) => numbers.map((n) => said(measures[n][1]));
  const wares = (numbers) => numbers.map((n) => `${said(goods[n][1])} ${goods[n][3]}`);

  const named = (codes) => codes.split(" ").map((code) => `${code} ${names[code] || ""}`);

  function entry(folder, [key, title, of, paper, about, touched, parties, note, other]) {
    const iso = other === 0 ? key.slice(0, 10) : other;
    const when = iso && day(days, iso);
    const beside = iso ? kinds[of] : of;
    const under = [paper, ...titles(about)].filter(Boolean).join(" · ");
    const fields = [[said(title)], [paper], wares(touched), [beside, iso, when, ...named(parties), ...titles(about)], [said(note)]];
    return { href: `${folder}/${key}`, title, beside, under, note, iso, when, fields: fields.map((texts) => field(...texts)) };
  }

  const groups = given.map(([name, folder, entries]) => [name, entries.map((x) => entry(folder, x))]);

  // ---- The answer. A word fits what begins with it; one in the plural also what lacks its end.

  const begun = (fields, word) => Math.max(...fields.map((text, n) =>
    (text.includes(` ${word}`) ? WEIGHTS[n] * (text.includes(` ${word} `) ? 2 : 1) : 0)));
  const worth = (fields, word) => begun(fields, word) || (word.length > 4 ? begun(fields, word.replace(/e?s$/, "")) : 0);

  function find(entries, words, all) {
    const found = [];
    for (const one of entries) {
      const each = words.map((word) => worth(one.fields, word));
      if (words.length && (all ? each.every(Boolean) : each.some(Boolean))) found.push([each.reduce((a, b) => a + b), one]);
    }
    const later = ({ iso: a }, { iso: b }) => (a < b) - (a > b);
    return found.sort((a, b) => b[0] - a[0] || later(a[1], b[1])).map(([, one]) => one);
  }

  function look(query) {
    const words = [...new Set(split(same(plain(query))))].slice(0, MOST_WORDS);
    const answer = (all) => groups.map(([name, entries]) => [name, find(entries, words, all)]).filter(([, found]) => found.length);
    const whole = answer(true);
    return whole.length ? [whole, true] : [answer(false), false];
  }

  // ---- The page.

  const free = (text) => (typeof text === "string" ? text : el("span", { lang: "en" }, text));

  const line = ({ href, title, beside, under, note, iso, when }) => el("article", { class: "entry" },
    el("p", { class: "when" }, when && el("time", { datetime: iso }, when), el("span", { class: "kind" }, beside)),
    el("div", null, el("h3", null, el("a", { href: `${$("search").dataset.root}${href}/index.html` }, free(title))),
      said(note) && el("p", null, free(note)), el("p", { class: "meta" }, under)));

  const group = ([name, found]) => el("section", null, el("h2", null, `${name} (${found.length})`),
    found.length > SHOWN && el("p", { class: "meta" }, fill(say.first, { shown: SHOWN, count: found.length })),
    found.slice(0, SHOWN).map(line));

  function show() {
    const query = $("q").value.trim();
    const [found, whole] = look(query);
    const count = found.reduce((sum, [, list]) => sum + list.length, 0);
    const form = new Intl.PluralRules(lang).select(count) === "one" ? 0 : 1;
    const told = count ? fill(forms[form], { count }) : fill(say.none, { query: query.slice(0, 80) });
    $("said").textContent = query && (whole || !count ? told : `${say.some} ${told}`);
    $("ways").hidden = !query || whole;
    $("answer").replaceChildren(...found.map(group));
    for (const link of document.querySelectorAll("a[hreflang]")) link.search = `?q=${encodeURIComponent(query.slice(0, 200))}`;
  }

  let waiting = 0;
  $("q").value = new URLSearchParams(location.search).get("q") || "";
  $("q").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE_MS);
  });
  $("q").addEventListener("change", show);
  show();
})();
