// What the scripts of every page share: elements, sentences with places to fill, days in words.
"use strict";

var TrackerPage = (() => {
  const $ = (id) => document.getElementById(id);

  // Everything goes in as text, never as markup; what is empty stays out.
  function el(tag, attributes, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value) made.setAttribute(name, value);
    made.append(...inside.flat().filter((x) => x));
    return made;
  }

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // `patterns` has for each month how its first day and how any other is written.
  function day(patterns, iso) {
    const [year, month, number] = iso.split("-").map(Number);
    return patterns[month - 1][number === 1 ? 0 : 1].replace("@", number).replace("#", year);
  }

  return { $, el, fill, day };
})();
