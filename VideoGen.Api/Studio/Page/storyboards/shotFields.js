// The fields of one shot: script, length, start, transition and model.

import { h, setText } from "../dom.js";
import { offeredModels } from "../models.js";
import { canContinue, maxScriptLength } from "./draft.js";
import { field, newId, select, transitionField } from "./fields.js";
import { PicturesField } from "./picturesField.js";

const count = new Intl.NumberFormat("en");
const lengths = Array.from({ length: 8 }, (_, index) => [index + 3, `${index + 3} s`]);
const first = "The first shot has no previous shot.";
const chain = "At most three shots in a row can start from the previous shot: small errors add up, and the character "
  + "drifts.";

export class ShotFields {
  #shot;
  #onChange;
  #script;
  #counter = h("span", { class: "counter", id: newId("counter") });
  #help = h("p", { class: "help", id: newId("start-help") });
  #start;
  #length;
  #picture;
  #model;
  #transition;
  #previous;

  constructor(shot, onChange, hasTransition = true) {
    this.#shot = shot;
    this.#onChange = onChange;
    this.#script = field("Script", h("textarea", {
      rows: "3", placeholder: "What happens in this shot?", oninput: () => this.#set("script", this.#script.input.value),
    }), this.#counter);
    this.#script.input.value = shot.script;
    this.#length = field("Length", select(lengths, shot.duration, value => this.#set("duration", Number(value))));
    this.#start = field("Starts from", select(
      [["character", "The character"], ["picture", "A picture of its own"], ["previous", "The last frame of the previous shot"]],
      shot.start, value => this.#set("start", value)), this.#help);
    this.#previous = this.#start.input.querySelector("[value=previous]");
    this.#picture = new PicturesField(
      "Start picture of this shot", 1, shot.imageUrl ? [shot.imageUrl] : [], ([url]) => this.#set("imageUrl", url ?? null));
    this.#transition = transitionField(
      "Transition into it", shot.transition, value => this.#set("transition", value), "Same as the storyboard");
    this.#transition.element.hidden = !hasTransition;
    this.#model = field("Model", select(modelOptions(shot.model), shot.model ?? "", value => this.#set("model", value || null)));
    this.#model.element.classList.add("model-of-shot");
    this.element = h("div", { class: "shot-fields" }, this.#script.element,
      h("div", { class: "row" }, this.#length.element, this.#start.element, this.#transition.element, this.#model.element),
      this.#picture.element);
  }

  focus() {
    this.#script.input.focus();
  }

  /** Shows what depends on the place of the shot. */
  draw(index, shots) {
    const shot = this.#shot;
    const canBePrevious = canContinue(shots.map(other => (other === shot ? { ...shot, start: "previous" } : other)), index);
    const { length } = shot.script;
    setText(this.#counter, `${count.format(length)} / ${count.format(maxScriptLength)}`);
    this.#counter.classList.toggle("over", length > maxScriptLength);
    this.#previous.disabled = !canBePrevious && shot.start !== "previous";
    setText(this.#help, index === 0 ? first : canBePrevious && shot.start !== "previous" ? "" : chain);
    this.#picture.element.hidden = shot.start !== "picture";
    this.#transition.input.disabled = index === 0;
  }

  /** Errors by the name of the field; "" is about the whole shot. */
  showErrors(errors) {
    this.#script.showError([errors[""], errors.script].filter(Boolean).join(" "));
    this.#length.showError(errors.duration ?? "");
    this.#start.showError(errors.start ?? "");
    this.#picture.showError(errors.imageUrl ?? "");
    this.#transition.showError(errors.transition ?? "");
    this.#model.showError(errors.model ?? "");
  }

  #set(name, value) {
    this.#shot[name] = value;
    this.#onChange();
  }
}

function modelOptions(chosen) {
  const models = offeredModels().map(({ id, title, available }) => [id, available ? title : `${title} (unavailable)`]);
  const isUnknown = chosen && !models.some(([id]) => id === chosen);
  return [["", "Same as the storyboard"], ...models, ...(isUnknown ? [[chosen, chosen]] : [])];
}
