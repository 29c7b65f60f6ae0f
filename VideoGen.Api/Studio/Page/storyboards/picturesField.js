// A list of uploaded pictures: choose or drop files, change their order and remove them. The first is the front picture.

import { Refusal, upload } from "../api.js";
import { tool } from "../buttons.js";
import { announce, h, icon, setText } from "../dom.js";
import { bytes } from "../format.js";
import { newId } from "./fields.js";

const limit = Number(document.documentElement.dataset.maxUploadBytes);
const types = "image/jpeg,image/png,image/webp,image/gif,image/avif";

export class PicturesField {
  #urls;
  #max;
  #onChange;
  #list = h("ol", { class: "pictures" });
  #error = h("p", { class: "error", id: newId("pictures-error"), role: "alert" });
  #input;
  #drop;
  #sending = 0;

  constructor(label, max, urls, onChange) {
    this.#urls = [...urls];
    this.#max = max;
    this.#onChange = onChange;
    this.#input = h("input", {
      class: "hidden", type: "file", accept: types, multiple: max > 1, "aria-describedby": this.#error.id,
      onchange: () => this.#take([...this.#input.files]),
    });
    this.#drop = h("label", { class: "drop small" }, h("span", { class: "hidden", text: label }), this.#input,
      h("span", { class: "invitation" }, icon("picture"),
        h("span", {}, h("b", { text: max > 1 ? "Drop pictures" : "Drop a picture" }), " or ",
          h("u", { text: max > 1 ? "choose files" : "choose a file" }))),
      h("span", { class: "sending", "aria-hidden": "true" }));
    for (const [type, isOver] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
      this.#drop.addEventListener(type, event => { event.preventDefault(); this.#drop.classList.toggle("over", isOver); });
    }
    this.#drop.addEventListener("drop", event => { event.stopPropagation(); this.#take([...event.dataTransfer.files]); });
    this.element = h("div", { class: "field" }, h("span", { class: "name", "aria-hidden": "true", text: label }),
      this.#list, this.#drop, this.#error);
    this.#draw();
  }

  get urls() {
    return this.#urls;
  }

  get isSending() {
    return this.#sending > 0;
  }

  showError(text) {
    setText(this.#error, text);
    this.#drop.classList.toggle("wrong", text !== "");
  }

  focus() {
    this.#input.focus();
  }

  async #take(files) {
    this.showError("");
    this.#input.value = "";    // so that the same file can be chosen again
    for (const file of files) {
      if (this.#urls.length >= this.#max && this.#max > 1) {
        this.showError(`Use at most ${this.#max} pictures.`);
      } else if (file.size > limit) {
        this.showError(`${file.name} is ${bytes(file.size)}. The maximum is ${bytes(limit)}.`);
      } else {
        await this.#send(file);
      }
    }
  }

  async #send(file) {
    this.#sending++;
    this.#drop.classList.add("busy");
    try {
      const { imageUrl } = await upload(file);
      this.#change(this.#max === 1 ? [imageUrl] : [...this.#urls, imageUrl]);
    } catch (error) {
      this.showError(error instanceof Refusal ? `${file.name}: ${error.message}` : error.message);
    } finally {
      this.#sending--;
      this.#drop.classList.toggle("busy", this.#sending > 0);
    }
  }

  #change(urls) {
    this.#urls = urls;
    this.#draw();
    this.#onChange(urls);
  }

  #draw() {
    this.#list.hidden = this.#urls.length === 0;
    this.#list.replaceChildren(...this.#urls.map((url, index) => h("li", {},
      h("img", { src: url, alt: `Picture ${index + 1}` }),
      index === 0 && this.#max > 1 ? h("span", { class: "tag", text: "Front" }) : null,
      h("span", { class: "tools" },
        index > 0 ? tool("up", `Make picture ${index + 1} the front picture`, () => this.#makeFront(index)) : null,
        tool("bin", `Remove picture ${index + 1}`, () => this.#remove(index))))));
    this.#drop.hidden = this.#max > 1 && this.#urls.length >= this.#max;
  }

  #makeFront(index) {
    this.#change([this.#urls[index], ...this.#urls.filter((_, other) => other !== index)]);
    announce(`Picture ${index + 1} is now the front picture.`);
    this.#list.querySelector("button")?.focus();
  }

  #remove(index) {
    this.#change(this.#urls.filter((_, other) => other !== index));
    announce(`Picture ${index + 1} was removed.`);
    this.focus();
  }
}
