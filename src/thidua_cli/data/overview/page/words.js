"use strict";
// The data of the page, its words in the language chosen, numbers as that language writes them, and the one function
// that makes elements. Whatever comes from files is put in as text, never as markup.

const DATA = JSON.parse(document.getElementById("overview-data").textContent);
const MISSING = "–";
/** What stands for each answer beside its words, so that no answer hangs on a colour. */
const SIGNS = { met: "✓", not_met: "✗", undetermined: "?", no_criterion: "–", refused: "✗" };
/** Answers that some unit of the page has or may have: that a criterion was refused is named where it was. */
const STATES = DATA.states.filter(([token], place) => token !== "refused" || DATA.summary.some((level) => level.states[place]));

let language = DATA.language;

/** Return a text of the data in the language of the page; a text alone is the same in both. */
function said(text) {
  if (text === null || text === undefined) return "";
  return Array.isArray(text) ? text[language === "en" ? 1 : 0] : text;
}

/** Return a word of the page, with the values that it has room for. */
function word(name, values = {}) {
  return said(DATA.words[name]).replace(/\{(\w+)\}/g, (mark, key) => (key in values ? String(values[key]) : mark));
}

/** Write a whole number with the separator of the language: 1.234 or 1,234. */
function count(number) {
  if (number === null || number === undefined) return MISSING;
  const digits = String(Math.abs(number)).replace(/\B(?=(\d{3})+$)/g, language === "en" ? "," : ".");
  return (number < 0 ? "-" : "") + digits;
}

/** Write hundredths as a number with two decimals: 406 is 4,06. Whole numbers all the way, as they were rounded once. */
function decimal(hundredths) {
  if (hundredths === null || hundredths === undefined) return MISSING;
  const size = Math.abs(hundredths);
  const part = String(size % 100).padStart(2, "0");
  return (hundredths < 0 ? "-" : "") + count(Math.floor(size / 100)) + (language === "en" ? "." : ",") + part;
}

/** Mark a figure that rests on a disputed cell, as every paper does. */
function marked(text, isDoubted) {
  return isDoubted && text !== MISSING ? `${text}\u00a0(?)` : text;
}

/** Say in words how far an answer is from changing. */
function marginText(margin, isBound) {
  if (margin === null || margin === undefined) return MISSING;
  const values = { least: isBound ? word("least") : "", count: count(Math.abs(margin)) };
  return word(margin < 0 ? "lacking" : "spare", values);
}

/** Return the letters that a search looks at: small, without accents. Đ has no decomposition in Unicode. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
}

/** Make an element with attributes and children; a child that is a string is text. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Return the sign of an answer; one that stands in spite of errors never looks like a clean one. */
function signOf(state, isDoubted) {
  return SIGNS[state] + (isDoubted ? "!" : "");
}

/** Make an answer: its sign for the eye, its words for everybody. */
function answerElement(state, words, isDoubted = false) {
  const sign = element("span", { class: "sign", "aria-hidden": "true" }, signOf(state, isDoubted));
  const isLong = words.length > 20; // two lines of a row
  return element("span", { class: `answer ${state}${isDoubted ? " doubted" : ""}${isLong ? " long" : ""}` }, sign, element("span", { class: "answer-words" }, words));
}
