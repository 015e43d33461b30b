"use strict";
// Communes where they lie, one mark each: a point is known, no border. Marks differ in shape as well as in colour.

const MAP = { width: 900, height: 1000, edge: 14 };

/** Path of each mark around 0, 0 for a radius of 1: filled circle, cross, triangle, ring. */
const MARKS = {
  met: "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0",
  not_met: "M-0.9 -0.9L0.9 0.9M-0.9 0.9L0.9 -0.9",
  undetermined: "M0 -1L1 0.8L-1 0.8Z",
  no_criterion: "M-0.5 0a0.5 0.5 0 1 0 1 0a0.5 0.5 0 1 0 -1 0",
};
MARKS.refused = MARKS.not_met;
MARKS.rise = MARKS.undetermined;
MARKS["fall-none"] = MARKS.no_criterion;
/** From so many marks on their outlines would hide what fills them. */
const DENSE = 1500;

const map = {
  colour: "verdict",
  units: [],
  isStale: true,

  build(host) {
    this.host = host;
    host.addEventListener("click", (event) => {
      const mark = event.target.closest("[data-place]");
      if (mark) panel.open(this.units, Number(mark.dataset.place), () => document.getElementById("show-map").focus());
    });
  },

  /** Draw the marks of these units, if they are to be seen. */
  show(units) {
    this.units = units;
    this.isStale = true;
    if (!this.host.hidden) this.draw();
  },

  draw() {
    this.isStale = false;
    const placed = this.units.map((unit, place) => [unit, place]).filter(([unit]) => unit.latitude !== null);
    const without = this.units.filter((unit) => unit.latitude === null && LEVEL_TOKENS[unit.level] === "commune").length;
    const bar = element("div", { class: "tile-bar" }, colourField("map-colour", this), element("p", { class: "hint" }, word("map_hint")));
    this.host.replaceChildren(bar, colourLegend(this.colour, markSample), placed.length ? this.picture(placed) : element("p", { class: "nothing" }, word("nothing")));
    if (without) this.host.append(element("p", { class: "hint" }, word("not_on_map", { count: count(without) })));
  },

  picture(placed) {
    const archipelagos = DATA.archipelagos.map(([name, latitude, longitude]) => ({ name: said(name), latitude, longitude }));
    const [x, y, size] = mapScales([...placed.map(([unit]) => unit), ...archipelagos]);
    const radius = Math.max(2.5, Math.min(9, 160 / Math.sqrt(placed.length)));
    const picture = svg("svg", { viewBox: `0 0 ${size[0]} ${size[1]}`, class: placed.length < DENSE ? "map" : "map dense", role: "img", "aria-label": word("map_of", { count: count(placed.length) }) });
    for (const [unit, place] of placed) {
      const kind = this.colour === "verdict" ? unit.state : fallBand(unit)?.id ?? "fall-none";
      const mark = svg("path", {
        d: MARKS[kind] ?? MARKS.met, class: `mark ${kind}${unit.isDoubted && this.colour === "verdict" ? " doubted" : ""}`, "data-place": place, "data-code": unit.code,
        transform: `translate(${x(unit.longitude).toFixed(1)} ${y(unit.latitude).toFixed(1)}) scale(${radius.toFixed(2)})`,
      });
      mark.append(svg("title", {}, `${unit.name} (${unit.code}): ${this.colour === "verdict" ? said(unit.answer) : decimal(unit.fallPoints)}`));
      picture.append(mark);
    }
    for (const { name, latitude, longitude } of archipelagos) {
      const place = { x: Math.min(x(longitude), size[0] - 90), y: y(latitude) + 22, "text-anchor": "middle", class: "archipelago" };
      picture.append(svg("text", place, name));
      if (!placed.some(([unit]) => unit.latitude === latitude && unit.longitude === longitude)) {
        picture.append(svg("circle", { cx: x(longitude), cy: y(latitude), r: 3, class: "archipelago-place" }));
      }
    }
    return picture;
  },
};

function markSample(kind) {
  const picture = svg("svg", { viewBox: "-1.5 -1.5 3 3", class: "mark-sample", "aria-hidden": "true" });
  picture.append(svg("path", { d: MARKS[kind.split(" ")[0]] ?? MARKS.met, class: `mark ${kind}` }));
  return picture;
}

/** Return scales from thousandths of a degree to the picture, alike in both directions at the latitude of the middle. */
function mapScales(units) {
  const across = units.map((unit) => unit.longitude);
  const up = units.map((unit) => unit.latitude);
  const ends = (values) => [values.reduce((one, other) => Math.min(one, other)), values.reduce((one, other) => Math.max(one, other))];
  const [west, east] = ends(across);
  const [south, north] = ends(up);
  const narrowing = Math.cos(((south + north) / 2000) * (Math.PI / 180));
  const [wide, high] = [Math.max((east - west) * narrowing, 1), Math.max(north - south, 1)];
  const scale = Math.min((MAP.width - 2 * MAP.edge) / wide, (MAP.height - 2 * MAP.edge) / high);
  const size = [wide * scale + 2 * MAP.edge, high * scale + 2 * MAP.edge];
  return [
    libraries.scaleLinear([west, Math.max(east, west + 1)], [MAP.edge, size[0] - MAP.edge]),
    libraries.scaleLinear([south, Math.max(north, south + 1)], [size[1] - MAP.edge, MAP.edge]),
    size.map(Math.ceil),
  ];
}
