// What the page's benchmarks share: how a number is measured in the page, and how a table of them is printed.

export const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
export const worst = (numbers) => Math.max(0, ...numbers);
const column = (text) => String(text).padStart(16);

/** Prints rows `{ what, cells, budget, over }` under `heads`. */
export function table(title, heads, rows) {
  console.log(`\n${title}`);
  console.log("".padEnd(44) + [...heads, "budget"].map(column).join(""));
  for (const { what, cells, budget, over } of rows) {
    console.log(what.padEnd(44) + [...cells, budget].map(column).join("") + (over ? "  OVER" : ""));
  }
}

/**
 * Runs in the page before anything else: notes when a message of the worker came and when something was last drawn on
 * each canvas in the same task. `drawings` fills with `{ canvas, message_ms, begin_ms, end_ms }`.
 */
export function watchDrawing() {
  globalThis.drawings = [];
  let message_ms = 0;
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function heard(kind, ...how) {
    // Before the listener itself, each time anew: it may be taken off and put on again.
    if (this instanceof Worker && kind === "message") listen.call(this, kind, () => { message_ms = performance.now(); });
    return listen.call(this, kind, ...how);
  };
  let current;
  const context = CanvasRenderingContext2D.prototype;
  const own = { ...Object.getOwnPropertyDescriptors(context) };
  context.clearRect = function clearRect(...places) {
    current = { canvas: this.canvas.className, message_ms, begin_ms: performance.now(), end_ms: performance.now() };
    globalThis.drawings.push(current);
    return own.clearRect.value.apply(this, places);
  };
  for (const name of ["stroke", "fill", "fillRect", "fillText"]) {
    context[name] = function drawn(...places) {
      const result = own[name].value.apply(this, places);
      if (current?.canvas === this.canvas.className) current.end_ms = performance.now();
      return result;
    };
  }
}

/** Runs in the page before anything else: notes tasks of the main thread that take more than 50 ms. */
export function watchTasks() {
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) globalThis.longTasks.push({ at: startTime, ms: duration });
  }).observe({ type: "longtask", buffered: true });
}
