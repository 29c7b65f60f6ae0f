// The strip: one segment per shot, as long as the shot, which fills while the shot renders.

import { byId, h, setAttribute, setText } from "../dom.js";
import { doneOf, isShotRunning, percentOf, shotStateOf } from "./shotStatus.js";

export class Strip {
  #list = byId("strip");
  #segments = new Map();
  #onChoose;

  /** `onChoose` gets the id of a shot. */
  constructor(onChoose) {
    this.#onChoose = onChoose;
  }

  show(shots) {
    const present = new Set(shots.map(shot => shot.id));
    for (const [id, segment] of [...this.#segments]) {
      if (!present.has(id)) {
        segment.element.remove();
        this.#segments.delete(id);
      }
    }
    shots.forEach(shot => this.#draw(shot));
  }

  #draw(shot) {
    const { element, button, text } = this.#segments.get(shot.id) ?? this.#create(shot);
    const state = shotStateOf(shot);
    const isPartial = isShotRunning(shot) && shot.progress !== null;
    element.style.setProperty("flex-grow", shot.duration);
    element.style.setProperty("--done", doneOf(shot));
    setAttribute(element, "data-state", shot.status);
    setAttribute(element, "data-start", shot.start);
    setText(text, String(shot.number));
    const chain = shot.start === "previous" ? `, continues shot ${shot.number - 1}` : "";
    const share = isPartial ? `, ${percentOf(shot.progress)}` : "";
    setAttribute(button, "aria-label", `Shot ${shot.number}${chain}: ${state}${share}`);
    setAttribute(button, "title", state);
  }

  #create({ id }) {
    const text = h("span", { class: "number" });
    const button = h("button", { type: "button", onclick: () => this.#onChoose(id) }, h("span", { class: "fill" }), text);
    const segment = { element: h("li", {}, button), button, text };
    this.#segments.set(id, segment);
    this.#list.append(segment.element);
    return segment;
  }
}
