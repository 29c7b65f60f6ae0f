// One shot of a draft.

import { tool } from "../buttons.js";
import { h, setAttribute, setText } from "../dom.js";
import { ShotFields } from "./shotFields.js";

export class Card {
  #shot;
  #fields;
  #title = h("h3", {});
  #chain = h("p", { class: "chain" });
  #up;
  #down;
  #remove;

  constructor(shot, { change, move, duplicate, remove }) {
    this.#shot = shot;
    this.#fields = new ShotFields(shot, change);
    this.#up = tool("up", "Move up", () => move(-1, this.#up));
    this.#down = tool("down", "Move down", () => move(1, this.#down));
    this.#remove = tool("bin", "Delete", remove);
    this.element = h("li", { class: "card" },
      h("div", { class: "card-head" }, this.#title, this.#chain,
        h("div", { class: "tools" }, this.#up, this.#down, tool("copy", "Duplicate", duplicate), this.#remove)),
      this.#fields.element);
  }

  focus() {
    this.#fields.focus();
  }

  showErrors(errors) {
    this.#fields.showErrors(errors);
  }

  draw(index, shots) {
    const number = index + 1;
    setText(this.#title, `Shot ${number}`);
    setText(this.#chain, this.#shot.start === "previous" && index > 0 ? `Continues shot ${index}` : "");
    setAttribute(this.element, "data-start", this.#shot.start);
    setAttribute(this.element, "aria-label", `Shot ${number}`);
    // Not disabled, so that the focus stays on a button when its card has arrived at an end.
    setAttribute(this.#up, "aria-disabled", String(index === 0));
    setAttribute(this.#down, "aria-disabled", String(index === shots.length - 1));
    setAttribute(this.#remove, "aria-disabled", String(shots.length === 1));
    for (const button of this.element.querySelectorAll(".card-head .tool")) {
      const label = `${button.title} shot ${number}`.replace(/^(Move) (up|down) (shot \d+)$/, "$1 $3 $2");
      setAttribute(button, "aria-label", label);
    }
    this.#fields.draw(index, shots);
  }
}
