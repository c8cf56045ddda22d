// Shows the state of the emulator as it changes. Data from outside is always set as text, never as markup.

const byId = (id) => document.getElementById(id);
const origin = location.origin;

/** Sets a text only if it has changed: setting it would disturb a selection and a screen reader. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function show(element, shown) {
  element.hidden = !shown;
}

/** Keeps one element for each item, in the items' order; an element that stays keeps its focus and its state. */
function list(parent, template, items, keyOf, fill) {
  const known = new Map([...parent.children].map((element) => [element.dataset.key, element]));
  const isFirst = parent.dataset.filled === undefined;
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let element = known.get(key);
    known.delete(key);
    if (!element) {
      element = byId(template).content.firstElementChild.cloneNode(true);
      element.dataset.key = key;
      if (!isFirst) element.classList.add("fresh");
    }
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
    fill(element, item);
  }
  for (const element of known.values()) element.remove();
  parent.dataset.filled = "";
}

// Times

const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const units = [["day", 86400], ["hour", 3600], ["minute", 60]];

function ago(text) {
  const seconds = Math.max(0, (Date.now() - Date.parse(text)) / 1000);
  if (seconds < 60) return "just now";
  const [unit, length] = units.find(([, length]) => seconds >= length);
  return words.format(-Math.floor(seconds / length), unit);
}

function clock(text) {
  return new Date(text).toLocaleTimeString("en-GB");
}

function duration(milliseconds) {
  if (milliseconds < 1) return "< 1 ms";
  if (milliseconds < 1000) return `${milliseconds} ms`;
  return milliseconds < 60000 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.round(milliseconds / 60000)} min`;
}

/** A relative time, which is kept up to date; the exact time is in the tooltip. */
function when(element, text, otherwise) {
  let time = element.querySelector("time");
  if (!text) {
    say(element, otherwise);
    return;
  }
  if (!time) {
    time = document.createElement("time");
    element.replaceChildren(time);
  }
  time.dateTime = text;
  time.title = text;
  say(time, ago(text));
}

setInterval(() => {
  for (const time of document.querySelectorAll("dd > time")) say(time, ago(time.dateTime));
}, 10000);

// Repositories

const statuses = {
  none: "never run",
  scheduled: "waiting",
  started: "running",
  finished: "finished",
  failed: "failed",
};

function syncCommand(id) {
  return `CODEARTS_REPO_TOKEN=T \\\ncodearts-repo sync ${id} --wait \\\n  --endpoint ${origin}`;
}

function associateCommand(id) {
  const command = `codearts-repo mirror associate ${id} \\\n  --endpoint ${origin} \\\n  --url https://…`;
  return `CODEARTS_REPO_TOKEN=T \\\n${command}`;
}

function badge(element, status, words) {
  element.dataset.status = status;
  say(element, words);
}

function source({ is_demonstration, mirror }) {
  if (!mirror) return "A plain repository.";
  if (is_demonstration) return "The emulator's demonstration repository";
  return mirror.url || "No source yet; set one with mirror set.";
}

function fillRepository(card, repository) {
  const { id, name, archived, starred, waiting, mirror } = repository;
  const part = (selector) => card.querySelector(selector);
  say(part(".name"), name);
  say(part(".id"), `#${id}${starred ? " ★" : ""}${archived ? " archived" : ""}`);
  const status = mirror?.update_status ?? "no-mirror";
  const said = mirror ? statuses[status] ?? status : "no mirror";
  badge(part(".badge"), status, waiting > 0 ? `${said}, ${waiting} more` : said);
  say(part(".source"), source(repository));
  show(part(".facts"), Boolean(mirror));
  if (mirror) {
    when(part(".last-success"), mirror.last_successful_update_at, "never");
    when(part(".last-run"), mirror.last_update_at, "never");
    say(part(".failures"), String(mirror.number_of_failures));
    say(part(".schedule"), mirror.mirroring_enabled ? "on" : "off");
  }
  say(part(".reason"), mirror?.last_error ?? "");
  show(part(".reason"), Boolean(mirror?.last_error));
  say(part("summary"), mirror ? "Start a synchronization" : "Make it a mirror");
  say(part("code"), mirror ? syncCommand(id) : associateCommand(id));
  part("pre").setAttribute("aria-label", `Command line for repository ${id}`);
  part("[data-copy]").setAttribute("aria-label", `Copy the command line for repository ${id}`);
}

function showRepositories({ total, statuses, shown }) {
  const count = (...names) => names.reduce((sum, name) => sum + (statuses[name] ?? 0), 0);
  for (const [id, number] of [
    ["repositories", total],
    ["finished", count("finished")],
    ["started", count("scheduled", "started")],
    ["failed", count("failed")],
  ]) {
    say(byId(`figure-${id}`), number.toLocaleString("en"));
    byId(`figure-${id}`).parentElement.classList.toggle("some", number > 0);
  }
  list(byId("repositories"), "repository", shown, (repository) => repository.id, fillRepository);
  show(byId("repositories-empty"), total === 0);
  const all = total.toLocaleString("en");
  say(byId("repositories-more"), `${shown.length} of ${all} are shown, first those that failed or are under way.`);
  show(byId("repositories-more"), shown.length < total);
  say(byId("first-sync"), syncCommand(shown[0]?.id ?? 123));
}

// Synchronizations and requests

function fillRun(row, { repository_id, state, force_fetch, began_at, ended_at, error }) {
  const part = (selector) => row.querySelector(selector);
  badge(part(".badge"), state, statuses[state] ?? state);
  say(part(".what"), `Repository ${repository_id}${force_fetch ? ", forced" : ""}`);
  const began = part(".began");
  began.dateTime = began_at;
  say(began, `began at ${clock(began_at)}`);
  say(part(".took"), ended_at ? duration(Date.parse(ended_at) - Date.parse(began_at)) : "");
  say(part(".reason"), error ?? "");
  show(part(".reason"), Boolean(error));
}

function showSynchronizations({ waiting, last }) {
  list(byId("synchronizations"), "run", last, (run) => run.number, fillRun);
  show(byId("synchronizations-empty"), last.length === 0);
  say(byId("waiting"), waiting === 1 ? "1 more is pending." : `${waiting} more are pending.`);
  show(byId("waiting"), waiting > 0);
}

const ends = { reset: "reset", left: "client left" };

function fillRequest(row, { at, method, path, operation, status, end, milliseconds }) {
  const part = (selector) => row.querySelector(selector);
  const time = part("time");
  time.dateTime = at;
  time.title = at;
  say(time, clock(at));
  say(part(".method"), method);
  say(part(".path"), path);
  say(part(".operation"), operation ?? "no operation of the API");
  const told = part(".status span");
  told.dataset.tone = status === null || status >= 500 ? "failed" : status >= 400 ? "started" : "finished";
  say(told, status === null ? ends[end] ?? end : String(status));
  say(part(".took"), duration(milliseconds));
}

function showRequests({ total, last }) {
  say(byId("figure-requests"), total.toLocaleString("en"));
  list(byId("requests"), "request", last, (request) => request.number, fillRequest);
  show(byId("requests-table"), last.length > 0);
  show(byId("requests-empty"), last.length === 0);
  say(byId("requests-more"), `The last ${last.length} of ${total.toLocaleString("en")}.`);
  show(byId("requests-more"), last.length < total);
}

// What a screen reader announces: how synchronizations end, and whether the page still receives changes.

let ended = null;

function announce(runs) {
  const over = runs.filter((run) => run.ended_at);
  if (ended) {
    const fresh = over.filter((run) => !ended.has(run.number));
    if (fresh.length > 3) say(byId("news"), `${fresh.length} synchronizations ended.`);
    else if (fresh.length > 0) {
      say(byId("news"), fresh.map((run) => `Repository ${run.repository_id} ${statuses[run.state]}.`).join(" "));
    }
  }
  ended = new Set(over.map((run) => run.number));
}

const states = { connecting: "Connecting…", live: "Live", lost: "Not connected" };

function connection(state) {
  if (byId("live").dataset.state === state) return;
  if (state === "lost") say(byId("news"), "The emulator does not answer. The page goes on trying.");
  byId("live").dataset.state = state;
  say(byId("live-text"), states[state]);
}

// The connection

function receive({ emulator, repositories, synchronizations, requests }) {
  say(byId("version"), emulator.version);
  say(byId("contract"), emulator.contract);
  showRepositories(repositories);
  showSynchronizations(synchronizations);
  showRequests(requests);
  announce(synchronizations.last);
  connection("live");
}

function listen() {
  const events = new EventSource("/page/events");
  events.onmessage = (event) => receive(JSON.parse(event.data));
  events.onerror = () => {
    connection("lost");
    ended = null;
    // A browser does not reconnect after an answer that is not an event stream.
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  };
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const code = button.parentElement.querySelector("code");
  try {
    await navigator.clipboard.writeText(code.textContent);
    say(button, "Copied");
    say(byId("news"), "Copied.");
  } catch {
    getSelection().selectAllChildren(code);
    say(button, "Selected");
  }
  setTimeout(() => say(button, "Copy"), 1500);
});

say(byId("address"), origin);
say(byId("start"), "codearts-repo emulator --token T --repository 123");
for (const element of document.querySelectorAll(".origin")) say(element, origin);
listen();
