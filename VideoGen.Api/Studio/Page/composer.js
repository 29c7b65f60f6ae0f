// The form for a new film.

import { Refusal } from "./api.js";
import { announce, byId, h, setAttribute, setText } from "./dom.js";
import { recall, remember } from "./memory.js";
import { send, unanswered } from "./orders.js";
import { Picture } from "./picture.js";

const draft = "studio.draft";
const longestScript = 2000;
const largestSeed = 4294967295;
const count = new Intl.NumberFormat("en");
const examples = {
  "A wave": "She looks up, smiles and waves at the camera.",
  "A breeze": "A soft breeze moves the hair, and the light turns golden.",
  "A turn": "The camera circles slowly while the character turns towards it.",
};
const errorPlaces = { characterImageUrl: "picture", script: "script", seed: "seed" };

export class Composer extends EventTarget {
  #form = byId("form");
  #button = byId("generate");
  #picture = new Picture();
  #busy = false;

  constructor() {
    super();
    this.#restore(recall(draft));
    byId("examples").append(...Object.entries(examples).map(([name, text]) =>
      h("li", {}, h("button", { type: "button", text: name, title: text, onclick: () => this.#use(text) }))));
    this.#form.addEventListener("input", () => this.#changed());
    this.#picture.addEventListener("changed", () => this.#changed());
    this.#form.addEventListener("submit", event => { event.preventDefault(); this.#submit(); });
    // The second click of a double click may come after the answer to the first.
    this.#button.addEventListener("click", event => { if (event.detail > 1) { event.preventDefault(); } });
    byId("script").addEventListener("keydown", event => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        this.#form.requestSubmit();
      }
    });
    this.#changed();
  }

  /** Fills the form with what an earlier film was made from. */
  fill(generation) {
    this.#picture.reuse(generation.characterImageUrl);
    this.#restore({ ...generation, negative: generation.negativePrompt, seed: "", url: null });
    this.#changed();
    byId("script").focus();
  }

  /** Sends the order again whose answer was lost by a reload; the server knows its key, so that it stays one film. */
  async resume() {
    const order = unanswered();
    if (order) {
      await this.#order(order.body);
    }
  }

  async #submit() {
    if (this.#busy) {
      return;
    }
    this.#setBusy("Sending the picture");
    try {
      const url = this.#check() ? await this.#picture.arrive() : null;
      if (url) {
        await this.#order(this.#body(url));
      } else {
        this.#focusFirstError();
      }
    } finally {
      this.#setBusy(null);
    }
  }

  async #order(body) {
    this.#setBusy("Ordering");
    try {
      const generation = await send(body, () => this.#setBusy("The server does not answer, trying again"));
      announce("The film is ordered.");
      this.dispatchEvent(new CustomEvent("ordered", { detail: generation }));
    } catch (error) {
      this.#explain(error);
    } finally {
      this.#setBusy(null);
    }
  }

  #check() {
    const script = byId("script").value;
    const seed = byId("seed").value.trim();
    this.#complain("script", script.trim() === "" ? "Say in a sentence what happens."
      : script.length > longestScript ? `At most ${count.format(longestScript)} characters.` : "");
    this.#complain("seed", seed === "" || (/^\d+$/.test(seed) && Number(seed) <= largestSeed) ? ""
      : `A whole number up to ${count.format(largestSeed)}.`);
    this.#complain("form", "");
    if (!this.#picture.url) {
      this.#picture.complain(byId("picture-error").textContent);
    }
    return !byId("script-error").textContent && !byId("seed-error").textContent;
  }

  #body(url) {
    const { duration, quality } = this.#values();
    const order = { characterImageUrl: url, script: byId("script").value, duration: Number(duration), quality };
    const more = { seed: byId("seed").value.trim(), negativePrompt: byId("negative").value.trim(), motion: byId("motion").value };
    for (const [name, value] of Object.entries(more)) {
      if (value !== "") {
        order[name] = name === "seed" ? Number(value) : value;
      }
    }
    return JSON.stringify(order);
  }

  #explain(error) {
    const named = error instanceof Refusal ? Object.entries(error.fields) : [];
    for (const [field, sentences] of named) {
      this.#complain(errorPlaces[field] ?? "form", sentences.join(" "));
    }
    if (named.length === 0) {
      this.#complain("form", error.message);
    }
    this.#focusFirstError();
  }

  #complain(field, text) {
    if (field === "picture") {
      this.#picture.complain(text);
      return;
    }
    setText(byId(`${field}-error`), text);
    if (field !== "form") {
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
    setText(byId("script-counter"), `${count.format(script.length)} / ${count.format(longestScript)}`);
    byId("script-counter").classList.toggle("over", script.length > longestScript);
    remember(draft, {
      script, ...this.#values(), url: this.#picture.url,
      seed: byId("seed").value, negative: byId("negative").value, motion: byId("motion").value,
    });
  }

  #values() {
    return { duration: this.#form.elements.duration.value, quality: this.#form.elements.quality.value };
  }

  #restore(values) {
    if (!values) {
      return;
    }
    for (const name of ["script", "seed", "negative", "motion"]) {
      byId(name).value = values[name] ?? "";
    }
    for (const name of ["duration", "quality"]) {
      const wanted = this.#form.querySelector(`[name=${name}][value="${Number(values[name])}"]`);
      if (wanted) {
        wanted.checked = true;
      }
    }
    if (values.url) {
      this.#picture.reuse(values.url);
    }
  }

  #setBusy(text) {
    this.#busy = text !== null;
    this.#button.setAttribute("aria-disabled", String(this.#busy));
    this.#button.classList.toggle("busy", this.#busy);
    setText(this.#button.querySelector("span"), text ?? "Generate");
  }
}
