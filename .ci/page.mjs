// Tests the emulator's page in a browser: `node .ci/page.mjs BINARY FOLDER`. The screenshots go to the folder.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const require = createRequire(new URL("tools/page/", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [binary, folder] = process.argv.slice(2);
const token = "MIIt0ken-of-the-browser";
const desk = { width: 1280, height: 900 };
const phone = { width: 375, height: 812 };
const contract = readFileSync(new URL("../openapi.yaml", import.meta.url), "utf8");
const operations = [...contract.matchAll(/^ +operationId: (\w+)$/gm)].map(([, id]) => id);
assert.ok(operations.length >= 11, "the contract lists its operations");

async function emulator(...options) {
  const child = spawn(binary, ["emulator", "--token", token, ...options], { stdio: ["ignore", "pipe", "ignore"] });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { page } = JSON.parse(line);
  const end = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null) await once(child, "exit");
  };
  return { page, endpoint: page.slice(0, -1), end };
}

/** The violations in the markup of the renderer itself. */
const renderers = ["heading-order", "nested-interactive", "region", "select-name"];

/** Runs the command line against an emulator and returns its exit code. */
async function command(endpoint, ...options) {
  const environment = { ...process.env, CODEARTS_REPO_TOKEN: token };
  const run = promisify(execFile)(binary, [...options, "--endpoint", endpoint], { env: environment });
  return run.then(() => 0, (error) => error.code);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

/** Opens a page, and records its requests to other hosts and its errors and warnings. */
async function open(address, options = {}) {
  const permissions = ["clipboard-read", "clipboard-write"];
  const context = await browser.newContext({ viewport: desk, permissions, ...options });
  const page = await context.newPage();
  const own = new URL(address).origin;
  const seen = { foreign: [], complaints: [] };
  await context.route("**/*", (route) => {
    const url = route.request().url();
    if (url.startsWith(`${own}/`) || url.startsWith("data:")) return route.continue();
    seen.foreign.push(url);
    return route.abort();
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") seen.complaints.push(message.text());
  });
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  await page.goto(address);
  const judge = () => assert.deepEqual(seen, { foreign: [], complaints: [] });
  return { page, judge, close: () => context.close() };
}

async function isLive(page) {
  await page.waitForFunction(() => document.getElementById("live").dataset.state === "live");
}

async function badgeSays(page, id, words) {
  const badge = page.locator(`#repositories > [data-key="${id}"] .badge`);
  await page.waitForFunction(([key, text]) => {
    return document.querySelector(`#repositories > [data-key="${key}"] .badge`)?.textContent === text;
  }, [id, words]);
  assert.equal(await badge.textContent(), words);
}

async function fits(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  // On a phone a page that is too wide also makes the viewport wider.
  const room = page.viewportSize().width;
  assert.ok(wide <= room, `${wide} pixels in ${room}`);
}

/** Fails if axe finds a violation, except of the named rules. */
async function isAccessible(page, but = []) {
  // An element has another contrast while it flashes.
  await page.evaluate(() => {
    const flashes = document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations === 1);
    return Promise.all(flashes.map((one) => one.finished));
  });
  await page.evaluate(`${axe}; undefined`);
  const { violations, passes } = await page.evaluate(() => axe.run(document));
  const found = violations.filter(({ id }) => !but.includes(id));
  assert.deepEqual(found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`), []);
  assert.ok(passes.length > 10, "axe checked the page");
}

const tests = {
  async "an empty page shows the next step"() {
    const { page: address, end } = await emulator();
    const { page, judge, close } = await open(address);
    await isLive(page);
    await page.getByRole("heading", { name: "No repository yet" }).waitFor();
    const told = await page.locator("#repositories-empty code").textContent();
    assert.match(told, /^codearts-repo emulator .*--repository 123$/);
    await page.screenshot({ path: `${folder}/empty.png` });
    await fits(page);
    await isAccessible(page);
    judge();
    await close();
    await end();
  },

  async "a synchronization shows while it happens, without a reload"() {
    const { page, judge, close } = await open(shared.page);
    await isLive(page);
    await badgeSays(page, 123, "never run");
    await page.evaluate(() => { globalThis.untouched = true; });
    await page.locator('[data-key="123"] summary').click();
    assert.equal(await command(shared.endpoint, "sync", "123", "--wait"), 0);
    await badgeSays(page, 123, "finished");
    await page.waitForFunction(() => document.getElementById("news").textContent === "Repository 123 finished.");
    assert.equal(await page.locator("#synchronizations > .run").count(), 1);
    await page.locator("#requests tr", { hasText: "StartRemoteMirrorSynchronization" }).waitFor();
    const first = await page.locator("#requests tr").last().innerText();
    assert.match(first, /POST \/v4\/repositories\/123\/remote-mirror|GET \/v4\/repositories\/123\/remote-mirror/);
    assert.match(first, /\b200\b/);
    assert.equal(await page.evaluate(() => globalThis.untouched), true);
    assert.ok(await page.locator('[data-key="123"] details').evaluate((one) => one.open), "what was opened stays open");
    judge();
    await close();
  },

  async "markup in an address is shown as text, with the reason of the failure"() {
    const { page, judge, close } = await open(shared.page);
    await isLive(page);
    const address = `http://127.0.0.1:9/<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>`;
    // The command line would not send such an address.
    const associated = await fetch(`${shared.endpoint}/v4/repositories/124/remote-mirror/associate`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Auth-Token": token },
      body: JSON.stringify({ url: address }),
    });
    assert.equal(associated.status, 201);
    assert.equal(await command(shared.endpoint, "sync", "124", "--wait"), 1);
    await badgeSays(page, 124, "failed");
    const card = page.locator('[data-key="124"]').first();
    assert.ok((await card.locator(".source").textContent()).includes("onerror"), "the address is shown");
    assert.match(await card.locator(".reason").textContent(), /fatal:/);
    assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
    assert.equal(await page.locator("main img, main script").count(), 0);
    judge();
    await close();
  },

  async "running, pending and failed synchronizations are counted"() {
    // A source that never answers.
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const slow = `http://127.0.0.1:${silent.address().port}/team/slow.git`;
    const sources = ["101", "102", "103", "104=http://127.0.0.1:9/team/gone.git", `105=${slow}`, "106="];
    const { page: address, endpoint, end } = await emulator(...sources.flatMap((source) => ["--repository", source]));
    const { page, judge, close } = await open(address, { viewport: { width: 1080, height: 960 } });
    await isLive(page);
    assert.equal(await command(endpoint, "sync", "101", "102", "103", "104", "--wait"), 1);
    assert.equal(await command(endpoint, "sync", "105"), 0);
    assert.equal(await command(endpoint, "sync", "105", "--force"), 0);
    assert.equal(await command(endpoint, "status", "107"), 1);
    await badgeSays(page, 105, "running, 1 more");
    await badgeSays(page, 106, "no mirror");
    await page.waitForFunction(() => document.getElementById("requests").innerText.includes("404"));
    const figures = await page.locator(".figures dd").allTextContents();
    assert.deepEqual(figures.slice(0, 4), ["6", "3", "1", "1"]);
    assert.equal(await page.locator("#waiting").textContent(), "1 more is pending.");
    assert.equal(await page.locator("#synchronizations .badge").first().textContent(), "running");
    await isAccessible(page);
    await page.screenshot({ path: `${folder}/page.png` });
    judge();
    await close();
    await end();
    silent.close();
  },

  async "no secret is on the page or in its data"() {
    const { page, close } = await open(shared.page);
    await isLive(page);
    const told = (await page.content()) + (await page.evaluate(async () => (await fetch("/page/state")).text()));
    assert.ok(told.includes("ShowRemoteMirror"));
    for (const secret of [token, Buffer.from(token).toString("base64").slice(4, -4)]) {
      assert.ok(!told.includes(secret), "the token is shown");
    }
    await close();
  },

  async "the page works with the keyboard alone"() {
    const { page, close } = await open(shared.page);
    await isLive(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => document.activeElement.ariaLabel);
    assert.equal(label, "Copy the command line for repository 123");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement.textContent === "Copied");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(copied.startsWith("CODEARTS_REPO_TOKEN=") && copied.includes(`--endpoint ${shared.endpoint}`), copied);
    await close();
  },

  async "it fits and is accessible, wide and narrow, light and dark"() {
    for (const [size, viewport] of [["desk", desk], ["phone", phone], ["narrow", { width: 320, height: 640 }]]) {
      for (const colorScheme of ["light", "dark"]) {
        const isMobile = size !== "desk";
        const { page, judge, close } = await open(shared.page, { viewport, colorScheme, isMobile });
        await isLive(page);
        await page.locator('[data-key="124"] summary').click();
        await fits(page);
        await isAccessible(page);
        await page.screenshot({ path: `${folder}/page-${size}-${colorScheme}.png`, fullPage: true });
        judge();
        await close();
      }
    }
  },

  async "the reference has all operations, and one can be tried out"() {
    const { page, judge, close } = await open(`${shared.page}reference`);
    await page.locator(".opblock").first().waitFor();
    const ids = await page.locator(".opblock").evaluateAll((all) => all.map((one) => one.id.split("-").at(-1)));
    assert.deepEqual([...ids].sort(), [...operations].sort());
    assert.equal(await page.locator(".servers select").inputValue(), shared.endpoint);
    const list = page.locator('[id$="-ListCurrentUserRepositories"]');
    await list.locator(".opblock-summary-control").click();
    await list.getByRole("button", { name: "Try it out" }).click();
    await list.locator('tr[data-param-name="X-Auth-Token"] input').fill(token);
    await list.getByRole("button", { name: "Execute" }).click();
    await list.locator(".live-responses-table .response-col_status", { hasText: "200" }).first().waitFor();
    judge();
    await close();
    for (const [size, viewport, colorScheme] of [["phone", phone, "dark"], ["desk", desk, "light"]]) {
      const { page, judge, close } = await open(`${shared.page}reference`, { viewport, colorScheme });
      await page.locator(".opblock").first().waitFor();
      await page.locator('[id$="-ShowRemoteMirror"] .opblock-summary-control').click();
      await page.locator(".responses-table").first().waitFor();
      await fits(page);
      await isAccessible(page, renderers);
      await page.screenshot({ path: `${folder}/reference-${size}-${colorScheme}.png` });
      judge();
      await close();
    }
  },

  async "a page that lost its emulator finds the next one by itself"() {
    const first = await emulator("--repository", "1");
    const { page, close } = await open(first.page);
    await isLive(page);
    await first.end();
    await page.waitForFunction(() => document.getElementById("live").dataset.state === "lost");
    await page.screenshot({ path: `${folder}/lost.png` });
    const second = await emulator("--repository", "2", "--listen", new URL(first.page).host);
    await badgeSays(page, 2, "never run");
    await isLive(page);
    assert.equal(await page.locator('#repositories > [data-key="1"]').count(), 0);
    await close();
    await second.end();
  },
};

const shared = await emulator("--repository", "123", "--repository", "124=", "--repository", "125");
let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  const began = performance.now();
  try {
    await test();
    console.log(`test the page: ${name} ... ok (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed += 1;
    console.log(`test the page: ${name} ... FAILED\n${error.stack}`);
  }
}
await shared.end();
await browser.close();
const passed = Object.keys(tests).length - failed;
console.log(`\ntest result: ${failed ? "FAILED" : "ok"}. ${passed} passed; ${failed} failed; 0 ignored`);
process.exit(failed ? 1 : 0);
