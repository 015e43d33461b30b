"use strict";
// The table of units. Only the rows in sight are in the page (TanStack's virtualizer), so that ten thousand units open
// at once; a screen reader is told by aria-rowcount and aria-rowindex how many there are and which one it reads.

/** The columns that are seen: name, whether it is text, what stands in a cell. */
const SEEN = seenColumns([
  { id: "code", word: "code", isText: true, cell: (unit) => unit.code },
  { id: "name", word: "name", isText: true, cell: (unit) => unit.name },
  { id: "level", word: "level", isText: true, cell: (unit) => said(DATA.levels[unit.level][1]) },
  { id: "province", word: "province", isText: true, cell: (unit) => provinceName(unit) },
  { id: "class", word: "class", isText: true, cell: (unit) => classText(unit), isFixed: true },
  { id: "verdict", word: "verdict", isText: true, cell: (unit) => answerElement(unit.state, said(unit.answer), unit.isDoubted) },
  { id: "rateFirst", word: "rate_first", values: { year: FIRST_YEAR }, cell: (unit) => marked(decimal(unit.rateFirst), unit.doubted & 1) },
  { id: "rateLast", word: "rate_last", values: { year: LAST_YEAR }, cell: (unit) => marked(decimal(unit.rateLast), unit.doubted & 2) },
  { id: "fallPoints", word: "fall_points", cell: (unit) => marked(decimal(unit.fallPoints), unit.doubted) },
  { id: "fallPercent", word: "fall_percent", cell: (unit) => marked(decimal(unit.fallPercent), unit.doubted) },
  { id: "margin", word: "margin", cell: (unit) => marginText(unit.margin, unit.isBound) },
]);

/** Leave out the column of provinces where all units are of one. */
function seenColumns(columns) {
  return DATA.provinces.filter(([, name]) => name).length > 1 ? columns : columns.filter((column) => column.id !== "province");
}

function classText(unit) {
  return DATA.classes[unit.classes].map(said).join(", ") || MISSING;
}

/** Name a province without the word for its type, which the heading says. */
function provinceName(unit) {
  return DATA.provinces[unit.province][1].replace(/^(Tỉnh|Thành phố) /, "");
}

function columnName(column) {
  return word(column.word, column.values ?? {});
}

const unitTable = {
  units: [],
  rows: new Map(),
  current: 0,
  isNarrow: window.matchMedia("(max-width: 46rem)"),

  build(host) {
    this.body = element("div", { role: "rowgroup", class: "grid-body" });
    this.head = element("div", { role: "rowgroup", class: "grid-head" });
    this.grid = element("div", { role: "grid", class: SEEN.some((column) => column.id === "province") ? "grid" : "grid in-one-province", "aria-labelledby": "units-heading", "aria-describedby": "keys" }, this.head, this.body);
    this.scroll = element("div", { class: "grid-scroll" }, this.grid);
    this.empty = element("p", { class: "nothing", hidden: true });
    host.replaceChildren(this.scroll, this.empty);
    this.virtual = new libraries.Virtualizer({
      count: 0,
      getScrollElement: () => this.scroll,
      estimateSize: () => this.rowHeight(),
      overscan: 10,
      scrollToFn: libraries.elementScroll,
      observeElementRect: libraries.observeElementRect,
      observeElementOffset: libraries.observeElementOffset,
      onChange: () => this.draw(),
    });
    this.virtual._didMount();
    this.isNarrow.addEventListener("change", () => { this.virtual.measure(); this.show(this.units); });
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("[role=row]");
      if (row) this.open(Number(row.dataset.place));
    });
    this.body.addEventListener("keydown", (event) => this.onKey(event));
    this.body.addEventListener("focusin", (event) => {
      const row = event.target.closest("[role=row]");
      if (row) this.setCurrent(Number(row.dataset.place));
    });
  },

  /** Return the height of a row in pixels, as the style sheet has it: two lines on a narrow screen. */
  rowHeight() {
    return this.isNarrow.matches ? 64 : 36;
  },

  /** Show these units from the first on; words are drawn in the language of the page. */
  show(units, keepPlace = false) {
    this.units = units;
    this.current = keepPlace ? Math.min(this.current, Math.max(units.length - 1, 0)) : 0;
    this.rows.forEach((row) => row.remove());
    this.rows.clear();
    this.drawHead();
    this.grid.setAttribute("aria-rowcount", String(units.length + 1));
    this.grid.setAttribute("aria-colcount", String(SEEN.length));
    this.grid.hidden = units.length === 0;
    this.empty.hidden = units.length !== 0;
    this.empty.textContent = word("nothing");
    this.virtual.setOptions({ ...this.virtual.options, count: units.length });
    this.virtual._willUpdate();
    if (!keepPlace) this.scroll.scrollTop = 0;
    this.draw();
  },

  drawHead() {
    const [sorting] = tableState.sorting;
    const focused = document.activeElement?.dataset?.sort;
    const row = element("div", { role: "row", class: "row head", "aria-rowindex": 1 });
    SEEN.forEach((column, place) => {
      const isSorted = sorting?.id === column.id;
      const name = columnName(column);
      const mark = isSorted ? (sorting.desc ? " ▼" : " ▲") : "";
      const label = column.isFixed ? name : element("button", { type: "button", "data-sort": column.id, title: word("sort_by", { column: name }) }, name, element("span", { "aria-hidden": "true" }, mark));
      row.append(element("div", {
        role: "columnheader", class: `cell ${column.id} ${column.isText ? "text" : "figure"}`, "aria-colindex": place + 1,
        "aria-sort": column.isFixed ? null : isSorted ? (sorting.desc ? "descending" : "ascending") : "none",
      }, label));
    });
    row.addEventListener("click", (event) => {
      const button = event.target.closest("[data-sort]");
      if (button) sortFrom(button.dataset.sort);
    });
    this.head.replaceChildren(row);
    if (focused) this.head.querySelector(`[data-sort="${focused}"]`)?.focus();
  },

  /** Put the rows in sight into the page, and take the others out; a row that has the focus stays. */
  draw() {
    const items = this.virtual.getVirtualItems();
    this.body.style.height = `${this.virtual.getTotalSize()}px`;
    const wanted = new Set(items.map((item) => item.index));
    for (const [place, row] of this.rows) {
      if (wanted.has(place) || row.contains(document.activeElement)) continue;
      row.remove();
      this.rows.delete(place);
    }
    for (const item of items) {
      if (this.rows.has(item.index)) continue;
      const row = this.row(item.index);
      row.style.transform = `translateY(${item.start}px)`;
      this.rows.set(item.index, row);
      const after = [...this.rows.keys()].filter((place) => place > item.index).sort((one, other) => one - other)[0];
      this.body.insertBefore(row, after === undefined ? null : this.rows.get(after));
    }
  },

  row(place) {
    const unit = this.units[place];
    const row = element("div", {
      role: "row", class: `row unit ${unit.state}`, "aria-rowindex": place + 2, "data-place": place, "data-code": unit.code,
      tabindex: place === this.current ? 0 : -1,
    });
    SEEN.forEach((column, number) => {
      const content = column.cell(unit);
      const title = typeof content === "string" ? content : content.textContent;
      row.append(element("div", { role: "gridcell", class: `cell ${column.id} ${column.isText ? "text" : "figure"}`, "aria-colindex": number + 1, title }, content));
    });
    return row;
  },

  setCurrent(place) {
    this.rows.get(this.current)?.setAttribute("tabindex", "-1");
    this.current = place;
    this.rows.get(place)?.setAttribute("tabindex", "0");
  },

  /** Bring a row into sight and give it the focus. */
  focus(place) {
    if (!this.units.length) return;
    const within = Math.max(0, Math.min(this.units.length - 1, place));
    this.virtual.scrollToIndex(within, { align: "auto" });
    this.virtual._willUpdate();
    this.draw();
    if (!this.rows.has(within)) {
      // The page has not laid out the new place yet: the row is made now, so that the focus is never nowhere.
      const row = this.row(within);
      row.style.transform = `translateY(${within * this.rowHeight()}px)`;
      this.rows.set(within, row);
      this.body.append(row);
    }
    this.setCurrent(within);
    this.rows.get(within).focus({ preventScroll: true });
  },

  open(place) {
    this.setCurrent(place);
    panel.open(this.units, place, () => this.focus(panel.place));
  },

  onKey(event) {
    const page = Math.max(1, Math.floor(this.scroll.clientHeight / this.rowHeight()) - 2);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps) this.focus(this.current + steps[event.key]);
    else if (event.key === "Enter" || event.key === " ") this.open(this.current);
    else return;
    event.preventDefault();
  },
};

/** Make a plain table of all units that are shown, for paper. */
function printTable(units) {
  const heads = SEEN.map((column) => element("th", { scope: "col", class: column.isText ? "text" : "figure" }, columnName(column)));
  const rows = units.map((unit) => element("tr", {}, ...SEEN.map((column) => element("td", { class: column.isText ? "text" : "figure" }, column.cell(unit)))));
  return element("table", { class: "units-on-paper" }, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...rows));
}
