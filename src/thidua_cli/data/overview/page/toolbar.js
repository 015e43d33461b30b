"use strict";
// Search, filters, the choice of view, and what is said of how many units are shown.

/** The lists to choose from: which column, its word, and its choices as [value, words]. */
const FILTERS = [
  { id: "level", choices: () => choicesOf("level", (level) => said(DATA.levels[level][1])) },
  { id: "province", choices: () => choicesOf("province", (province) => DATA.provinces[province][1] || word("elsewhere")) },
  { id: "class", choices: classChoices },
  { id: "verdict", choices: () => STATES.filter(([token]) => UNITS.some((unit) => unit.state === token)).map(([token, words]) => [token, `${SIGNS[token]} ${said(words)}`]) },
  { id: "doubt", choices: () => choicesOf("reliance", (reliance) => word(`doubt_${reliance}`)) },
];

function choicesOf(field, words) {
  const values = [...new Set(UNITS.map((unit) => unit[field]))];
  const choices = values.map((value) => [value, words(value)]);
  return field === "province" ? choices.sort((one, other) => one[1].localeCompare(other[1], "vi")) : choices;
}

function classChoices() {
  const known = new Map();
  for (const classes of DATA.classes) for (const each of classes) known.set(classKey(each), said(each));
  return [...known, ["", word("no_class")]];
}

/** The views, of which the map is one where any position is known. */
const VIEWS = ["table", "tiles", ...(UNITS.some((unit) => unit.latitude !== null) ? ["map"] : [])];

const toolbar = {
  values: {},
  view: "table",

  build() {
    this.form = document.getElementById("filters");
    this.search = document.getElementById("search");
    this.search.addEventListener("input", () => this.onSearch());
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.drawFilters();
    this.drawViews();
  },

  onSearch() {
    // While somebody types, only the last letters are worth a search.
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => { searchFor(this.search.value); refresh(); }, 80);
  },

  drawFilters() {
    for (const old of this.form.querySelectorAll(".field.chosen, .reset")) old.remove();
    for (const filter of FILTERS) {
      const choices = filter.choices();
      if (choices.length < 2) continue;
      const select = element("select", { id: `filter-${filter.id}` }, element("option", { value: "-1" }, word("any")),
        ...choices.map(([value, words], place) => element("option", { value: place, selected: this.values[filter.id] === value }, words)));
      select.addEventListener("change", () => {
        const [value] = choices[Number(select.value)] ?? [undefined];
        this.values[filter.id] = value;
        filterBy(filter.id, value);
        refresh();
      });
      this.form.append(element("div", { class: "field chosen" }, element("label", { for: select.id }, word(filter.id)), select));
    }
    const reset = element("button", { type: "button", class: "reset", id: "reset" }, word("reset"));
    reset.addEventListener("click", () => this.reset());
    this.form.append(reset);
  },

  reset() {
    this.values = {};
    this.search.value = "";
    searchFor("");
    FILTERS.forEach((filter) => filterBy(filter.id, undefined));
    this.drawFilters();
    refresh();
    document.getElementById("reset").focus();
  },

  drawViews() {
    const host = document.getElementById("views");
    host.setAttribute("aria-label", word("view"));
    host.replaceChildren(...VIEWS.map((name) => {
      const button = element("button", { type: "button", id: `show-${name}`, "aria-pressed": String(this.view === name) }, word(`view_${name}`));
      button.addEventListener("click", () => this.choose(name));
      return button;
    }));
  },

  choose(name) {
    this.view = name;
    for (const each of VIEWS) {
      document.getElementById(`view-${each}`).hidden = each !== name;
      document.getElementById(`show-${each}`).setAttribute("aria-pressed", String(each === name));
    }
    document.getElementById("keys").hidden = name !== "table";
    if (name === "tiles" && tiles.isStale) tiles.draw();
    if (name === "map" && map.isStale) map.draw();
    if (name === "table") unitTable.show(unitTable.units, true);
  },

  tell(units) {
    document.getElementById("count").textContent = word("shown", { some: count(units.length), all: count(UNITS.length) });
  },
};

/** Show what fits the search and the filters, in every view. */
function refresh(keepPlace = false) {
  const units = shownUnits();
  unitTable.show(units, keepPlace);
  tiles.show(units);
  map.show(units);
  toolbar.tell(units);
}

/** Sort by a column, and say so. */
function sortFrom(id) {
  const column = SEEN.find((each) => each.id === id);
  sortBy(id, Boolean(column.isText));
  refresh();
  const [sorting] = tableState.sorting;
  const told = sorting ? word(sorting.desc ? "sorted_down" : "sorted_up", { column: columnName(column) }) : "";
  document.getElementById("count").textContent += told ? ` · ${told}` : "";
}
