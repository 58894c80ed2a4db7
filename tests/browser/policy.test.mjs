// The content security policy is in force, and the harness that watches the other tests sees what it must see.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";

lab("a script that is not ours does not run", async (page) => {
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.foreign = true";
    document.head.append(script);
  });
  assert.equal(await page.evaluate(() => globalThis.foreign), undefined);
}, { expected: /Content Security Policy directive .*script-src/ });

lab("a style attribute has no effect", async (page) => {
  const color = await page.evaluate(() => {
    const template = document.createElement("template");
    template.innerHTML = '<p style="color: rgb(1, 2, 3)">x</p>';
    const paragraph = document.body.appendChild(template.content.firstChild);
    return getComputedStyle(paragraph).color;
  });
  assert.notEqual(color, "rgb(1, 2, 3)");
}, { expected: /Content Security Policy directive .*style-src/ });

lab("nothing can be sent elsewhere", async (page) => {
  const outcome = await page.evaluate(() =>
    fetch("http://127.0.0.1:9/elsewhere").then(() => "sent", () => "refused"));
  assert.equal(outcome, "refused");
}, { expected: /127\.0\.0\.1:9/ });

lab("no picture is fetched from elsewhere", async (page) => {
  const outcome = await page.evaluate(() => new Promise((done) => {
    const image = new Image();
    image.onload = () => done("loaded");
    image.onerror = () => done("refused");
    image.src = "http://127.0.0.1:9/pixel.png";
  }));
  assert.equal(outcome, "refused");
}, { expected: /127\.0\.0\.1:9/ });

lab("an error on the console is seen by the tests", async (page) => {
  await page.evaluate(() => console.error("seen?"));
}, { expected: /^console: seen\?$/ });

lab("an exception that nobody catches is seen by the tests", async (page) => {
  await page.evaluate(() => setTimeout(() => { throw new Error("seen?"); }));
  await page.waitForTimeout(100);
}, { expected: /^uncaught: .*seen\?$/ });

lab("a request that leaves the origin is seen by the tests", async (page) => {
  await page.goto("http://127.0.0.1:9/").catch(() => {});
}, { expected: /^(request|failed): http:\/\/127\.0\.0\.1:9\// });
