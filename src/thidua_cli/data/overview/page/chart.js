"use strict";
// A chart of one unit: what was counted at each year-end, and the highest that would still meet each clause. Lines are
// told apart by dashes and marks, not by colour alone; scales and lines are those of D3.

const SVG = "http://www.w3.org/2000/svg";
const CHART = { width: 560, height: 240, left: 16, right: 16, top: 28, bottom: 28 };
const DASHES = ["6 4", "2 3", "10 3 2 3"];

function svg(tag, attributes = {}, text = "") {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text) made.textContent = text;
  return made;
}

/**
 * Draw one chart.
 * @param title What it shows.
 * @param counted [year, rate] of what was counted, in hundredths of a percent.
 * @param asked List of {name, points: [year, rate]}: at which rate each clause would lie exactly at its threshold.
 */
function chartElement(title, counted, asked) {
  const years = [...new Set([counted, ...asked.map((each) => each.points)].flat().map(([year]) => year))].sort();
  const figures = [counted, ...asked.map((each) => each.points)].flat().map(([, figure]) => figure);
  const x = libraries.scalePoint(years, [CHART.left + 30, CHART.width - CHART.right - 30]);
  const y = libraries.scaleLinear([0, Math.max(...figures, 1)], [CHART.height - CHART.bottom, CHART.top]);
  const picture = svg("svg", {
    viewBox: `0 0 ${CHART.width} ${CHART.height}`, class: "chart", role: "img", "aria-label": description(title, counted, asked),
  });
  picture.append(svg("line", { class: "axis", x1: CHART.left, x2: CHART.width - CHART.right, y1: y(0), y2: y(0) }));
  for (const year of years) {
    picture.append(svg("text", { class: "tick", x: x(year), y: CHART.height - 8, "text-anchor": "middle" }, String(year)));
  }
  const path = libraries.line((point) => x(point[0]), (point) => y(point[1]));
  asked.forEach((each, number) => drawAsked(picture, each.points, path, x, y, number));
  picture.append(svg("path", { class: "counted", d: path(counted) ?? "" }));
  for (const [year, figure] of counted) {
    picture.append(svg("circle", { class: "counted-point", cx: x(year), cy: y(figure), r: 4 }));
    picture.append(svg("text", { class: "figure", x: x(year), y: y(figure) - 10, "text-anchor": "middle" }, decimal(figure)));
  }
  return element("figure", { class: "chart-figure" }, element("figcaption", {}, title), picture, legend(asked));
}

function drawAsked(picture, points, path, x, y, number) {
  picture.append(svg("path", { class: "asked", d: path(points) ?? "", "stroke-dasharray": DASHES[number % DASHES.length] }));
  for (const [year, figure] of points) {
    const [across, down] = [x(year), y(figure)];
    const corners = [[0, -5], [5, 0], [0, 5], [-5, 0]].map(([dx, dy]) => `${across + dx},${down + dy}`);
    picture.append(svg("polygon", { class: "asked-point", points: corners.join(" ") }));
  }
}

function legend(asked) {
  const items = [["counted", word("counted"), "none"], ...asked.map((each, number) => [
    "asked", each.name, DASHES[number % DASHES.length],
  ])];
  return element("ul", { class: "chart-legend" }, ...items.map(([kind, name, dashes]) => {
    const sample = svg("svg", { viewBox: "0 0 34 10", class: "sample", "aria-hidden": "true" });
    sample.append(svg("line", { class: kind, x1: 0, x2: 34, y1: 5, y2: 5, "stroke-dasharray": dashes }));
    return element("li", {}, sample, name);
  }));
}

/** Say what is to be seen, for who cannot see it. */
function description(title, counted, asked) {
  const told = (points) => points.map(([year, figure]) => `${year}: ${decimal(figure)}`).join("; ");
  const lines = asked.map((each) => `${each.name}: ${told(each.points)}`);
  return [`${title}. ${word("counted")}: ${told(counted)}`, ...lines].join(". ");
}
