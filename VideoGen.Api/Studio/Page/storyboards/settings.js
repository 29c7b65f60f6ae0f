// What holds for all shots of a storyboard: title, character, shape, size, sound, model and transition.

import { byId, h, setAttribute, setText } from "../dom.js";
import { ModelPicker } from "../models.js";
import { transitionField } from "./fields.js";

const errorFields = ["title", "characterId", "aspectRatio", "quality", "model"];

export class Settings {
  #form = byId("settings");
  #characters;
  #draft = null;
  #isStarted = false;
  #transition = null;
  #onChange = () => {};

  /** The choice of the model for all shots. */
  models = new ModelPicker();

  constructor(characters) {
    this.#characters = characters;
    this.#form.addEventListener("submit", event => event.preventDefault());
    byId("title").addEventListener("input", () => this.#set("title", byId("title").value));
    byId("character").addEventListener("change", () => this.#set("characterId", byId("character").value));
    byId("sound").addEventListener("change", () => this.#set("sound", byId("sound").checked));
    byId("aspect").addEventListener("change", () => this.#set("aspectRatio", byId("aspect").value));
    byId("quality").addEventListener("change", () => this.#set("quality", byId("quality").value));
    byId("model").addEventListener("change", () => this.#set("model", this.models.value || null));
    byId("character-add").addEventListener("click", () => this.#addCharacter());
    this.models.addEventListener("changed", () => this.#lock());
    characters.addEventListener("changed", () => this.#drawCharacters());
  }

  /** Shows the settings of a draft and writes changes to it. After the first render only title and transition can change. */
  show(draft, isStarted, onChange) {
    this.#draft = draft;
    this.#isStarted = isStarted;
    this.#onChange = onChange;
    byId("title").value = draft.title;
    byId("aspect").value = draft.aspectRatio;
    byId("quality").value = draft.quality;
    byId("sound").checked = draft.sound;
    this.models.choose(draft.model);
    this.#transition = transitionField("Transition between shots", draft.transition, value => this.#set("transition", value));
    byId("transition-place").replaceChildren(this.#transition.element);
    this.#drawCharacters();
    this.#lock();
    this.showErrors({});
  }

  /** Shows the errors of these fields, and removes those of others. */
  showErrors(errors) {
    for (const name of errorFields) {
      setText(byId(`${name}-error`), errors[name] ?? "");
      setAttribute(this.#form.querySelector(`[aria-describedby~="${name}-error"]`), "aria-invalid", errors[name] ? "true" : null);
    }
    this.#transition?.showError(errors.transition ?? "");
  }

  #set(name, value) {
    this.#draft[name] = value;
    if (name === "characterId") {
      this.#drawFront();
    }
    this.#onChange();
  }

  async #addCharacter() {
    const character = await this.#characters.edit(null);
    if (character) {
      byId("character").value = character.id;
      this.#set("characterId", character.id);
    }
    byId("character").focus();
  }

  #drawCharacters() {
    if (!this.#draft) {
      return;
    }
    const { characterId } = this.#draft;
    const options = this.#characters.all.map(({ id, name }) => h("option", { value: id, text: name }));
    if (characterId && !this.#characters.find(characterId)) {
      options.unshift(h("option", { value: characterId, text: this.#characters.isLoaded ? "A deleted character" : "…" }));
    }
    if (!characterId) {
      options.unshift(h("option", { value: "", text: "Choose a character" }));
    }
    byId("character").replaceChildren(...options);
    byId("character").value = characterId;
    this.#drawFront();
  }

  #drawFront() {
    const front = this.#characters.find(this.#draft.characterId)?.pictures[0] ?? null;
    byId("character-front").hidden = front === null;
    setAttribute(byId("character-front"), "src", front);
  }

  #lock() {
    for (const name of ["character", "aspect", "quality", "sound", "character-add"]) {
      byId(name).disabled = this.#isStarted;
    }
    byId("model").disabled ||= this.#isStarted;
    byId("settings-help").hidden = !this.#isStarted;
  }
}
