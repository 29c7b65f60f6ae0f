// Shows what GET /operator/upstreams answers, every few seconds. Text is always set as text, never parsed as HTML.

const every = 5000;
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
  return upstream.pauses.length > 0 ? ["paused", "Paused for a model"] : ["ready", "Ready"];
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
  ...(upstream.pauses ?? []).map(pauseOf),
  upstream.problem === null ? null : problem(upstream.problem));

function modelOf(model, upstreams) {
  const isUsable = place => place.problem === null && upstreams.some(upstream => upstream.name === place.name
    && !upstream.drained
    && !(upstream.pauses ?? []).some(pause => pause.model === null || pause.model === model.name));
  const usable = model.upstreams.filter(isUsable).length;
  const state = usable === model.upstreams.length ? ["ready", "Ready"]
    : usable > 0 ? ["ready", `Ready at ${usable} of ${model.upstreams.length}`]
      : ["problem", "Not available"];
  return card(model.id, ...state,
    list([
      ["Title", model.title],
      ["Name there", model.name],
      ["Upstreams", model.upstreams.map(place => place.name).join(", ")],
      ["Default", model.default ? "yes" : null],
      ["Falls back to", model.fallback.length > 0 ? model.fallback.join(", ") : null],
    ]),
    model.takes === null ? null : h("p", { class: "note" }, model.takes),
    ...model.upstreams.filter(place => place.problem !== null).map(place => problem(`${place.name}: ${place.problem}`)));
}

function fail(text) {
  byId("failure").textContent = text;
  byId("failure").hidden = text === "";
}

async function refresh() {
  try {
    const answer = await fetch("/operator/upstreams", { cache: "no-store" });
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
