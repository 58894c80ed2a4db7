// The first chapter as a learner plays it, from an empty profile to the end of both lessons.
import { player } from "./player.mjs";
import { opened, until } from "./pages.mjs";

const GOOD = 'sum(image_gallery_requests_total{code="200"})';
const SHARE = 'sum(rate(image_gallery_requests_total{code="200"}[5m])) / sum(rate(image_gallery_requests_total[5m]))';

const DISCOVERED = ["    dns_sd_configs:", "      - names: [accesslog]", "        type: A", "        port: 80"].join("\n");
const FIXED = [
  "    static_configs:", "      - targets: [accesslog:80]", "    metric_relabel_configs:", "      - regex: hostname",
  "        action: labeldrop",
].join("\n");

/** The world that a metric belongs to, by who speaks. */
function worldOf(metric) {
  if (metric.startsWith("engine_")) return "infrastructure";
  return /^(go|jvm|nodejs|process)_/.test(metric) ? "runtime" : "business";
}

/** Plays both lessons with these hands (see `player.mjs`). */
export async function playChapter(page, hands) {
  await opened(page);
  // Time passes in jumps: what is counted then stands still until the learner has read it.
  await hands.press(page.getByTestId("play"));
  await page.locator("[data-testid=clock][data-playing=false]").waitFor();
  const learner = player(page, hands);
  await observed(learner);
  await threeAddresses(learner);
}

async function observed(learner) {
  await learner.takeUp("observed");

  await learner.open("query");
  await learner.run("up");
  await learner.reached("ask-up");

  await learner.open("yard");
  await learner.traffic("20");
  await learner.jump(1);
  await learner.jump(1);
  await learner.reached("more-visitors");

  await learner.traffic("0");
  await learner.jump(1);
  await learner.press("send-10");
  await learner.jump(1);
  await learner.open("query");
  await learner.press("tab-table");
  await learner.run(GOOD);
  const values = () => learner.page.getByTestId("result-value").allTextContents();
  // A number alone: the line of `up` that stood here before had four.
  const [good] = await until("how many went well", values, (found) => found.length === 1);
  await learner.question("good-requests");
  await learner.hands.write(learner.on("written"), good.replaceAll(/\D/g, ""));
  await learner.hands.confirm(learner.on("answer"));
  await learner.reached("ten-requests");

  await learner.open("yard");
  await learner.traffic("6");
  await learner.jump(5);
  await learner.open("query");
  await learner.run("sum without(instance) (image_gallery_in_flight_requests)");
  await learner.reached("in-flight");

  await learner.hands.offered(learner.on("query-editor"), "go_memstats_alloc_b", "go_memstats_alloc_bytes");
  await learner.page.keyboard.type('{job="image-gallery"}');
  await learner.hands.confirm(learner.on("query-run"));
  await learner.reached("memory");

  await learner.question("sort-metrics");
  for (const select of await learner.page.getByTestId("sort").all()) {
    await learner.hands.choose(select, worldOf(await select.getAttribute("aria-label")));
  }
  await learner.press("answer");
  await learner.reached("three-worlds");

  await learner.open("query");
  await learner.run(SHARE);
  await learner.reached("success-share");

  await learner.open("yard");
  await learner.deed("gallery-iotd-1", "stop");
  await learner.jump(1);
  await learner.reached("stop-iotd");

  await learner.question("why-the-rate-drops");
  await learner.choice("panic-not-counted");
  await learner.reached("explain-the-drop");

  await learner.open("yard");
  await learner.deed("gallery-iotd-1", "start");
  await learner.jump(1);
  await learner.reached("mend-iotd");
  await learner.isOver("observed");
}

async function threeAddresses(learner) {
  await learner.takeUp("three-addresses");

  await learner.open("yard");
  await learner.scale("accesslog", 2);
  await learner.jump(1);
  await learner.reached("three-targets");

  await learner.open("query");
  await learner.run("sum without(hostname, instance) (access_log_total)");
  await learner.reached("sum-away");

  await learner.open("yard");
  await learner.scale("iotd", 1);
  await learner.question("why-only-one");
  await learner.choice("port-taken");
  await learner.reached("fixed-port");
  await learner.open("yard");
  await learner.scale("iotd", -1);

  await learner.deed("gallery-accesslog-2", "kill");
  await learner.jump(1);
  await learner.reached("lose-one");

  await learner.deed("gallery-accesslog-2", "start");
  await learner.configure(DISCOVERED, FIXED);
  await learner.jump(1);
  await learner.jump(1);
  await learner.reached("one-address");

  await learner.question("why-so-high");
  await learner.choice("resets");
  await learner.reached("explain-the-rate");

  await learner.configure(FIXED, DISCOVERED);
  await learner.jump(5);
  await learner.reached("discover-again");

  await learner.question("why-no-alert");
  await learner.choice("series-gone");
  await learner.reached("gone-silently");

  await learner.open("yard");
  await learner.scale("accesslog", -3);
  await learner.jump(1);
  await learner.open("query");
  await learner.run('absent(up{job="access-log"})');
  await learner.reached("ask-for-the-missing");
  await learner.isOver("three-addresses");
}
