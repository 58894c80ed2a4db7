// Several labs with names, as files and back; what is no lab is refused with its line, and nothing is lost by it.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import {
  anew, download, expectKeeping, expectReplicas, fill, fillable, labs, nameOwn, names, row, scaleUp,
} from "./labs.mjs";
import { go, jump, opened, pause, until } from "./pages.mjs";

async function begun(page) {
  await opened(page);
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
}

lab("labs have names, are begun, opened, copied, thrown away and put back", async (page) => {
  await begun(page);
  await labs(page);
  assert.deepEqual(await names(page), ["Lab 1"]);
  await nameOwn(page, "<b>Mine</b> \u202e실습");
  await anew(page, () => page.getByTestId("lab-fresh").click());
  await opened(page);
  await expectReplicas(page, "1");
  await pause(page);
  await scaleUp(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await labs(page);
  assert.deepEqual(await names(page), ["Lab 2", "<b>Mine</b> \u202e실습"]);
  await row(page, "Lab 2").getByTestId("lab-duplicate").click();
  await until("a copy", () => names(page), (found) => found.includes("Lab 2 (copy)"));
  await row(page, "Lab 2 (copy)").getByTestId("lab-remove").click();
  await page.getByTestId("lab-removed").waitFor();
  assert.equal((await names(page)).length, 2);
  await page.getByTestId("lab-put-back").click();
  await until("the copy", () => names(page), (found) => found.length === 3);
  assert.equal(await row(page, "Lab 2").getByTestId("lab-remove").count(), 0, "the lab of this tab");
  await anew(page, () => page.locator("[data-testid=lab][data-own=false]").filter({ hasText: "Mine" }).getByTestId("lab-open").click());
  await opened(page);
  await expectReplicas(page, "2");
});

lab("a clean copy is the same yard from its beginning, and the lab it was made of stays", async (page) => {
  await begun(page);
  await labs(page);
  await anew(page, () => page.getByTestId("lab-clean").click());
  await opened(page);
  await expectReplicas(page, "1");
  await pause(page);
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await labs(page);
  assert.deepEqual(await names(page), ["Lab 2", "Lab 1"]);
});

lab("a lab goes into a file and comes back as another lab, with what was brought along", async (page) => {
  await begun(page);
  await go(page, "query");
  await page.getByTestId("import-open").click();
  await page.getByTestId("import-paste").fill('hits{code="200"} 7\n');
  await page.getByTestId("import-read").click();
  await until("the store", () => page.getByTestId("import-read").count(), (count) => count === 0);
  await jump(page, 1);
  await labs(page);
  const { name, text } = await download(page, () => row(page, "Lab 1").getByTestId("lab-take-along").click());
  assert.equal(name, "Lab-1.lab");
  assert.match(text, /# attachment [0-9a-f]{16} "hits/);
  await anew(page, () => page.getByTestId("lab-file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) }));
  await opened(page);
  await go(page, "yard");
  await expectReplicas(page, "2");
  await expectKeeping(page, "kept");
  await labs(page);
  assert.deepEqual(await names(page), ["Lab 2", "Lab 1"]);
  const again = await download(page, () => row(page, "Lab 2").getByTestId("lab-take-along").click());
  const deeds = (file) => file.split("\n").filter((line) => line.includes("Z ") || line.startsWith("# attachment"));
  assert.deepEqual(deeds(again.text), deeds(text));
});

lab("a broken or foreign file is refused with its line, and the lab is unchanged", async (page) => {
  await begun(page);
  await labs(page);
  const { text } = await download(page, () => row(page, "Lab 1").getByTestId("lab-take-along").click());
  const error = page.getByTestId("lab-file-error");
  const attempt = async (content, said) => {
    await page.getByTestId("lab-file").setInputFiles({ name: "x\n<b>.lab", mimeType: "text/plain", buffer: Buffer.from(content) });
    await error.filter({ hasText: said }).waitFor();
  };
  await attempt("hello\n", /1:1: expected a line 'scrapeyard-journal …'/);
  await attempt(text.replace("scale accesslog 2", "scales accesslog 2"), /7:\d+: /);
  await attempt(text.replace(/behaviour \d+/, "behaviour 1"), /2:1: written under behaviour 1/);
  await attempt(text.replace(/image-gallery [0-9a-f]+/, "image-gallery 0000000000000000"), /another version of the scenario/);
  await attempt(text.replace("scale accesslog 2", "stop nobody"), /command 1 of the journal/);
  await attempt(Buffer.from([0xff, 0xfe, 0, 1, 2, 0x80]), /1:1/);
  await page.getByTestId("sheet-close").click();
  await expectReplicas(page, "2");
  await scaleUp(page);
  await expectKeeping(page, "kept");
  await labs(page);
  assert.deepEqual(await names(page), ["Lab 1"]);
});

lab("a name is typed at once, and its button has the focus again afterwards", async (page) => {
  await begun(page);
  await labs(page);
  const expectFocus = (wanted) => until("the focus", () => page.evaluate(() => document.activeElement?.dataset.testid), (found) => found === wanted);
  for (const name of ["Mine", "Yours"]) {
    await page.getByTestId("lab-rename").press("Enter");
    await expectFocus("lab-name");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await until("the name", () => names(page), (found) => found.join() === name);
    await expectFocus("lab-rename");
  }
});

lab("what is not done with a lab for want of room is said, and what was thrown away can still be put back", async (page) => {
  await begun(page);
  await labs(page);
  await row(page, "Lab 1").getByTestId("lab-duplicate").click();
  await until("a copy", () => names(page), (found) => found.length === 2);
  const copy = row(page, "Lab 1 (copy)"), said = page.getByTestId("lab-not-done");
  await fill(page, true);
  await copy.getByTestId("lab-duplicate").click();
  await said.filter({ hasText: "no room left, so “Lab 1 (copy)” was" }).waitFor();
  await fill(page, false);
  await copy.getByTestId("lab-duplicate").click();
  await until("another copy", () => names(page), (found) => found.length === 3);
  await said.waitFor({ state: "detached" });
  await fill(page, true);
  await copy.getByTestId("lab-rename").click();
  await page.getByTestId("lab-name").fill("Other");
  await page.getByTestId("lab-name").press("Enter");
  await said.waitFor();
  assert.ok(!(await names(page)).includes("Other"));
  await copy.getByTestId("lab-remove").click();
  await page.getByTestId("lab-removed").waitFor();
  await said.waitFor({ state: "detached" });
  await page.getByTestId("lab-put-back").click();
  await said.waitFor();
  await fill(page, false);
  await page.getByTestId("lab-put-back").click();
  await until("the copy", () => names(page), (found) => found.includes("Lab 1 (copy)"));
  assert.equal(await said.count() + await page.getByTestId("lab-removed").count(), 0);
}, { before: fillable });

lab("a lab that another tab has open is neither renamed nor thrown away", async (page, way) => {
  await begun(page);
  const second = await page.context().newPage();
  await second.goto(way.address);
  await opened(second);
  await labs(second);
  await anew(second, () => second.getByTestId("lab-fresh").click());
  await begun(second);
  await labs(second);
  const said = second.getByTestId("lab-not-done").filter({ hasText: "“Lab 1” is open in another tab" });
  await row(second, "Lab 1").getByTestId("lab-remove").click();
  await said.waitFor();
  assert.deepEqual((await names(second)).sort(), ["Lab 1", "Lab 2"]);
  // Something that is done takes the words away, so that the next ones are new.
  await row(second, "Lab 2").getByTestId("lab-duplicate").click();
  await said.waitFor({ state: "detached" });
  await row(second, "Lab 1").getByTestId("lab-rename").click();
  await second.getByTestId("lab-name").fill("Other");
  await second.getByTestId("lab-name").press("Enter");
  await said.waitFor();
  assert.ok((await names(second)).includes("Lab 1"));
  await page.close();
  await second.waitForTimeout(500);
  await row(second, "Lab 1").getByTestId("lab-remove").click();
  await second.getByTestId("lab-removed").waitFor();
  await said.waitFor({ state: "detached" });
  await second.getByTestId("lab-put-back").click();
  await until("the lab", () => names(second), (found) => found.includes("Lab 1"));
});
