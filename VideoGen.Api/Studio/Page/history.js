// The list of videos as tiles, newest first. Scrolling to the end loads older ones.

import { byId, h, icon, setAttribute, setText } from "./dom.js";
import { newestFirst } from "./store.js";
import { isOver, positionOf, sizeOf, stateOf, when } from "./format.js";

export class History {
  #list = byId("tiles");
  #empty = byId("empty");
  #older = byId("older");
  #filters = byId("filters");
  #tiles = new Map();
  #store;
  #pager;
  #actions;

  constructor(store, pager, actions, onFilter, onOlder) {
    this.#store = store;
    this.#pager = pager;
    this.#actions = actions;
    store.addEventListener("changed", event => this.#draw(event.detail.now));
    store.addEventListener("removed", event => this.#remove(event.detail.id));
    this.#filters.addEventListener("change", event => onFilter(event.target.value));
    this.#older.addEventListener("click", onOlder);
    // The observer reports changes only. If the end is visible again before the next frame, it sees none, so observe it anew.
    const observer = new IntersectionObserver(async entries => {
      if (entries.some(entry => entry.isIntersecting) && await onOlder()) {
        observer.unobserve(this.#older);
        observer.observe(this.#older);
      }
    }, { rootMargin: "600px" });
    observer.observe(this.#older);
  }

  /** Shows the hint for an empty list, and the button for older videos. */
  settle() {
    const isFiltered = this.#filters.querySelector(":checked").value !== "";
    this.#older.hidden = !this.#pager.hasMore;
    this.#empty.hidden = !this.#pager.isLoaded || this.#tiles.size > 0 || this.#pager.hasMore;
    setText(this.#empty, isFiltered ? "No videos match this filter."
      : "No videos yet. To create the first one, add a picture and describe what happens.");
  }

  /** Marks the tile of the video on the screen. */
  mark(id) {
    for (const [own, tile] of this.#tiles) {
      setAttribute(tile.link, "aria-current", own === id ? "true" : null);
    }
  }

  #draw(generation) {
    if (!this.#pager.belongs(generation)) {
      this.#remove(generation.id);
      return;
    }
    const tile = this.#tiles.get(generation.id) ?? this.#add(generation);
    setAttribute(tile.element, "data-state", generation.status);
    setAttribute(tile.picture, "src", generation.posterUrl ?? generation.characterImageUrl);
    setText(tile.state, stateOf(generation));
    setText(tile.script, generation.script);
    setText(tile.facts, [
      positionOf(generation) ?? when(generation.createdAt), `${generation.duration} s`, sizeOf(generation),
    ].join(" · "));
    tile.bar.style.setProperty("--done", generation.progress ?? 0);
    tile.bar.hidden = isOver(generation);
    tile.bin.hidden = !isOver(generation);
    setAttribute(tile.bin, "aria-label", `Delete: ${generation.script}`);
  }

  #add(generation) {
    const tile = {
      picture: h("img", { alt: "", loading: "lazy", decoding: "async" }),
      state: h("span", { class: "tile-state" }),
      script: h("span", { class: "tile-script" }),
      facts: h("span", { class: "tile-facts" }),
      bar: h("span", { class: "tile-bar" }, h("span")),
    };
    tile.link = h("a", { href: `#${generation.id}` },
      h("span", { class: "tile-picture" }, tile.picture, tile.state, tile.bar), tile.script, tile.facts);
    tile.bin = h("button", { type: "button", class: "tile-bin", onclick: () => this.#askToDelete(generation.id) }, icon("bin"));
    tile.element = h("li", { "data-id": generation.id }, tile.link, tile.bin);
    tile.createdAt = generation.createdAt;
    tile.id = generation.id;
    this.#tiles.set(tile.id, tile);
    this.#list.insertBefore(tile.element, this.#after(tile));
    this.settle();
    return tile;
  }

  // New videos come at the front and older pages at the end, so a search from both sides takes few steps.
  #after(tile) {
    const last = this.#list.lastElementChild;
    if (!last || newestFirst(this.#tiles.get(last.dataset.id), tile) < 0) {
      return null;
    }
    let next = this.#list.firstElementChild;
    while (next && newestFirst(this.#tiles.get(next.dataset.id), tile) < 0) {
      next = next.nextElementSibling;
    }
    return next;
  }

  #remove(id) {
    const tile = this.#tiles.get(id);
    if (tile) {
      const hadFocus = tile.element.contains(document.activeElement);
      this.#tiles.delete(id);
      tile.element.remove();
      this.settle();
      if (hadFocus) {
        byId("history-title").focus({ preventScroll: true });
      }
    }
  }

  #askToDelete(id) {
    const { element, link, bin } = this.#tiles.get(id);
    this.#actions.askToDelete(element, this.#store.get(id), () => {
      element.replaceChildren(link, bin);
      bin.focus();
    });
  }
}
