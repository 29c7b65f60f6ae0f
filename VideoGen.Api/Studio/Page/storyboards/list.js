// The list of storyboards, newest first.

import { byId, h, setAttribute, setText } from "../dom.js";
import { when } from "../format.js";
import { doneOf, statusOf } from "./shotStatus.js";

export class List {
  #list = byId("boards");
  #rows = new Map();
  #store;

  constructor(store, onMore) {
    this.#store = store;
    byId("boards-more").addEventListener("click", onMore);
  }

  /** Draws what the store has. `front` returns the front picture of a character. */
  draw(isLoaded, hasMore, front) {
    const { all } = this.#store;
    const present = new Set(all.map(({ id }) => id));
    for (const [id, row] of [...this.#rows]) {
      if (!present.has(id)) {
        row.element.remove();
        this.#rows.delete(id);
      }
    }
    all.forEach((storyboard, index) => {
      const row = this.#rows.get(storyboard.id) ?? this.#create(storyboard);
      if (this.#list.children[index] !== row.element) {
        this.#list.insertBefore(row.element, this.#list.children[index] ?? null);
      }
      this.#fill(row, storyboard, front(storyboard.characterId));
    });
    byId("boards-empty").hidden = !isLoaded || all.length > 0;
    byId("boards-more").hidden = !hasMore;
  }

  #create({ id }) {
    const row = {
      picture: h("img", { alt: "", loading: "lazy", decoding: "async" }), title: h("h3", {}), state: h("p", { class: "state" }),
      facts: h("p", { class: "help" }),
    };
    row.element = h("li", {}, h("a", { href: `#${id}` }, row.picture, h("div", {}, row.title, row.state, row.facts)));
    this.#rows.set(id, row);
    return row;
  }

  #fill(row, storyboard, front) {
    const { title, shots, createdAt, posterUrl, status } = storyboard;
    const done = shots.filter(shot => doneOf(shot) === 1).length;
    setAttribute(row.element, "data-state", status);
    setAttribute(row.picture, "src", posterUrl ?? front);
    setText(row.title, title);
    setText(row.state, statusOf(storyboard));
    setText(row.facts, [
      when(createdAt), status === "draft" || status === "completed" ? null : `${done} of ${shots.length} shots finished`,
      `${shots.reduce((sum, shot) => sum + shot.duration, 0)} s in ${shots.length === 1 ? "1 shot" : `${shots.length} shots`}`,
    ].filter(Boolean).join(" · "));
  }
}
