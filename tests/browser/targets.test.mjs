// The Targets page: a Prometheus that has ended is not seen at work, and a draft of the configuration is kept.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, jump, opened, pause, until } from "./pages.mjs";

const PROMETHEUS = "container-gallery-prometheus-1";

async function deed(page, name) {
  await page.getByTestId(PROMETHEUS).click();
  await page.getByTestId("container-sheet").getByTestId(name).click();
  await page.getByTestId("sheet-close").click();
}

lab("a killed Prometheus has no targets, and its file can be written until it runs again", async (page) => {
  await opened(page);
  await pause(page);
  const lanes = () => page.locator("svg.lanes path.lane.pull").count();
  await until("lanes while it runs", lanes, (count) => count === 4);
  await deed(page, "kill");
  await page.getByTestId("service-prometheus").getByTestId("not-running").waitFor();
  await until("lanes without a process", lanes, (count) => count === 0);
  await go(page, "targets");
  await page.getByTestId("prometheus-not-running").waitFor();
  await page.getByTestId("tab-config").click();
  await page.getByTestId("config-not-running").waitFor();
  await page.getByTestId("config-editor").fill("scrape_config: []\n");
  await page.getByTestId("config-reload").click();
  await page.getByTestId("config-error").filter({ hasText: "field scrape_config not found" }).waitFor();
  await page.getByTestId("config-editor").fill("scrape_configs: [{job_name: bare}]\n");
  await page.getByTestId("config-reload").click();
  await page.getByTestId("config-error").waitFor({ state: "detached" });
  await go(page, "yard");
  await deed(page, "start");
  await jump(page, 1);
  await go(page, "targets");
  await page.getByTestId("job-bare").getByTestId("job-empty").waitFor();
});

lab("a configuration that is not reloaded yet is still there after a look elsewhere", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "targets");
  await page.getByTestId("tab-config").click();
  await page.getByTestId("config-editor").fill("# half a thought\n");
  await go(page, "yard");
  await go(page, "targets");
  await page.getByTestId("tab-config").click();
  assert.equal(await page.getByTestId("config-editor").inputValue(), "# half a thought\n");
  await page.getByTestId("config-revert").click();
  await until("the text in force", () => page.getByTestId("config-editor").inputValue(), (text) => text.includes("iotd-api"));
});

lab("what a lab does not carry out is remarked with its line", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "targets");
  await page.getByTestId("tab-config").click();
  await page.getByTestId("config-editor").fill("scrape_configs:\n- job_name: cloud\n  ec2_sd_configs: [{region: eu}]\n");
  await page.getByTestId("config-reload").click();
  await page.getByTestId("config-remarks").filter({ hasText: /3:\d+: ec2_sd_configs/ }).waitFor();
  assert.equal(await page.getByTestId("config-error").count(), 0);
  await page.getByTestId("tab-health").click();
  await page.getByTestId("job-cloud").getByTestId("job-empty").waitFor();
});

lab("relabeling is shown rule by rule, of what it drops too, and other rules can be tried", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "targets");
  await page.getByTestId("tab-config").click();
  await page.getByTestId("config-editor").fill(
    "scrape_configs:\n- job_name: j\n  static_configs: [{targets: [image-gallery, iotd]}]\n  relabel_configs:\n" +
      "  - {source_labels: [__address__], target_label: host}\n  - {source_labels: [host], regex: iotd, action: drop}\n",
  );
  await page.getByTestId("config-reload").click();
  await page.getByTestId("tab-health").click();
  const job = page.getByTestId("job-j");
  await job.getByTestId("target-more").click();
  await job.getByTestId("relabeling-open").first().click();
  const steps = job.getByTestId("relabel-step");
  await until("steps of the target", () => steps.count(), (count) => count === 2);
  assert.match(await steps.first().textContent(), /host="image-gallery"/);
  await job.getByTestId("relabeling-editor").fill("- {target_label: seen, replacement: again}\n");
  await until("the rule that is tried", () => steps.first().textContent(), (text) => text.includes('seen="again"'));
  await job.getByTestId("relabeling-editor").fill("- {action: dance}\n");
  await job.getByTestId("relabeling-error").filter({ hasText: "unknown relabel action" }).waitFor();
  await job.getByTestId("relabeling-back").click();
  await until("the rules of the job", () => steps.count(), (count) => count === 2);
  await job.getByTestId("relabeling-open").first().click();
  await job.getByTestId("job-dropped").click();
  await job.getByTestId("dropped-target").getByTestId("relabeling-open").click();
  await job.getByTestId("relabel-outcome").filter({ hasText: /Dropped|버려져/ }).waitFor();
});

lab("metric relabeling is shown rule by rule over the last page, and other rules can be tried", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "targets");
  await page.getByTestId("tab-config").click();
  await page.getByTestId("config-editor").fill(
    "scrape_configs:\n- job_name: j\n  scrape_interval: 5s\n  static_configs: [{targets: [accesslog]}]\n  metric_relabel_configs:\n" +
      "  - {source_labels: [__name__], regex: nodejs_.*, action: drop}\n  - {source_labels: [hostname], target_label: host}\n",
  );
  await page.getByTestId("config-reload").click();
  await page.getByTestId("tab-health").click();
  const job = page.getByTestId("job-j");
  await job.getByTestId("target-more").click();
  await job.getByTestId("metric-relabeling-open").click();
  const outcome = job.getByTestId("metric-relabel-outcome");
  await outcome.filter({ hasText: /No page|아직/ }).waitFor();
  await page.getByTestId("step").click();
  await page.getByTestId("step").click();
  const steps = job.getByTestId("metric-relabel-step");
  await until("steps of the page", () => steps.first().textContent(), (text) => /[1-9]\d* (dropped|series)|[1-9]\d*개가 버려지고/.test(text));
  await steps.first().locator("summary").click();
  await job.getByTestId("metric-relabel-example").first().filter({ hasText: /nodejs_/ }).waitFor();
  await job.getByTestId("metric-relabeling-editor").fill("- {regex: __name__, action: labeldrop}\n");
  await job.getByTestId("metric-relabel-refused").filter({ hasText: "missing metric name" }).waitFor();
  await job.getByTestId("metric-relabeling-editor").fill("- {action: dance}\n");
  await job.getByTestId("metric-relabeling-error").filter({ hasText: "unknown relabel action" }).waitFor();
  await job.getByTestId("metric-relabeling-back").click();
  await until("the rules of the job", () => steps.count(), (count) => count === 2);
});

lab("targets are filtered by endpoint or label", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "targets");
  const rows = page.getByTestId("target-row");
  await until("all targets", () => rows.count(), (count) => count === 4);
  await page.getByTestId("filter-text").fill("ACTUATOR");
  await until("one endpoint", () => rows.count(), (count) => count === 1);
  assert.equal(await rows.getAttribute("data-url"), "http://iotd:80/actuator/prometheus");
  await page.getByTestId("filter-text").fill('instance="docker_host');
  await until("one label", () => rows.count(), (count) => count === 1);
  await page.getByTestId("filter-down").click();
  await page.getByTestId("no-such-targets").waitFor();
  await page.getByTestId("filter-text").fill("");
  await page.getByTestId("filter-all").click();
  await until("all again", () => rows.count(), (count) => count === 4);
});

lab("an endpoint leads to what is served there", async (page) => {
  await opened(page);
  await pause(page);
  for (const [url, container, metric] of [
    ["http://iotd:80/actuator/prometheus", "gallery-iotd-1", "jvm_memory_used_bytes"],
    ["http://172.18.0.2:80/metrics", "gallery-accesslog-1", "nodejs_version_info"],
  ]) {
    await go(page, "targets");
    await page.locator(`[data-url="${url}"]`).getByTestId("target-url").click();
    const sheet = page.getByTestId("container-sheet");
    await sheet.getByRole("heading", { name: container }).waitFor();
    await sheet.getByRole("searchbox").fill(metric);
    await sheet.getByTestId("page-row").filter({ hasText: metric }).first().waitFor();
    await page.getByTestId("sheet-close").click();
    await sheet.waitFor({ state: "detached" });
  }
});

lab("a configuration that is not reloaded yet outlives a reload of the page", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "targets");
  await page.getByTestId("tab-config").click();
  await page.getByTestId("config-editor").fill("# half a thought\n");
  await page.reload();
  await opened(page);
  await go(page, "targets");
  await page.getByTestId("tab-config").click();
  assert.equal(await page.getByTestId("config-editor").inputValue(), "# half a thought\n");
  await page.getByTestId("config-revert").click();
  await until("the text in force", () => page.getByTestId("config-editor").inputValue(), (text) => text.includes("iotd-api"));
});

lab("the metric relabeling of two targets is shown side by side", async (page) => {
  await opened(page);
  await pause(page);
  await go(page, "targets");
  for (const job of ["image-gallery", "docker"]) {
    await page.getByTestId(`job-${job}`).getByTestId("target-more").click();
    await page.getByTestId(`job-${job}`).getByTestId("metric-relabeling-open").click();
  }
  const told = (job) => page.getByTestId(`job-${job}`).getByTestId("metric-relabel-outcome").innerText();
  const first = async () => [await told("image-gallery"), await told("docker")];
  const [gallery, docker] = await until("both", first, (both) => both.every((text) => /\d/.test(text)));
  assert.notEqual(gallery, docker);
});
