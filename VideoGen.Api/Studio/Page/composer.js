// The form for a new video.

import { Refusal } from "./api.js";
import { announce, byId, h, setAttribute, setText } from "./dom.js";
import { ModelPicker } from "./models.js";
import { recall, remember } from "./sessionStore.js";
import { pendingSubmission, send } from "./submission.js";
import { Picture } from "./picture.js";

const draft = "studio.draft";
const maxScriptLength = 2000;
const maxSeed = 4294967295;
const count = new Intl.NumberFormat("en");
const examples = {
  "A wave": "She looks up, smiles and waves at the camera.",
  "A breeze": "A soft breeze moves the hair, and the light turns golden.",
  "A turn": "The camera circles slowly while the character turns towards it.",
};
const errorElements = { 
  characterImageUrl: "picture", script: "script", model: "model", seed: "seed", aspectRatio: "shape",
};

// The fields of the optional inputs, which a model may not take.
const options = { seed: "seed", negativePrompt: "negative", motion: "motion" };

export class Composer extends EventTarget {
  #form = byId("form");
  #button = byId("generate");
  #picture = new Picture();
  #busy = false;

  /** The choice of the model. */
  models = new ModelPicker();

  constructor() {
    super();
    this.#restore(recall(draft));
    byId("examples").append(...Object.entries(examples).map(([name, text]) =>
      h("li", {}, h("button", { type: "button", text: name, title: text, onclick: () => this.#use(text) }))));
    this.#form.addEventListener("input", () => this.#changed());
    this.#picture.addEventListener("changed", () => this.#changed());
    this.models.addEventListener("changed", () => this.#changed());
    this.#form.addEventListener("submit", event => { event.preventDefault(); this.#submit(); });
    // The second click of a double click may arrive after the response to the first.
    this.#button.addEventListener("click", event => { if (event.detail > 1) { event.preventDefault(); } });
    byId("script").addEventListener("keydown", event => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        this.#form.requestSubmit();
      }
    });
    this.#changed();
  }

  /** Fills the form with the input of an earlier generation. */
  fill(generation) {
    this.#picture.reuse(generation.characterImageUrl);
    this.#restore({
      ...generation, negative: generation.negativePrompt, seed: "", url: null,
      model: generation.requestedModel ?? generation.model, contain: generation.fit === "contain", sound: generation.sound !== false || generation.film !== null,
    });
    this.#changed();
    byId("script").focus();
  }

  /** Sends the submission again whose response was lost by a reload. Its key keeps it one generation. */
  async resume() {
    const submission = pendingSubmission();
    if (submission) {
      await this.#send(submission.body);
    }
  }

  async #submit() {
    if (this.#busy) {
      return;
    }
    this.#setBusy("Uploading the picture");
    try {
      const url = this.#check() ? await this.#picture.uploaded() : null;
      if (url) {
        await this.#send(this.#body(url));
      } else {
        this.#focusFirstError();
      }
    } finally {
      this.#setBusy(null);
    }
  }

  async #send(body) {
    this.#setBusy("Submitting");
    try {
      const generation = await send(body, () => this.#setBusy("The server does not respond. Retrying"));
      announce("The video was submitted.");
      this.dispatchEvent(new CustomEvent("submitted", { detail: generation }));
    } catch (error) {
      this.#explain(error);
    } finally {
      this.#setBusy(null);
    }
  }

  #check() {
    const script = byId("script").value;
    const seed = byId("seed").value.trim();
    this.#showError("script", script.trim() === "" ? "Describe in a sentence what happens."
      : script.length > maxScriptLength ? `Use at most ${count.format(maxScriptLength)} characters.` : "");
    this.#showError("seed", seed === "" || (/^\d+$/.test(seed) && Number(seed) <= maxSeed) ? ""
      : `Enter a whole number from 0 to ${count.format(maxSeed)}.`);
    this.#showError("form", "");
    this.#showError("shape", "");
    this.#showError("model", "");
    if (!this.#picture.url) {
      this.#picture.showError(byId("picture-error").textContent);
    }
    return !byId("script-error").textContent && !byId("seed-error").textContent;
  }

  #body(url) {
    const { duration, quality, aspectRatio } = this.#values();
    const body = { characterImageUrl: url, script: byId("script").value, duration: Number(duration), quality, aspectRatio };
    if (byId("contain").checked) {
      body.fit = "contain";
    }
    if (!byId("sound").checked) {
      body.sound = false;
    }
    if (this.models.value) {
      body.model = this.models.value;
    }
    for (const [name, field] of Object.entries(options)) {
      const value = byId(field).value.trim();
      if (value !== "" && this.models.takes(name)) {
        body[name] = name === "seed" ? Number(value) : value;
      }
    }
    return JSON.stringify(body);
  }

  #explain(error) {
    const named = error instanceof Refusal ? Object.entries(error.fields) : [];
    for (const [field, sentences] of named) {
      this.#showError(errorElements[field] ?? "form", sentences.join(" "));
    }
    if (named.length === 0) {
      this.#showError("form", error.message);
    }
    this.#focusFirstError();
  }

  #showError(field, text) {
    if (field === "picture") {
      this.#picture.showError(text);
      return;
    }
    setText(byId(`${field}-error`), text);
    if (field !== "form" && field !== "shape") {
      setAttribute(byId(field), "aria-invalid", text ? "true" : null);
    }
  }

  #focusFirstError() {
    const first = this.#form.querySelector("[aria-invalid]");
    first?.closest("details")?.setAttribute("open", "");
    first?.focus();
  }

  #use(text) {
    byId("script").value = text;
    this.#changed();
    byId("script").focus();
  }

  #changed() {
    const script = byId("script").value;
    setText(byId("script-counter"), `${count.format(script.length)} / ${count.format(maxScriptLength)}`);
    byId("script-counter").classList.toggle("over", script.length > maxScriptLength);
    for (const [name, field] of Object.entries(options)) {
      byId(field).disabled = !this.models.takes(name);
    }
    this.#picture.frame(this.#values().aspectRatio, byId("contain").checked);
    remember(draft, {
      script, ...this.#values(), url: this.#picture.url, measures: this.#picture.measures,
      seed: byId("seed").value, negative: byId("negative").value, motion: byId("motion").value,
      contain: byId("contain").checked, sound: byId("sound").checked, model: this.models.value,
    });
  }

  #values() {
    const { duration, quality, aspectRatio } = this.#form.elements;
    return { duration: duration.value, quality: quality.value, aspectRatio: aspectRatio.value };
  }

  #restore(values) {
    if (!values) {
      return;
    }
    for (const name of ["script", "seed", "negative", "motion"]) {
      byId(name).value = values[name] ?? "";
    }
    this.models.choose(values.model);
    byId("contain").checked = values.contain === true;
    byId("sound").checked = values.sound !== false;
    for (const name of ["duration", "quality", "aspectRatio"]) {
      const wanted = this.#form.querySelector(`[name=${name}][value="${values[name]}"]`);
      if (wanted) {
        wanted.checked = true;
      }
    }
    if (values.url) {
      this.#picture.reuse(values.url, values.measures ?? null);
    }
  }

  #setBusy(text) {
    this.#busy = text !== null;
    this.#button.setAttribute("aria-disabled", String(this.#busy));
    this.#button.classList.toggle("busy", this.#busy);
    setText(this.#button.querySelector("span"), text ?? "Generate");
  }
}
