// The list of films as tiles, newest first; older ones come as the end of the list comes into sight.

import { byId, h, icon, setAttribute, setText } from "./dom.js";
import { newestFirst } from "./store.js";
import { isOver, placeOf, stateOf, when } from "./words.js";

export class History {
  #list = byId("tiles");
  #empty = byId("empty");
  #older = byId("older");
  #filters = byId("filters");
  #tiles = new Map();
  #store;
  #catalogue;
  #actions;

  constructor(store, catalogue, actions, onFilter, onOlder) {
    this.#store = store;
    this.#catalogue = catalogue;
    this.#actions = actions;
    store.addEventListener("changed", event => this.#draw(event.detail.now));
    store.addEventListener("removed", event => this.#take(event.detail.id));
    this.#filters.addEventListener("change", event => onFilter(event.target.value));
    this.#older.addEventListener("click", onOlder);
    // It tells changes only: who is at the end again before the next frame never left it, so it is made to look anew.
    const sight = new IntersectionObserver(async entries => {
      if (entries.some(entry => entry.isIntersecting) && await onOlder()) {
        sight.unobserve(this.#older);
        sight.observe(this.#older);
      }
    }, { rootMargin: "600px" });
    sight.observe(this.#older);
  }

  /** Says what there is when there is nothing, and whether more can be had. */
  settle() {
    const isFiltered = this.#filters.querySelector(":checked").value !== "";
    this.#older.hidden = !this.#catalogue.hasMore;
    this.#empty.hidden = !this.#catalogue.isLoaded || this.#tiles.size > 0 || this.#catalogue.hasMore;
    setText(this.#empty, isFiltered ? "There is no such film." : "There are no films yet. The first one is a picture and a sentence away.");
  }

  /** Marks the tile of the film that is looked at. */
  mark(id) {
    for (const [own, tile] of this.#tiles) {
      setAttribute(tile.link, "aria-current", own === id ? "true" : null);
    }
  }

  #draw(generation) {
    if (!this.#catalogue.belongs(generation)) {
      this.#take(generation.id);
      return;
    }
    const tile = this.#tiles.get(generation.id) ?? this.#add(generation);
    setAttribute(tile.element, "data-state", generation.status);
    setAttribute(tile.picture, "src", generation.posterUrl ?? generation.characterImageUrl);
    setText(tile.state, stateOf(generation));
    setText(tile.script, generation.script);
    setText(tile.facts, [placeOf(generation) ?? when(generation.createdAt), `${generation.duration} s`, `${generation.quality} px`].join(" · "));
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

  // News are at the front and older pages at the end: looking from both sides finds the place in a few steps.
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

  #take(id) {
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
