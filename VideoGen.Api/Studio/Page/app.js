// The studio: one store, a feed that keeps it up to date, and the views on it.

import { Actions } from "./actions.js";
import { getGeneration, Refusal } from "./api.js";
import { Pager } from "./pager.js";
import { Composer } from "./composer.js";
import { byId, setText, toast } from "./dom.js";
import { Feed } from "./feed.js";
import { History } from "./history.js";
import { forgetKey, hasKey } from "./key.js";
import { Screen } from "./screen.js";
import { Store } from "./store.js";
import { isOver } from "./format.js";

const page = document.documentElement.dataset;
const connectionTexts = {
  connecting: "Connecting",
  live: "Live",
  polling: "Up to date",
  offline: "The server does not respond. Your videos are safe. Reconnecting",
};

const store = new Store();
const pager = new Pager(store);
const composer = new Composer();
const actions = new Actions(store, created => select(created.id), generation => composer.fill(generation));
const screen = new Screen(byId("screen"), store, actions);
const history = new History(store, pager, actions, filter, older);
const feed = new Feed(store, refresh);

/** The id of the video in the URL. Other anchors are parts of the page. */
const requestedId = () => /^#([0-9a-f-]{36})$/.exec(location.hash)?.[1] ?? null;

async function refresh() {
  await pager.refresh();
  history.settle();
  if (!store.get(screen.id)) {
    await open();
  }
}

/** Shows the video of the URL, else the newest unfinished video, else the newest video. */
async function open() {
  const requested = requestedId();
  if (requested && !store.get(requested)) {
    try {
      store.put(await getGeneration(requested));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 404)) {
        throw error;
      }
      toast("This video no longer exists.");
      window.history.replaceState(null, "", location.pathname);
    }
  }
  const all = store.all;
  show((store.get(requested) ?? all.find(one => !isOver(one)) ?? all[0])?.id ?? null);
}

function show(id) {
  screen.show(id);
  history.mark(id);
}

function select(id) {
  if (location.hash === `#${id}`) {
    screen.focus();
  } else {
    location.hash = id;
  }
}

async function filter(status) {
  await orExplain(() => pager.show(status, screen.id));
  history.settle();
  history.mark(screen.id);
}

async function older() {
  const isRead = await orExplain(() => pager.more());
  history.settle();
  history.mark(screen.id);
  return isRead;
}

/** Returns whether the action succeeded. If it failed, shows the reason. */
async function orExplain(action) {
  try {
    await action();
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

composer.addEventListener("submitted", event => {
  store.put(event.detail);
  select(event.detail.id);
});

store.addEventListener("changed", ({ detail: { id } }) => {
  history.mark(screen.id);
  if (screen.id === null && pager.isLoaded) {
    show(id);
  }
});

composer.models.addEventListener("loaded", () => {
  if (page.films === "unknown" && composer.models.default) {
    page.films = composer.models.default.preview ? "preview" : "model";    // in a cluster only the silos know
  }
  screen.show(screen.id);    // with the titles of the models
}, { once: true });

store.addEventListener("removed", event => {
  if (event.detail.id === screen.id && event.detail.isDeleted) {
    window.history.replaceState(null, "", location.pathname);
    show(store.all[0]?.id ?? null);
  }
});

addEventListener("hashchange", async () => {
  if (requestedId()) {
    await orExplain(open);
    screen.focus();
  }
});

feed.addEventListener("changed", () => {
  byId("link").dataset.state = feed.state;
  setText(byId("link-text"), connectionTexts[feed.state]);
  if (feed.state === "live" && !composer.models.default) {
    composer.models.load();    // the server did not answer when the page was opened
  }
});

byId("key-forget").hidden = !hasKey();
byId("key-forget").addEventListener("click", forgetKey);

composer.resume();
feed.run();
