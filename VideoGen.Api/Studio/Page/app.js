// The studio: one store, a feed that keeps it true, and the views on it.

import { Actions } from "./actions.js";
import { getGeneration, Refusal } from "./api.js";
import { Catalogue } from "./catalogue.js";
import { Composer } from "./composer.js";
import { byId, setText, toast } from "./dom.js";
import { Feed } from "./feed.js";
import { History } from "./history.js";
import { forgetKey, hasKey } from "./key.js";
import { Screen } from "./screen.js";
import { Store } from "./store.js";
import { isOver } from "./words.js";

const page = document.documentElement.dataset;
const links = {
  connecting: "Connecting",
  live: "Live",
  polling: "Up to date",
  offline: "The server does not answer. Nothing accepted is lost; trying again",
};

const store = new Store();
const catalogue = new Catalogue(store);
const composer = new Composer();
const actions = new Actions(store, made => select(made.id), generation => composer.fill(generation));
const screen = new Screen(byId("screen"), store, actions);
const history = new History(store, catalogue, actions, filter, older);
const feed = new Feed(store, refresh);

/** The film that the address names; other anchors are places of the page. */
const askedFor = () => /^#([0-9a-f-]{36})$/.exec(location.hash)?.[1] ?? null;

async function refresh() {
  await catalogue.refresh();
  history.settle();
  if (!store.get(screen.id)) {
    await open();
  }
}

/** Puts the film of the address on the screen, else the newest one in the works, else the newest. */
async function open() {
  const asked = askedFor();
  if (asked && !store.get(asked)) {
    try {
      store.put(await getGeneration(asked));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 404)) {
        throw error;
      }
      toast("This film is not there any more.");
      window.history.replaceState(null, "", location.pathname);
    }
  }
  const all = store.all;
  look((store.get(asked) ?? all.find(one => !isOver(one)) ?? all[0])?.id ?? null);
}

function look(id) {
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
  await orExplain(() => catalogue.show(status, screen.id));
  history.settle();
  history.mark(screen.id);
}

async function older() {
  const isRead = await orExplain(() => catalogue.more());
  history.settle();
  history.mark(screen.id);
  return isRead;
}

/** Whether it went well; if not, the user is told why. */
async function orExplain(act) {
  try {
    await act();
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  }
}

composer.addEventListener("ordered", event => {
  store.put(event.detail);
  select(event.detail.id);
});

store.addEventListener("changed", ({ detail: { id, now } }) => {
  history.mark(screen.id);
  if (screen.id === null && catalogue.isLoaded) {
    look(id);
  }
  if (now.preview && now.status === "completed" && page.films === "unknown") {
    page.films = "preview";    // only the silos know what they make; their films tell
  }
});

store.addEventListener("removed", event => {
  if (event.detail.id === screen.id && event.detail.isDeleted) {
    window.history.replaceState(null, "", location.pathname);
    look(store.all[0]?.id ?? null);
  }
});

addEventListener("hashchange", async () => {
  if (askedFor()) {
    await orExplain(open);
    screen.focus();
  }
});

feed.addEventListener("changed", () => {
  byId("link").dataset.state = feed.state;
  setText(byId("link-text"), links[feed.state]);
});

byId("key-forget").hidden = !hasKey();
byId("key-forget").addEventListener("click", forgetKey);

composer.resume();
feed.run();
