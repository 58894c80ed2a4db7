// Contrast by computation (WCAG 2.2, 1.4.3 and 1.4.11): what is painted on what, read from the page's computed styles.
// Text is asked for 4.5 (large text for 3), what is not text for 3. Controls that are disabled are exempt there, and here.

/** What text must have, and what tells something without words. */
export const TEXT = 4.5;
export const SHAPE = 3;

/** A computed colour as `[red, green, blue, alpha]`, from 0 to 1. */
export function colorOf(text) {
  const numbers = text.match(/[\d.]+(e-?\d+)?/g)?.map(Number) ?? [];
  if (text.startsWith("#")) {
    const number = Number.parseInt(text.slice(1), 16);
    return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255, 1];
  }
  if (text.startsWith("rgb")) return [...numbers.slice(0, 3).map((part) => part / 255), numbers[3] ?? 1];
  if (text.startsWith("color(srgb")) return [...numbers.slice(0, 3), numbers[3] ?? 1];
  throw new Error(`a colour that is not known here: ${text}`);
}

const mix = (below, above, share) => below.map((part, index) => part * (1 - share) + above[index] * share);
const over = (below, [red, green, blue, alpha]) => mix(below, [red, green, blue], alpha);

function luminance(color) {
  const [red, green, blue] = color.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Between two opaque colours, from 1 to 21. */
export function ratio(one, other) {
  const [dark, light] = [luminance(one.slice(0, 3)), luminance(other.slice(0, 3))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The ratio of `ink` on the elements that it stands on, from the root inwards, each `[background, opacity]`. An element
 * that is not opaque mixes all that is in it with what is behind.
 */
export function ratioOn(layers, ink) {
  const paint = (depth, behind) => {
    if (depth === layers.length) return [behind, over(behind, colorOf(ink))];
    const [background, opacity] = layers[depth];
    return paint(depth + 1, over(behind, colorOf(background))).map((color) => mix(behind, color, opacity));
  };
  return ratio(...paint(0, [1, 1, 1]));
}

/** What is too faint, each once, with its ratio and what it should have. Of several inks the strongest counts. */
export function tooFaint(found) {
  const lines = found.map(({ what, ink, layers, least }) => {
    const has = Math.max(...[ink].flat().map((one) => ratioOn(layers, one)));
    return has < least ? `${what}: ${ink} has ${has.toFixed(2)} of ${least}` : "";
  });
  return [...new Set(lines.filter(Boolean))];
}

/** Functions that `inks` and `rings` use inside the page. */
const INSIDE = () => {
  const layersOf = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      layers.unshift([style.backgroundColor, Number(style.opacity)]);
    }
    return layers;
  };
  const nameOf = (element) => {
    const named = element.closest("[data-testid]");
    const own = element.classList.length ? `.${[...element.classList].join(".")}` : element.tagName.toLowerCase();
    return `${named?.dataset.testid ?? "page"} ${own}`;
  };
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    const isShown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    return isShown && width > 1 && height > 1 && !element.closest(".vh");
  };
  globalThis.inside = { layersOf, nameOf, isSeen, isOff: (element) => !!element.closest(":disabled, [aria-disabled=true]") };
};

/** All text, icons, state signs and fields' borders that are seen: `{ what, ink, layers, least }`. */
export async function inks(page) {
  await page.evaluate(INSIDE);
  return page.evaluate(([TEXT, SHAPE]) => {
    const { layersOf, nameOf, isSeen, isOff } = globalThis.inside;
    const found = [];
    const add = (element, what, ink, least, layers = layersOf(element)) => {
      found.push({ what: `${nameOf(element)} ${what}`, ink, layers, least });
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const element = text.parentElement;
      const isNone = !text.data.replace("\u200b", "").trim() || element.closest("script, style, option, noscript");
      if (isNone || !isSeen(element) || isOff(element)) continue;
      const { color, fill, fontSize, fontWeight } = getComputedStyle(element);
      const size = Number.parseFloat(fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
      add(element, `“${text.data.trim().slice(0, 24)}”`, element instanceof SVGElement ? fill : color, isLarge ? SHAPE : TEXT);
    }
    for (const field of document.querySelectorAll("input, select, textarea")) {
      if (!isSeen(field) || isOff(field) || ["range", "checkbox", "radio", "file"].includes(field.type)) continue;
      const style = getComputedStyle(field);
      const isPainted = !/, 0\)$/.test(style.color); // an editor's text stands in the element behind it
      if (isPainted) add(field, "value", style.color, TEXT);
      if (field.placeholder && !field.value) add(field, "placeholder", getComputedStyle(field, "::placeholder").color, TEXT);
      // The edge that tells where the field is: its own or that of what holds it.
      let edge = field;
      const hasEdge = (element) => Number.parseFloat(getComputedStyle(element).borderBottomWidth) > 0;
      while (edge.parentElement && edge !== field.parentElement?.parentElement && !hasEdge(edge)) edge = edge.parentElement;
      // A title that is edited in place shows its edge when it is pointed at; till then it tells by its words.
      if (field.matches(".panel-name")) continue;
      if (hasEdge(edge)) add(field, "edge", getComputedStyle(edge).borderBottomColor, SHAPE, layersOf(edge.parentElement));
      else add(field, "without an edge", getComputedStyle(field).backgroundColor, SHAPE, layersOf(edge.parentElement));
    }
    // An icon tells by its strokes; a state by its sign on its ground, and by the ground on what is below.
    for (const shape of document.querySelectorAll("svg.i > *, svg.st > *")) {
      if (!shape.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || isOff(shape)) continue;
      const { fill, stroke } = getComputedStyle(shape);
      const ground = shape.matches(".st-sign") ? shape.parentElement.querySelector(".st-good, .st-bad") : null;
      const layers = layersOf(shape.closest("svg"));
      if (ground) layers.push([getComputedStyle(ground).fill, 1]);
      const paints = [stroke, fill].filter((paint) => paint !== "none");
      if (paints.length > 0) add(shape, "shape", paints, SHAPE, layers);
    }
    return found;
  }, [TEXT, SHAPE]);
}

/**
 * What shows the focus on each control that the keyboard reaches: `{ what, ink, layers, least }` with all colours that
 * come with it. To be called when the last thing pressed was a key: only then is the focus shown.
 */
export async function rings(page) {
  await page.evaluate(INSIDE);
  return page.evaluate((SHAPE) => {
    const { layersOf, nameOf, isSeen, isOff } = globalThis.inside;
    // What may change with the focus, on the control and on what holds it.
    const looks = (control) => [control, control.parentElement, control.parentElement?.parentElement].filter(Boolean).map((element) => {
      const { outlineStyle, outlineWidth, outlineColor, outlineOffset, borderBottomWidth, borderBottomColor, boxShadow } = getComputedStyle(element);
      const isInset = Number.parseFloat(outlineOffset) < 0;
      return [
        { ink: outlineStyle === "none" || outlineWidth === "0px" ? "" : outlineColor, on: isInset ? element : element.parentElement },
        { ink: borderBottomWidth === "0px" ? "" : borderBottomColor, on: element.parentElement },
        { ink: boxShadow === "none" ? "" : boxShadow.match(/[a-z]+\([^)]*\)/)[0], on: element.parentElement },
      ];
    }).flat();
    const found = [];
    const focusable = "a[href], button, input, select, textarea, summary, [tabindex]";
    for (const control of document.querySelectorAll(focusable)) {
      // The yard's cards are reached with arrows.
      if ((control.tabIndex < 0 && !control.matches(".svc")) || !isSeen(control) || isOff(control)) continue;
      document.activeElement?.blur();
      const before = looks(control);
      control.focus({ preventScroll: true });
      if (document.activeElement !== control) continue; // under an open sheet nothing takes the focus
      const shown = looks(control).filter(({ ink }, index) => ink && ink !== before[index].ink);
      // Nothing that changes is as bad as what cannot be seen: it has the colour that it stands on.
      const inks = shown.map(({ ink }) => ink);
      found.push({
        what: `${nameOf(control)} focus`, ink: inks.length ? inks : ["rgba(0, 0, 0, 0)"],
        layers: layersOf(shown[0]?.on ?? control), least: SHAPE,
      });
    }
    document.activeElement?.blur();
    return found;
  }, SHAPE);
}

/**
 * The colours that fill whole pixels of the chart's canvas: those of series (`hues`, in the order of the tokens), those left
 * of all series (`axis`: the numbers of the axis), and what the canvas stands on.
 */
export async function drawn(page) {
  await page.evaluate(INSIDE);
  return page.getByTestId("chart-canvas").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const leftmost = {};
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] <= 250) continue;
      const color = `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
      leftmost[color] = Math.min(leftmost[color] ?? Infinity, (at / 4) % canvas.width);
    }
    const style = getComputedStyle(canvas);
    const series = Array.from({ length: 8 }, (_, hue) => {
      const number = Number.parseInt(style.getPropertyValue(`--s${hue + 1}`).trim().slice(1), 16);
      return `rgb(${number >> 16}, ${(number >> 8) & 255}, ${number & 255})`;
    });
    const hues = series.filter((color) => color in leftmost);
    const beginning = Math.min(...hues.map((color) => leftmost[color]));
    const axis = Object.keys(leftmost).filter((color) => leftmost[color] < beginning - 4);
    return { hues, axis, layers: globalThis.inside.layersOf(canvas) };
  });
}
