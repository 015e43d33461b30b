"use strict";
// The page is filled here, and filled again when the language changes.

const THEMES = ["auto", "light", "dark"];

function drawWords() {
  document.documentElement.lang = language;
  document.title = word("heading");
  for (const each of document.querySelectorAll("[data-word]")) each.textContent = word(each.dataset.word);
  document.getElementById("switch-language").textContent = word("other_language");
  document.getElementById("switch-language").lang = language === "en" ? "vi" : "en";
  drawTheme();
}

function drawTheme() {
  const theme = document.documentElement.dataset.theme;
  document.getElementById("switch-theme").textContent = word("theme", { theme: word(`theme_${theme}`) });
}

function drawHeading() {
  const { superior, agency, number } = DATA.office;
  const lines = [superior && element("p", { class: "superior" }, superior), agency && element("p", { class: "agency" }, agency), number && element("p", {}, word("number", { number }))];
  document.getElementById("office").replaceChildren(...lines.filter(Boolean));
  document.getElementById("rules").textContent = said(DATA.rules);
}

/** Show the answers of each level and its sums at both ends: what is summed is said beside it. */
function drawSummary() {
  const heads = ["level", "units", ...STATES.map(([token, words]) => `${SIGNS[token]} ${said(words)}`), "year_end", "households", "poor", "near_poor", "rate"];
  const head = element("tr", {}, ...heads.map((name, place) => element("th", { scope: "col", class: place ? "figure" : "text" }, DATA.words[name] ? word(name) : name)));
  const bodies = DATA.summary.map((level) => element("tbody", {}, ...summaryRows(level)));
  const isPartial = DATA.summary.some((level) => level.sums.length);
  const box = element("div", { class: "table-box", tabindex: 0, role: "group", "aria-labelledby": "summary-heading" },
    element("table", { class: "summary" }, element("thead", {}, head), ...bodies));
  document.getElementById("summary-figures").replaceChildren(box, isPartial ? element("p", { class: "hint" }, `${word("summed_note")} ${DATA.summary.some((level) => level.doubted) ? word("doubt_note") : ""}`) : "");
}

function summaryRows(level) {
  const sums = level.sums.length ? level.sums : [[null, null, null, null, null]];
  return sums.map((sum, place) => {
    const [year, households, poor, near, rate] = sum;
    const lead = place ? [] : [
      element("th", { scope: "rowgroup", rowspan: sums.length, class: "text" }, said(DATA.levels[level.level][1]), level.sums.length && level.summed < level.units ? element("span", { class: "hint block" }, word("summed", { some: count(level.summed) })) : "",
        level.doubted ? element("span", { class: "hint block" }, word("doubted_units", { some: count(level.doubted) })) : ""),
      ...[level.units, ...level.states.slice(0, STATES.length)].map((number) => element("td", { rowspan: sums.length, class: "figure" }, count(number))),
    ];
    return element("tr", {}, ...lead,
      element("td", { class: "figure" }, year === null ? MISSING : String(year)),
      ...[households, poor, near].map((number) => element("td", { class: "figure" }, marked(count(number), level.doubted))),
      element("td", { class: "figure" }, marked(decimal(rate), level.doubted)));
  });
}

/** Show who is judged and stands in no table: organisations, households, officials, enterprises. */
function drawSubjects() {
  document.getElementById("subjects").hidden = DATA.subjects.length === 0;
  const rows = DATA.subjects.flatMap(([kind, name, attest]) => attestRows(attest).map((cells) => [`${name} (${said(kind)})`, ...cells]));
  const heads = ["subject", ...ATTEST_HEADS].map((name) => word(name));
  document.getElementById("subjects-table").replaceChildren(textTable(heads, rows, word("subjects")));
}

function drawFoot() {
  document.getElementById("files").replaceChildren(...DATA.files.map(([file, hash]) =>
    element("li", {}, file, " ", element("code", {}, `SHA-256 ${hash}`))));
  document.getElementById("made-with").textContent = word("made_with", { program: DATA.program });
}

function drawAll() {
  drawWords();
  drawHeading();
  drawSummary();
  drawSubjects();
  drawFoot();
  toolbar.drawFilters();
  toolbar.drawViews();
  refresh(true);
  if (panel.dialog.open) panel.draw();
}

document.getElementById("switch-language").addEventListener("click", () => {
  language = language === "en" ? "vi" : "en";
  drawAll();
});
document.getElementById("switch-theme").addEventListener("click", () => {
  const theme = THEMES[(THEMES.indexOf(document.documentElement.dataset.theme) + 1) % THEMES.length];
  document.documentElement.dataset.theme = theme;
  drawTheme();
});
document.getElementById("print").addEventListener("click", () => window.print());
// On paper there is nothing to scroll: all units that are shown, or the panel that is open, are laid out as a part of the
// page, and taken away again. Tiles stand on paper as they stand on the page.
window.addEventListener("beforeprint", () => {
  const paper = document.getElementById("paper");
  if (panel.dialog.open) paper.replaceChildren(...[...panel.body.children].map((child) => child.cloneNode(true)));
  else if (toolbar.view === "table") paper.replaceChildren(printTable(unitTable.units));
  paper.hidden = false;
});
window.addEventListener("afterprint", () => {
  const paper = document.getElementById("paper");
  paper.replaceChildren();
  paper.hidden = true;
});

unitTable.build(document.getElementById("view-table"));
tiles.build(document.getElementById("view-tiles"));
map.build(document.getElementById("view-map"));
panel.build();
toolbar.build();
drawAll();
document.documentElement.dataset.ready = "true";
