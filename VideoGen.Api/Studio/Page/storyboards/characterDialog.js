// The form for a character.

import { Refusal } from "../api.js";
import { h } from "../dom.js";
import { field } from "./fields.js";
import { PicturesField } from "./picturesField.js";
import { changeCharacter, createCharacter } from "./storyboardApi.js";

const maxPictures = 9;
const newVersion = "Saving makes a new version. Videos keep the version that they were made with.";

/** Resolves with the saved character, or null if the form was closed. */
export function openCharacterDialog(character) {
  const name = field("Name", h("input", { maxlength: "100", autocomplete: "off" }));
  const help = h("p", {
    class: "help", id: "description-help", text: "What the character looks like. It is added before each script.",
  });
  const description = field("Description", h("textarea", { rows: "3" }), help);
  const pictures = new PicturesField(
    "Pictures (front view first)", maxPictures, character?.pictures ?? [], () => pictures.showError(""));
  const error = h("p", { class: "error", role: "alert" });
  const save = h("button", { class: "primary", type: "submit" }, h("span", { text: character ? "Save" : "Create" }));
  const form = h("form", { novalidate: true },
    h("h2", { id: "character-title", text: character ? `Edit ${character.name}` : "New character" }),
    name.element, pictures.element, description.element,
    character ? h("p", { class: "help", text: newVersion }) : null,
    error, h("div", { class: "actions" }, save,
      h("button", { class: "secondary", type: "button", text: "Close", onclick: () => dialog.close() })));
  const dialog = h("dialog", { class: "door wide-door", "aria-labelledby": "character-title" }, form);
  name.input.value = character?.name ?? "";
  description.input.value = character?.description ?? "";

  const showErrors = (fields, message) => {
    name.showError(fields.name ?? "");
    description.showError(fields.description ?? "");
    pictures.showError(fields.pictures ?? "");
    error.textContent = message;
    (form.querySelector("[aria-invalid]") ?? (fields.pictures ? pictures : null))?.focus();
  };

  let saved = null;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const missing = {
      ...(name.input.value.trim() === "" && { name: "Give the character a name." }),
      ...(pictures.isSending ? { pictures: "Wait until the pictures are uploaded." }
        : pictures.urls.length === 0 && { pictures: "Choose at least one picture." }),
    };
    showErrors(missing, "");
    if (Object.keys(missing).length > 0 || save.getAttribute("aria-disabled") === "true") {
      return;
    }
    save.setAttribute("aria-disabled", "true");
    try {
      const body = { name: name.input.value, description: description.input.value, pictures: pictures.urls };
      saved = await (character ? changeCharacter(character.id, body) : createCharacter(body));
      dialog.close();
    } catch (problem) {
      const fields = fieldsOf(problem);
      showErrors(fields, Object.keys(fields).length > 0 ? "" : problem.message);
    } finally {
      save.setAttribute("aria-disabled", "false");
    }
  });

  document.body.append(dialog);
  dialog.showModal();
  name.input.focus();
  return new Promise(resolve => dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(saved);
  }));
}

// pictures[2] belongs to pictures.
function fieldsOf(problem) {
  const named = problem instanceof Refusal ? Object.entries(problem.fields) : [];
  return Object.fromEntries(named.map(([name, sentences]) => [name.replace(/\[.*/, ""), sentences.join(" ")]));
}
