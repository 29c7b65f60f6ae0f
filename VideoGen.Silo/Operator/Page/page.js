// Shows what GET /operator/upstreams answers, every few seconds. Text is always set as text, never parsed as HTML.

const every = 5000;
const address = new URL("/operator/upstreams", location.origin);    // without user and password, which the page's may have
const byId = id => document.getElementById(id);
let shown = "";

function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

const problem = (...children) => h("p", { class: "problem" }, ...children);

const list = rows => h("dl", {}, ...rows
  .filter(([, value]) => value !== null)
  .flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));

const card = (name, state, words, ...children) => h("article", { "data-name": name },
  h("div", { class: "title" }, h("h3", {}, name), h("span", { class: "state", "data-state": state }, words)), ...children);

function time(iso) {
  const at = new Date(iso);
  return h("time", { datetime: iso }, at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" }));
}

function stateOf(upstream) {
  if (upstream.drained) {
    return upstream.renders === 0 ? ["drained", "Drained, idle"] : ["drained", "Draining"];
  }
  if (upstream.pauses === null) {
    return ["unknown", "Unknown"];
  }
  if (upstream.pauses.some(pause => pause.model === null)) {
    return ["paused", "Paused"];
  }
  if (upstream.pauses.length > 0) {
    return ["paused", "Paused for a model"];
  }
  return upstream.problem === null ? ["ready", "Ready"] : ["problem", "Not available"];
}

const pauseOf = pause => problem(
  pause.model === null ? "Paused since " : `Paused for ${pause.model} since `, time(pause.since),
  ` (${pause.reason}): ${pause.message}`);

const upstreamOf = upstream => card(upstream.name, ...stateOf(upstream),
  list([
    ["Kind", upstream.kind],
    ["Address", upstream.address],
    ["Renders", upstream.renders === null ? "unknown" : `${upstream.renders} of ${upstream.limit}`],
    ["Waiting", upstream.waiting === null ? "unknown" : `${upstream.waiting}`],
    ["Software", upstream.software],
    ["Repeats", upstream.repeatCostsMoney ? "may cost money" : "are free"],
  ]),
  upstream.lacks === null ? null : h("p", { class: "note" }, upstream.lacks),
  ...(upstream.pauses ?? []).map(pauseOf),
  upstream.problem === null ? null : problem(upstream.problem));

/** Why a model cannot be used at one of its upstreams now; null when it can. */
function obstacle(model, place, upstreams) {
  const pauses = upstreams.find(upstream => upstream.name === place.name)?.pauses ?? [];
  return place.problem ?? pauses.find(pause => pause.model === null || pause.model === model.name)?.message ?? null;
}

function modelOf(model, upstreams) {
  const obstacles = model.upstreams
    .map(place => ({ name: place.name, text: obstacle(model, place, upstreams) }))
    .filter(({ text }) => text !== null);
  const usable = model.upstreams.length - obstacles.length;
  const state = usable === 0 ? ["problem", "Not available"]
    : obstacles.length === 0 ? ["ready", "Ready"] : ["ready", `Ready at ${usable} of ${model.upstreams.length}`];
  return card(model.id, ...state,
    list([
      ["Title", model.title],
      ["Name there", model.name],
      ["Upstreams", model.upstreams.map(place => place.name).join(", ")],
      ["Default", model.default ? "yes" : null],
      ["Falls back to", model.fallback.length > 0 ? model.fallback.join(", ") : null],
    ]),
    model.takes === null ? null : h("p", { class: "note" }, model.takes),
    ...obstacles.map(({ name, text }) => problem(`${name}: ${text}`)));
}

function fail(text) {
  byId("failure").textContent = text;
  byId("failure").hidden = text === "";
}

async function refresh() {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) {
      fail(`The server answered ${answer.status}. What follows may be out of date.`);
      return;
    }
    draw(await answer.text());
  } catch {
    fail("The server does not answer. What follows may be out of date.");
  }
}

// Only changes are drawn, so that a selection or a position of a screen reader is not lost.
function draw(text) {
  fail("");
  byId("updated").textContent = `Updated ${new Date().toLocaleTimeString()}`;
  if (text === shown) {
    return;
  }
  shown = text;
  const { upstreams, models } = JSON.parse(text);
  byId("upstreams").replaceChildren(...upstreams.map(upstreamOf));
  byId("models").replaceChildren(...models.map(model => modelOf(model, upstreams)));
}

async function run() {
  if (!document.hidden) {
    await refresh();
  }
  setTimeout(run, every);
}

document.addEventListener("visibilitychange", () => document.hidden || refresh());
run();
