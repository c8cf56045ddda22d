// Tests the page of `verify --html` in a browser: `node .ci/fleet.mjs BINARY FOLDER`. The screenshots go to the folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const require = createRequire(new URL("tools/page/", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [binary, folder] = process.argv.slice(2);
const mirrors = 5000;
const hostile = "<img src=x onerror=alert(1)>&amp;\"'";
const work = mkdtempSync(join(tmpdir(), "fleet-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

/** A state in which each hundredth mirror differs and backs off, so that the run makes no call. */
function state(endpoint) {
  const now = Math.floor(Date.now() / 1000);
  const lines = [{ state: "codearts-repo-verify", version: 1, endpoint }];
  for (let number = 1; number <= 30; number += 1) {
    const began_at = now - (31 - number) * 3600;
    lines.push({ run: { number, began_at, ended_at: began_at + 60, equal: 150, different: number % 7, calls: 600 } });
  }
  for (let id = 1; id <= mirrors; id += 1) {
    const differs = { finding: "different", reason: `branch ${hostile}`, failures: 2, behind_since: now - 9000,
      backing_off_until: now + 3600, proven_at: now - 900000 };
    const equal = { finding: "equal", proven_at: now - 9000 };
    const known = id % 100 === 0 ? differs : equal;
    lines.push({ mirror: [id, { name: id === 100 ? hostile : `team/project-${id}`, checked_at: now - 9000, ...known }] });
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

const endpoint = "http://127.0.0.1:9";
const page = join(work, "fleet.html");
writeFileSync(join(work, "fleet.state"), state(endpoint));
writeFileSync(join(work, "repositories.txt"), Array.from({ length: mirrors }, (_, index) => `${index + 1}\n`).join(""));
let code = 0;
try {
  execFileSync(binary, ["verify", "--file", "repositories.txt", "--state", "fleet.state", "--html", page, "--endpoint", endpoint],
    { cwd: work, env: { ...process.env, CODEARTS_REPO_TOKEN: "MIIt0ken-of-the-browser" }, stdio: "pipe", timeout: 60_000 });
} catch (error) {
  code = error.status;
}
assert.equal(code, 1, "mirrors that back off are a failure");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
for (const width of [360, 1280]) {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const tab = await context.newPage();
  const requests = [];
  tab.on("request", (request) => requests.push(request.url()));
  const complaints = [];
  tab.on("console", (message) => complaints.push(message.text()));
  tab.on("dialog", (dialog) => complaints.push(dialog.message()));
  await tab.goto(`file://${page}`);
  assert.deepEqual(requests, [`file://${page}`], "the page needs no other resource");
  assert.equal(await tab.title(), `50 different of ${mirrors} mirrors - CodeArts Repo`);
  assert.equal(await tab.locator("tbody tr").count(), mirrors);
  assert.equal(await tab.locator("tbody th").first().textContent(), `${hostile} (100)`, "the worst come first");
  assert.equal(await tab.locator("img, script").count(), 0);
  assert.match(await tab.locator("tbody tr").first().innerText(), /different[^]*branch <img[^]*backing off until 20/);
  assert.equal(await tab.locator(".strip li").count(), 30);
  const legend = await tab.locator(".legend li").allTextContents();
  assert.deepEqual(legend, ["50 different", "4950 equal"]);
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= width, `${wide} pixels in ${width}`);
  const bar = await tab.locator(".bar").boundingBox();
  assert.ok(bar.width > width / 2 && bar.height > 10, "the bar is visible");
  await tab.screenshot({ path: join(folder, `fleet-${width}.png`) });
  // The rows are all alike: a few of them are enough for axe.
  await tab.evaluate(() => document.querySelectorAll("tbody tr:nth-child(n + 60)").forEach((row) => row.remove()));
  await tab.evaluate(`${axe}; undefined`);
  const { violations, passes } = await tab.evaluate(() => axe.run(document));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  assert.ok(passes.length > 5, "axe checked the page");
  assert.deepEqual(complaints, []);
  await context.close();
  console.log(`the page of a fleet at ${width} pixels: ok`);
}
await browser.close();
