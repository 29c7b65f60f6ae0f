// The models of the server, and the choice among them. With one model there is nothing to choose.

import { listModels } from "./api.js";
import { byId, h, setText } from "./dom.js";

let models = [];

/** What people call a model; null while the models are not known. */
export const titleOf = id => models.find(model => model.id === id)?.title ?? null;

/** The models that a request can name; empty while they are not known. */
export const offeredModels = () => models;

/** Whether a model, or the default without one, makes previews. */
export const isPreviewModel = id => (models.find(model => model.id === id) ?? models.find(model => model.default))?.preview === true;

export class ModelPicker extends EventTarget {
  #select = byId("model");
  #wanted = "";

  constructor() {
    super();
    this.#select.addEventListener("change", () => this.choose(this.#select.value));
    document.addEventListener("visibilitychange", () => document.hidden || this.load());
    this.load();
  }

  /** The id of the chosen model, or "" for the default. */
  get value() {
    return this.#chosen?.default === false ? this.#chosen.id : "";
  }

  get default() {
    return models.find(model => model.default) ?? null;
  }

  /** Whether the chosen model takes an option, as far as that is known. Without a choice the server decides. */
  takes(option) {
    return this.#select.disabled || this.#chosen?.[option] !== false;
  }

  /** Chooses a model, now or as soon as the models are known. */
  choose(id) {
    this.#wanted = id ?? "";
    this.#draw();
  }

  async load() {
    try {
      models = await listModels();
    } catch {
      return;    // the server chooses, as it does for requests that name no model
    }
    this.#draw();
    this.dispatchEvent(new Event("loaded"));
  }

  get #chosen() {
    return models.find(model => model.id === this.#wanted) ?? this.default;
  }

  #draw() {
    document.documentElement.dataset.models = models.length > 1 ? "many" : "one";
    this.#select.disabled = models.length < 2;
    this.#select.replaceChildren(...models.map(({ id, title, available }) =>
      h("option", { value: id, text: available ? title : `${title} (unavailable)` })));
    this.#select.value = this.#chosen?.id ?? "";
    setText(byId("model-help"), helpOf(this.#chosen));
    this.dispatchEvent(new Event("changed"));
  }
}

function helpOf(model) {
  if (!model || model.available) {
    return model?.preview ? "A camera move over the picture. It costs nothing and ignores the script." : "";
  }
  const others = model.fallback.map(titleOf).filter(Boolean).join(", ");
  return `${model.problem} ${others ? `Until then ${others} makes its videos.` : "Its videos wait until that is over."}`;
}
