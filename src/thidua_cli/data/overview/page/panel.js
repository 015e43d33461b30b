"use strict";
// The panel of one unit. Panels are packed, some dozens together; a pack is unpacked when a unit of it is opened.

const packs = new Map();

/** Return the panels of a pack, unpacked once. */
function unpacked(number) {
  if (!packs.has(number)) packs.set(number, unpack(DATA.packs[number]));
  return packs.get(number);
}

async function unpack(letters) {
  const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

async function detailsOf(unit) {
  const pack = await unpacked(Math.floor(unit.index / DATA.pack_size));
  return pack[unit.index % DATA.pack_size];
}

const panel = {
  units: [],
  place: 0,

  build() {
    this.dialog = document.getElementById("panel");
    this.body = document.getElementById("panel-body");
    document.getElementById("panel-close").addEventListener("click", () => this.dialog.close());
    document.getElementById("panel-print").addEventListener("click", () => window.print());
    document.getElementById("panel-previous").addEventListener("click", () => this.step(-1));
    document.getElementById("panel-next").addEventListener("click", () => this.step(1));
    this.dialog.addEventListener("close", () => this.onClose());
    this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.altKey && event.key === "ArrowLeft") this.step(-1);
      else if (event.altKey && event.key === "ArrowRight") this.step(1);
      else return;
      event.preventDefault();
    });
  },

  /** Open the unit at a place of a list; `back` gives the focus back when the panel is closed. */
  async open(units, place, back) {
    Object.assign(this, { units, place, back });
    await this.draw();
    if (!this.dialog.open) this.dialog.showModal();
    document.body.classList.add("with-panel");
    this.body.focus();
  },

  onClose() {
    document.body.classList.remove("with-panel");
    this.back?.();
  },

  async step(by) {
    const place = this.place + by;
    if (place < 0 || place >= this.units.length) return;
    this.place = place;
    await this.draw();
    this.body.focus();
  },

  async draw() {
    const unit = this.units[this.place];
    if (!unit) return;
    this.words();
    try {
      const details = await detailsOf(unit);
      if (this.units[this.place] === unit) this.body.replaceChildren(...panelContent(unit, details));
    } catch (error) {
      if (typeof DecompressionStream !== "undefined") throw error;
      this.body.replaceChildren(panelHeading(unit), element("p", {}, word("unreadable")));
    }
    this.body.scrollTop = 0;
  },

  words() {
    const label = (id, text, name) => {
      const button = document.getElementById(id);
      button.textContent = text;
      button.setAttribute("aria-label", name);
      button.title = name;
    };
    label("panel-close", `✕ ${word("close")}`, word("close"));
    label("panel-previous", "←", word("previous"));
    label("panel-next", "→", word("next"));
    document.getElementById("panel-previous").disabled = this.place === 0;
    document.getElementById("panel-next").disabled = this.place >= this.units.length - 1;
  },
};

function panelHeading(unit) {
  return element("h2", { id: "panel-name" }, `${unit.name} (${unit.code})`);
}

/** Return everything that is said of a unit. */
function panelContent(unit, details) {
  return [
    panelHeading(unit),
    ...panelAnswer(unit, details),
    ...panelFigures(details),
    ...panelCriteria(details),
    ...panelList("doubts", details.doubts),
    ...panelFindings(details),
    ...panelAttest(details),
    ...panelCells(details),
  ];
}

function panelAnswer(unit, details) {
  const province = DATA.provinces[unit.province][1];
  const place = [said(DATA.levels[unit.level][1]), province === unit.name ? "" : province].filter(Boolean).join(" · ");
  const fields = [
    [word("verdict"), answerElement(unit.state, said(details.answer), unit.isDoubted)],
    [word("margin"), marginText(unit.margin, unit.isBound)],
    [word("class"), said(details.classes)],
    ...(details.unknown ? [[word("unknown_classes"), said(details.unknown)]] : []),
  ];
  return [
    element("p", { class: "place" }, place),
    element("dl", { class: "fields" }, ...fields.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
    ...(details.lines ?? []).map((line) => element("p", {}, said(line))),
  ];
}

function panelFigures(details) {
  if (!details.years) return [];
  const heads = ["year", "households", "poor", "near_poor", "both", "rate_short", "fall_of_rate", "fall_of_count"];
  const rows = details.years.map(([year, households, poor, near, both, rate, points, percent, isDoubted]) => [
    marked(String(year), isDoubted), ...[households, poor, near, both].map(count), ...[rate, points, percent].map(decimal),
  ]);
  const counted = details.years.filter((year) => year[5] !== null).map((year) => [year[0], year[5]]);
  return [
    element("h3", {}, word("figures")),
    figureTable(heads.map((name) => word(name)), rows, word("figures")),
    ...panelCharts(details.clauses ?? [], counted),
    notesElement(details.notes),
  ].filter(Boolean);
}

/** Draw the rates of the table beside what its clauses ask, and a chart of its own for each other measure. */
function panelCharts(clauses, counted) {
  const charts = [[0, counted, clauses.filter((each) => !each.rates)]];
  for (const each of clauses.filter((other) => other.rates)) {
    const { measure } = DATA.clauses[each.clause];
    const known = charts.find(([number]) => number === measure);
    if (known) known[2].push(each);
    else charts.push([measure, each.rates, [each]]);
  }
  return charts.filter(([, points]) => points.length > 1).map(([measure, points, asking]) =>
    chartElement(word("chart_rates", { rate: said(DATA.measures[measure][1]) }), points, asking.filter((each) => each.asked).map(askedLine)));
}

function askedLine(each) {
  return { name: `${word("asked")}: ${clauseName(each)}`, points: each.asked };
}

function clauseName(each) {
  return said(DATA.clauses[each.clause].text);
}

function notesElement(notes) {
  if (!notes || !notes.length) return "";
  return element("ul", { class: "notes" }, ...notes.map((note) => element("li", {}, said(note))));
}

function panelCriteria(details) {
  if (!details.clauses?.length) return [];
  return [element("h3", {}, word("criteria")), ...details.clauses.map(clauseElement)];
}

function clauseElement(each) {
  const clause = DATA.clauses[each.clause];
  const state = STATE_TOKENS[each.state];
  const name = said(clause.text);
  const words = said(each.answer) + (each.unsure ? ` (${word("may_not_apply")})` : "");
  const fields = [
    ...(each.formulas ?? []).map(([year, text]) => [`${word("formula")} ${year}`, element("span", { class: "formula" }, said(text))]),
    [word("margin"), marginText(each.margin, false)],
    ...(each.note ? [[word("reason"), said(each.note)]] : []),
    [word("reading"), said(clause.reading)],
    [word("source"), clause.citation],
  ];
  return element("section", { class: `clause ${state}` },
    element("h4", {}, name.charAt(0).toUpperCase() + name.slice(1)),
    element("p", {}, answerElement(state, words)),
    element("dl", { class: "fields" }, ...fields.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)])));
}

function panelList(name, lines) {
  if (!lines?.length) return [];
  return [element("h3", {}, word(name)), element("ul", {}, ...lines.map((line) => element("li", {}, said(line))))];
}

function panelFindings(details) {
  const heading = element("h3", {}, word("findings"));
  if (!details.found) return [heading, element("p", {}, word("no_findings"))];
  const concerns = ["concern_unit", "concern_sum", "concern_below"].map((name) => word(name));
  const rows = details.findings.map(([concern, code, severity, place, message]) => [
    said(message), place, `${said(DATA.severities[severity])} ${code} · ${concerns[concern]}`,
  ]);
  const heads = ["message", "place", "severity"].map((name) => word(name));
  const rest = details.found - details.findings.length;
  return [heading, tableElement(heads, rows, word("findings"), (number) => (number === 1 ? "text place-cell" : "text")), rest ? element("p", {}, word("more_findings", { count: count(rest) })) : ""].filter(Boolean);
}

/** Return the cells of criteria without a number: what is asked, what was said, by whom, the clause. */
function attestRows(attest) {
  return attest.map(([text, state, who, citation]) => [said(text), said(state), said(who) || MISSING, citation]);
}

const ATTEST_HEADS = ["criterion", "state", "attested_by", "source"];

function panelAttest(details) {
  if (!details.attest?.length) return [];
  const heads = ATTEST_HEADS.map((name) => word(name));
  const rows = attestRows(details.attest);
  return [element("h3", {}, word("attest")), textTable(heads, rows, word("attest"))];
}

/** Name the cells of every count by year-end: the sheet once, then the cells of each count. */
function panelCells(details) {
  if (!details.sources?.length) return [];
  const heads = ["figure", "value", "cell"].map((name) => element("th", { scope: "col", class: name === "value" ? "figure" : "text" }, word(name)));
  const bodies = details.sources.map(sourceRows);
  return [element("h3", {}, word("cells")), element("div", { class: "table-box", tabindex: 0, role: "group", "aria-label": word("cells") },
    element("table", { class: "sources" }, element("thead", {}, element("tr", {}, ...heads)), ...bodies))];
}

function sourceRows([measure, year, counts]) {
  const places = [...new Set(counts.flatMap(([, , , cells]) => cells.map(([place]) => place)))];
  const isOneSheet = places.length === 1;
  const of = measure ? ` · ${said(DATA.measures[measure][1])}` : "";
  const lead = `${word("year_end")} ${year}${of}${isOneSheet ? `: ${placeText(places[0])}` : ""}`;
  const rows = counts.map(([name, value, parts, cells, given]) => {
    const where = isOneSheet ? cells.map(([, cell]) => cell).join(", ") : cellText(cells);
    const told = [where, parts > 1 ? word("sum_of", { count: count(parts) }) : "", given].filter(Boolean).join("; ");
    return element("tr", {}, element("td", { class: "text" }, said(DATA.counts[name] ?? name)),
      element("td", { class: "figure" }, typeof value === "string" ? `${value}%` : count(value)),
      element("td", { class: "text" }, told || MISSING));
  });
  return element("tbody", {}, element("tr", {}, element("th", { scope: "rowgroup", colspan: 3, class: "text" }, lead)), ...rows);
}

function placeText(place) {
  return DATA.places[place].filter(Boolean).join(" › ");
}

function cellText(cells) {
  const byPlace = new Map();
  for (const [place, cell] of cells) {
    if (!byPlace.has(place)) byPlace.set(place, []);
    byPlace.get(place).push(cell);
  }
  return [...byPlace].map(([place, ranges]) => `${placeText(place)} › ${ranges.join(", ")}`).join("; ");
}

function figureTable(heads, rows, label) {
  return tableElement(heads, rows, label, (number) => (number ? "figure" : "text"));
}

function textTable(heads, rows, label) {
  return tableElement(heads, rows, label, () => "text");
}

/** Make a small table in a box that scrolls sideways where the screen is narrow. */
function tableElement(heads, rows, label, kind) {
  const head = element("tr", {}, ...heads.map((text, number) => element("th", { scope: "col", class: kind(number) }, text)));
  const body = rows.map((row) => element("tr", {}, ...row.map((text, number) => element("td", { class: kind(number) }, text))));
  return element("div", { class: "table-box", tabindex: 0, role: "group", "aria-label": label },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...body)));
}
