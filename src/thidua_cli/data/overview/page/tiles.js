"use strict";
// Units as tiles, province by province, coloured by answer or by the fall of the rate. Each tile carries its sign or its
// figure: without colours, or printed in black and white, it says the same.

/** Falls in hundredths of a point, from the least to the greatest: each band begins where the one before ends. */
const FALL_BANDS = [
  { id: "rise", below: 0, label: () => word("fall_rise") },
  { id: "fall-1", below: 300, label: () => word("fall_band", { band: "0–3" }) },
  { id: "fall-2", below: 600, label: () => word("fall_band", { band: "3–6" }) },
  { id: "fall-3", below: 1200, label: () => word("fall_band", { band: "6–12" }) },
  { id: "fall-4", below: Infinity, label: () => word("fall_band", { band: "≥ 12" }) },
];

function fallBand(unit) {
  return unit.fallPoints === undefined ? undefined : FALL_BANDS.find((band) => unit.fallPoints < band.below);
}

/** Make the choice of what a view is coloured by. */
function colourField(id, view) {
  const select = element("select", { id },
    element("option", { value: "verdict", selected: view.colour === "verdict" }, word("by_verdict")),
    element("option", { value: "fall", selected: view.colour === "fall" }, word("by_fall")));
  select.addEventListener("change", () => {
    view.colour = select.value;
    view.draw();
    document.getElementById(id).focus();
  });
  return element("div", { class: "field" }, element("label", { for: id }, word("colour")), select);
}

/** Say what colours and signs stand for; `sample` makes what stands before each word. */
function colourLegend(colour, sample = tileSample) {
  const items = colour === "verdict"
    ? [...STATES.map(([token, words]) => [token, SIGNS[token], said(words)]), ...(UNITS.some((unit) => unit.isDoubted) ? [["met doubted", "✓!", word("doubted")]] : [])]
    : [...FALL_BANDS.map((band) => [band.id, band.id === "rise" ? "▲" : "▼", band.label()]), ["fall-none", MISSING, word("fall_unknown")]];
  return element("ul", { class: "legend", "aria-label": word("legend") }, ...items.map(([kind, sign, words]) =>
    element("li", {}, sample(kind, sign), words)));
}

function tileSample(kind, sign) {
  return element("span", { class: `tile-sample ${kind}`, "aria-hidden": "true" }, sign);
}

const tiles = {
  colour: "verdict",
  units: [],
  isStale: true,

  build(host) {
    this.host = host;
    host.addEventListener("click", (event) => {
      const tile = event.target.closest(".tile");
      if (tile) this.open(tile);
    });
    host.addEventListener("keydown", (event) => this.onKey(event));
  },

  /** Draw the tiles of these units, if they are to be seen. */
  show(units) {
    this.units = units;
    this.isStale = true;
    if (!this.host.hidden) this.draw();
  },

  draw() {
    this.isStale = false;
    const groups = new Map();
    const level = this.level();
    this.units.forEach((unit, place) => {
      if (unit.level !== level) return;
      if (!groups.has(unit.province)) groups.set(unit.province, []);
      groups.get(unit.province).push([unit, place]);
    });
    const name = (province) => DATA.provinces[province][1] || word("elsewhere");
    const collator = new Intl.Collator("vi");
    const ordered = [...groups].sort(([one], [other]) => collator.compare(name(one), name(other)));
    this.host.replaceChildren(this.bar(), colourLegend(this.colour), ...ordered.map(([province, units]) => this.group(name(province), units)));
    if (!this.units.length) this.host.append(element("p", { class: "nothing" }, word("nothing")));
  },

  /** Return the lowest level above villages that is shown: units of two levels hold the same households. */
  level() {
    const levels = [...new Set(this.units.map((unit) => unit.level))].sort((one, other) => other - one);
    const village = LEVEL_TOKENS.indexOf("village");
    return levels.find((level) => level !== village) ?? levels[0];
  },

  bar() {
    const level = this.level();
    return element("div", { class: "tile-bar" }, colourField("tile-colour", this),
      level === undefined ? "" : element("p", { class: "hint" }, word("tiles_of", { level: said(DATA.levels[level][1]).toLowerCase() })));
  },

  group(name, units) {
    const row = element("div", { class: "tiles", role: "group", "aria-label": `${name}: ${units.length}` });
    units.forEach(([unit, place], number) => row.append(this.tile(unit, place, number === 0)));
    return element("section", { class: "tile-group" }, element("h3", {}, `${name} (${count(units.length)})`), row);
  },

  tile(unit, place, isFirst) {
    const band = fallBand(unit);
    const fall = unit.fallPoints === undefined ? word("fall_unknown") : `${columnName(SEEN.find((each) => each.id === "fallPoints"))}: ${decimal(unit.fallPoints)}`;
    const byVerdict = this.colour === "verdict";
    const label = `${unit.name} (${unit.code}): ${byVerdict ? said(unit.answer) : fall}`;
    const text = byVerdict ? signOf(unit.state, unit.isDoubted) : unit.fallPoints === undefined ? MISSING : String(Math.round(unit.fallPoints / 100));
    const kind = byVerdict ? unit.state + (unit.isDoubted ? " doubted" : "") : band?.id ?? "fall-none";
    return element("button", { type: "button", class: `tile ${kind}`, "aria-label": label, title: label, "data-place": place, "data-code": unit.code, tabindex: isFirst ? 0 : -1 }, text);
  },

  open(tile) {
    const code = tile.dataset.code;
    panel.open(this.units, Number(tile.dataset.place), () => this.focus(this.units[panel.place]?.code ?? code));
  },

  focus(code) {
    for (const tile of this.host.querySelectorAll(".tile")) {
      if (tile.dataset.code === code) return this.moveTo(tile);
    }
    return undefined;
  },

  moveTo(tile) {
    for (const each of tile.parentElement.querySelectorAll('[tabindex="0"]')) each.tabIndex = -1;
    tile.tabIndex = 0;
    tile.focus();
  },

  /** Arrow keys move within a province; up and down go to the tile above and below. */
  onKey(event) {
    const tile = event.target.closest(".tile");
    if (!tile) return;
    const all = [...tile.parentElement.children];
    const place = all.indexOf(tile);
    const across = all.filter((each) => each.offsetTop === all[0].offsetTop).length;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across, Home: -place, End: all.length - 1 - place };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const wanted = place + steps[event.key];
    if (all[wanted]) this.moveTo(all[wanted]);
  },
};
