"use strict";
// All units, and which of them are shown in which order: TanStack's table searches, filters and sorts.

const LEVEL_TOKENS = DATA.levels.map(([token]) => token);
const STATE_TOKENS = DATA.states.map(([token]) => token);
const FIRST_YEAR = DATA.years[0];
const LAST_YEAR = DATA.years[DATA.years.length - 1];

/** The columns of the data turned into one record per unit. */
const UNITS = DATA.units.code.map((code, index) => {
  const of = (name) => DATA.units[name][index];
  const figure = (name) => of(name) ?? undefined; // what is not known sorts last, as TanStack does with undefined
  return {
    index,
    code,
    name: of("name"),
    key: plain(`${code} ${of("name")}`),
    level: of("level"),
    province: of("province"),
    classes: of("classes"),
    state: STATE_TOKENS[of("state")],
    answer: DATA.answers[of("answer")],
    reliance: DATA.reliances[of("reliance")],
    isDoubted: ["despite", "accepted"].includes(DATA.reliances[of("reliance")]),
    rateFirst: figure("rate_first"),
    rateLast: figure("rate_last"),
    fallPoints: figure("fall_points"),
    fallPercent: figure("fall_percent"),
    doubted: of("doubted"),
    margin: figure("margin"),
    isBound: of("bound") === 1,
    latitude: of("latitude"),
    longitude: of("longitude"),
  };
});

/** Place of each unit in the Vietnamese order of names: compared once, not at every sorting. */
const NAME_ORDER = (() => {
  const collator = new Intl.Collator("vi");
  const order = new Int32Array(UNITS.length);
  let ordered = null;
  return (unit) => {
    if (ordered === null) {
      ordered = [...UNITS].sort((one, other) => collator.compare(one.name, other.name));
      ordered.forEach((each, place) => { order[each.index] = place; });
    }
    return order[unit.index];
  };
})();

const STATE_ORDER = ["met", "undetermined", "not_met", "refused", "no_criterion"];
const byNumber = (one, other, column) => one.getValue(column) - other.getValue(column);
const equals = (row, column, wanted) => row.getValue(column) === wanted;

/** What can be filtered and sorted by; the first few are the columns that are seen. */
const COLUMNS = [
  { id: "code", accessorFn: (unit) => unit.index, sortingFn: (one, other) => compareText(one, other) },
  { id: "name", accessorFn: NAME_ORDER, sortingFn: byNumber },
  { id: "level", accessorFn: (unit) => unit.level, sortingFn: byNumber, filterFn: equals },
  { id: "province", accessorFn: (unit) => unit.province, sortingFn: byNumber, filterFn: equals },
  { id: "class", accessorFn: (unit) => unit.classes, filterFn: hasClass },
  { id: "verdict", accessorFn: (unit) => unit.state, sortingFn: byState, filterFn: equals },
  { id: "doubt", accessorFn: (unit) => unit.reliance, filterFn: equals },
  ...["rateFirst", "rateLast", "fallPoints", "fallPercent", "margin"].map((id) => ({
    id,
    accessorFn: (unit) => unit[id],
    sortingFn: byNumber,
    sortUndefined: "last",
  })),
];

function compareText(one, other) {
  const [left, right] = [one.original.code, other.original.code];
  return left < right ? -1 : left > right ? 1 : 0;
}

function byState(one, other) {
  return STATE_ORDER.indexOf(one.original.state) - STATE_ORDER.indexOf(other.original.state);
}

/** Say whether a unit is in a class, named by its Vietnamese words; "" asks for those that are in none. */
function hasClass(row, _, wanted) {
  const classes = DATA.classes[row.original.classes];
  return wanted === "" ? classes.length === 0 : classes.some((each) => classKey(each) === wanted);
}

function classKey(text) {
  return Array.isArray(text) ? text[0] : text;
}

let tableState = null;
const TABLE = libraries.createTable({
  data: UNITS,
  columns: COLUMNS,
  state: {},
  onStateChange: (updater) => setTableState(typeof updater === "function" ? updater(tableState) : updater),
  renderFallbackValue: null,
  getRowId: (unit) => String(unit.index),
  getCoreRowModel: libraries.getCoreRowModel(),
  getFilteredRowModel: libraries.getFilteredRowModel(),
  getSortedRowModel: libraries.getSortedRowModel(),
  // One pass over the keys that were made when the page opened: every word must stand somewhere in code or name.
  globalFilterFn: (row, _, words) => words.every((each) => row.original.key.includes(each)),
  getColumnCanGlobalFilter: (column) => column.id === "code",
  autoResetAll: false,
  sortDescFirst: false,
});

function setTableState(state) {
  tableState = state;
  TABLE.setOptions((previous) => ({ ...previous, state }));
}

setTableState({ ...TABLE.initialState, globalFilter: undefined, columnFilters: [], sorting: [] });

/** Return the units that are shown, in order. */
function shownUnits() {
  return TABLE.getSortedRowModel().rows.map((row) => row.original);
}

/** Search for words in codes and names. */
function searchFor(text) {
  const words = plain(text).split(/\s+/).filter(Boolean);
  TABLE.setGlobalFilter(words.length ? words : undefined);
}

/** Show only units of which a column has a value; undefined shows all. */
function filterBy(column, value) {
  TABLE.getColumn(column).setFilterValue(value);
}

/** Sort by a column: upwards, then downwards, then in the order of the files again. Figures begin from the top. */
function sortBy(column, isText) {
  const [current] = tableState.sorting;
  const first = !isText; // whether the first sorting is a falling one
  if (!current || current.id !== column) TABLE.setSorting([{ id: column, desc: first }]);
  else if (current.desc === first) TABLE.setSorting([{ id: column, desc: !first }]);
  else TABLE.setSorting([]);
}
