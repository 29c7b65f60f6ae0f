// The page of characters and storyboards: a store, a feed that keeps it up to date, the overview, and one storyboard.

import { Refusal } from "../api.js";
import { byId, setText, toast } from "../dom.js";
import { Feed } from "../feed.js";
import { forgetKey, hasKey } from "../key.js";
import { Store } from "../store.js";
import { Board } from "./board.js";
import { Characters } from "./characters.js";
import { List } from "./list.js";
import { isRunning } from "./shotStatus.js";
import { eventsOf, getStoryboard, listMoreStoryboards, listStoryboards } from "./storyboardApi.js";

const connectionTexts = {
  connecting: "Connecting",
  live: "Live",
  polling: "Up to date",
  offline: "The server does not respond. Your storyboards are safe. Reconnecting",
};

const store = new Store();
const characters = new Characters();
const board = new Board(store, characters);
const list = new List(store, more);
const feed = new Feed(store, refresh);
let next = null;
let isLoaded = false;

/** What the URL names: the id of a storyboard, "new", or null for the overview. */
const requested = () => /^#([0-9a-f-]{36}|new)$/.exec(location.hash)?.[1] ?? null;

async function refresh() {
  const wanted = requested();
  if (wanted === null || !characters.isLoaded) {
    await characters.refresh();
  }
  if (wanted === null) {
    await readList();
  } else if (wanted !== "new") {
    await read(wanted);
  }
  await open();
}

async function readList() {
  const moment = store.moment;
  const page = await listStoryboards();
  if (!isLoaded) {
    next = page.next;
  }
  isLoaded = true;
  store.reconcile(page.items, page.next === null, () => true, moment);
  drawList();
}

async function read(id) {
  try {
    store.put(await getStoryboard(id));
  } catch (error) {
    if (!(error instanceof Refusal && error.status === 404)) {
      throw error;
    }
    store.remove(id);
    leave("This storyboard no longer exists.");
  }
}

/** Shows what the URL names, if it is not shown yet and is known. */
function open() {
  const wanted = requested();
  const isBoard = wanted !== null;
  byId("overview").hidden = isBoard;
  if (!isBoard) {
    board.close();
  } else if (wanted === "new") {
    if (board.id !== null && characters.isLoaded) {
      board.show(null);
    }
  } else if (store.get(wanted) && board.id !== wanted) {
    board.show(store.get(wanted));
  }
}

function leave(reason) {
  if (reason) {
    toast(reason);
  }
  location.hash = "";
}

function follow() {
  const wanted = requested();
  feed.follow(wanted === null || wanted === "new" ? null : eventsOf(wanted), "storyboard");
}

async function more() {
  try {
    const page = await listMoreStoryboards(next);
    next = page.next;
    page.items.forEach(item => store.put(item));
    drawList();
  } catch (error) {
    toast(error.message);
  }
}

const drawList = () => list.draw(isLoaded, next !== null, id => characters.find(id)?.pictures[0] ?? null);

board.addEventListener("created", ({ detail: { id } }) => {
  history.replaceState(null, "", `#${id}`);
  follow();
});

board.addEventListener("copied", ({ detail: copy }) => {
  store.put(copy);
  location.hash = copy.id;
});

board.addEventListener("closed", ({ detail: id }) => {
  board.discard();
  if (id) {
    store.remove(id);
  }
  leave();
});

board.addEventListener("outdated", () => feed.resume());

store.addEventListener("removed", ({ detail: { id } }) => id === board.id && leave("This storyboard was deleted."));

store.addEventListener("changed", ({ detail: { id, before, now } }) => {
  if (id === board.id && before && isRunning(now) && !isRunning(before)) {
    feed.resume();    // the stream ends with the storyboard
  }
});

addEventListener("hashchange", () => {
  open();
  follow();
  if (requested() === null) {
    drawList();
    byId("boards-title").focus({ preventScroll: true });
  }
});

feed.addEventListener("changed", () => {
  byId("link").dataset.state = feed.state;
  setText(byId("link-text"), connectionTexts[feed.state]);
  if (feed.state !== "offline" && !board.models.default) {
    board.models.load();    // the server did not answer when the page was opened
  }
});

// A picture that is dropped outside a field must not replace the page.
for (const type of ["dragover", "drop"]) {
  document.addEventListener(type, event => event.preventDefault());
}

byId("key-forget").hidden = !hasKey();
byId("key-forget").addEventListener("click", forgetKey);

open();
follow();
feed.run();
