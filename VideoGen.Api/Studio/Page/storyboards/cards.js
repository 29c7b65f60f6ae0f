// The shots of a draft as cards: write, add, move, duplicate and delete them.

import { announce, byId, setText } from "../dom.js";
import { Card } from "./card.js";
import { maxShots, newShot } from "./draft.js";

export class Cards {
  #list = byId("cards");
  #add = byId("shot-add");
  #draft = null;
  #cards = new Map();
  #onChange = () => {};

  constructor() {
    this.#add.addEventListener("click", () => this.#insert(this.#draft.shots.length, newShot(), "Shot added"));
  }

  show(draft, onChange) {
    this.#draft = draft;
    this.#onChange = onChange;
    this.#cards.clear();
    this.#list.replaceChildren();
    this.#draw();
  }

  /** Draws the models anew, once they are known. */
  refresh() {
    if (this.#draft) {
      this.show(this.#draft, this.#onChange);
    }
  }

  /** Shows errors by shot and field, and removes all others: { 2: { script: "…" } } is about the third shot. */
  showErrors(errors) {
    this.#draft.shots.forEach((shot, index) => this.#cards.get(shot.key).showErrors(errors[index] ?? {}));
  }

  focusFirstError() {
    this.#list.querySelector("[aria-invalid]")?.focus();
  }

  #changed() {
    this.#draw();
    this.#onChange();
  }

  #draw() {
    const { shots } = this.#draft;
    const present = new Set(shots.map(shot => shot.key));
    for (const [key, card] of [...this.#cards]) {
      if (!present.has(key)) {
        card.element.remove();
        this.#cards.delete(key);
      }
    }
    shots.forEach((shot, index) => {
      const card = this.#cards.get(shot.key) ?? this.#create(shot);
      if (this.#list.children[index] !== card.element) {
        this.#list.insertBefore(card.element, this.#list.children[index] ?? null);
      }
      card.draw(index, shots);
    });
    this.#add.setAttribute("aria-disabled", String(shots.length >= maxShots));
    setText(byId("shot-count"), `${shots.length} of ${maxShots} shots`);
  }

  #create(shot) {
    const card = new Card(shot, {
      change: () => this.#changed(),
      move: (step, button) => this.#move(shot, step, button),
      duplicate: () => this.#insert(this.#indexOf(shot) + 1, newShot(shot), "Shot duplicated"),
      remove: () => this.#remove(shot),
    });
    this.#cards.set(shot.key, card);
    return card;
  }

  #indexOf(shot) {
    return this.#draft.shots.indexOf(shot);
  }

  #move(shot, step, button) {
    const { shots } = this.#draft;
    const [from, to] = [this.#indexOf(shot), this.#indexOf(shot) + step];
    if (to < 0 || to >= shots.length) {
      announce(step < 0 ? "This is the first shot." : "This is the last shot.");
      return;
    }
    shots.splice(to, 0, ...shots.splice(from, 1));
    this.#changed();
    button.focus();    // an element that moves in the page loses the focus
    announce(`Shot ${from + 1} is now shot ${to + 1}.`);
  }

  #insert(index, shot, text) {
    if (this.#draft.shots.length >= maxShots) {
      announce(`A storyboard can have at most ${maxShots} shots.`);
      return;
    }
    this.#draft.shots.splice(index, 0, shot);
    this.#changed();
    this.#cards.get(shot.key).focus();
    announce(`${text}: it is shot ${index + 1}.`);
  }

  #remove(shot) {
    const { shots } = this.#draft;
    if (shots.length === 1) {
      announce("A storyboard needs at least one shot.");
      return;
    }
    const index = this.#indexOf(shot);
    shots.splice(index, 1);
    this.#changed();
    this.#cards.get(shots[Math.min(index, shots.length - 1)].key).focus();
    announce(`Shot ${index + 1} was deleted.`);
  }
}
