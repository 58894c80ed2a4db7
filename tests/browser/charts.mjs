// Charts as a test sees them: data to draw, what stands on the canvas, fingers.
import { seen, until } from "./pages.mjs";

/** The beginning of the data that `dump` makes, in seconds. */
export const START = 1_700_000_000;
const EVERY = 15;

/**
 * An OpenMetrics dump: for each series `{ labels, value(minute) }` a sample each quarter of a minute for so many minutes;
 * none where the value is undefined.
 */
export function dump(name, series, minutes = 30) {
  const lines = [`# TYPE ${name} gauge`];
  for (const { labels, value } of series) {
    for (let at = 0; at <= minutes * 60; at += EVERY) {
      const number = value(at / 60);
      if (number !== undefined) lines.push(`${name}${labels} ${number} ${START + at}`);
    }
  }
  return `${lines.join("\n")}\n# EOF\n`;
}

/** Brings data along by dropping a file on the page. */
export async function bring(page, text) {
  const files = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "brought.om", { type: "text/plain" }));
    return transfer;
  }, text);
  await page.locator(".query-page").dispatchEvent("drop", { dataTransfer: files });
  await until("the data", () => seen(page, "query-store").first().inputValue(), (store) => store.includes("brought"), 30_000);
}

/**
 * What is drawn, by the eight hues of the series and for heatmaps by all colours: for each hue the pixel columns and rows
 * that have just its colour, as `{ columns, rows }` of sets' sizes and ends.
 */
export const hues = (page) => page.getByTestId("chart-canvas").evaluate((canvas) => {
  const style = getComputedStyle(canvas);
  const wanted = Array.from({ length: 8 }, (_, hue) => {
    const number = Number.parseInt(style.getPropertyValue(`--s${hue + 1}`).trim().slice(1), 16);
    return [number >> 16, (number >> 8) & 255, number & 255];
  });
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const found = wanted.map(() => ({ columns: new Set(), rows: new Set() }));
  const colors = new Set();
  let filled = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] < 40) continue;
    filled += 1;
    colors.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    if (data[at + 3] < 250) continue;
    wanted.forEach(([red, green, blue], hue) => {
      if (Math.abs(data[at] - red) + Math.abs(data[at + 1] - green) + Math.abs(data[at + 2] - blue) > 6) return;
      found[hue].columns.add((at / 4) % width);
      found[hue].rows.add(Math.floor(at / 4 / width));
    });
  }
  const sorted = (set) => [...set].sort((one, other) => one - other);
  return {
    width, height, filled, colors: colors.size,
    hues: found.map(({ columns, rows }) => ({ columns: sorted(columns), rows: sorted(rows) })),
  };
});

/** The stretch of time that is shown, in ms. */
export const shown = (page) => seen(page, "chart").evaluate(({ dataset }) => ({
  from: Number(dataset.from), to: Number(dataset.to), length: Number(dataset.to) - Number(dataset.from),
}));

/** Waits until a stretch of time is shown that `wanted` accepts. */
export const showing = (page, what, wanted) => until(what, () => shown(page), wanted);

/** The place of the plot on the screen. */
export const plot = (page) => page.getByTestId("chart-cursor").boundingBox();

/** Fingers on the screen, by the browser's own protocol: `down`, `move` and `up` take the places of all fingers. */
export async function fingers(page) {
  const session = await page.context().newCDPSession(page);
  const send = (type, places) => session.send("Input.dispatchTouchEvent", {
    type, touchPoints: places.map(([x, y], id) => ({ x, y, id })),
  });
  return {
    down: (...places) => send("touchStart", places),
    move: (...places) => send("touchMove", places),
    up: (...left) => send(left.length ? "touchMove" : "touchEnd", left),
  };
}
