// The characters with their front pictures, and what can be done with them.

import { Refusal } from "../api.js";
import { action, ask } from "../buttons.js";
import { announce, byId, h, toast } from "../dom.js";
import { openCharacterDialog } from "./characterDialog.js";
import { listCharacters, removeCharacter } from "./storyboardApi.js";

const inUse = "Storyboards use this character. They keep their copy of it and can still be rendered. Delete it anyway?";

/** Dispatches "changed" when the characters have changed. */
export class Characters extends EventTarget {
  #list = byId("cast");
  #drawn = "";

  /** Newest first. */
  all = [];
  isLoaded = false;

  constructor() {
    super();
    byId("character-new").addEventListener("click", () => this.edit(null));
  }

  find(id) {
    return this.all.find(character => character.id === id) ?? null;
  }

  async refresh() {
    this.#show(await listCharacters());
  }

  /** Opens the form for a character, or for a new one. Resolves with the saved character, or null. */
  async edit(character) {
    const saved = await openCharacterDialog(character);
    if (saved) {
      this.#show([saved, ...this.all.filter(other => other.id !== saved.id)].sort(byCreation));
      announce(character ? `${saved.name} is now version ${saved.version}.` : `${saved.name} was created.`);
    }
    return saved;
  }

  #show(all) {
    const state = JSON.stringify(all.map(({ id, version }) => [id, version]));
    this.all = all;
    this.isLoaded = true;
    if (state === this.#drawn) {
      return;
    }
    this.#drawn = state;
    byId("cast-empty").hidden = all.length > 0;
    this.#list.replaceChildren(...all.map(character => this.#card(character)));
    this.dispatchEvent(new Event("changed"));
  }

  #card(character) {
    const { name, description, pictures, version } = character;
    const tools = h("div", { class: "actions" });
    const draw = () => tools.replaceChildren(
      named(action("quiet", "edit", "Edit", () => this.edit(character)), `Edit ${name}`),
      named(action("quiet", "bin", "Delete", () => this.#askToDelete(tools, character, draw)), `Delete ${name}`));
    draw();
    return h("li", { "data-id": character.id },
      h("img", { src: pictures[0], alt: "", loading: "lazy", decoding: "async" }),
      h("div", {}, h("h3", { text: name }), h("p", { class: "description", text: description }),
        h("p", { class: "help", text: `${pictures.length} ${pictures.length === 1 ? "picture" : "pictures"}, version ${version}` }),
        tools));
  }

  #askToDelete(tools, character, back) {
    ask(tools, `Delete ${character.name}? Videos made with this character stay.`, "Delete",
      () => this.#delete(tools, character, back, false), back);
  }

  async #delete(tools, character, back, isForced) {
    try {
      await removeCharacter(character.id, isForced);
    } catch (error) {
      if (error instanceof Refusal && error.code === "character_in_use") {
        ask(tools, inUse, "Delete anyway", () => this.#delete(tools, character, back, true), back);
        return true;
      }
      if (!(error instanceof Refusal && error.status === 404)) {
        toast(error.message);
        return false;
      }
    }
    this.#show(this.all.filter(other => other.id !== character.id));
    announce(`${character.name} was deleted.`);
    byId("cast-title").focus({ preventScroll: true });
    return true;
  }
}

const byCreation = (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);

function named(button, label) {
  button.setAttribute("aria-label", label);
  return button;
}
