// The picture field: drop, paste or choose. It uploads the picture at once and shows the server's error message on failure.

import { Refusal, upload } from "./api.js";
import { byId, setAttribute, setText } from "./dom.js";
import { CropFrame } from "./cropFrame.js";
import { bytes } from "./format.js";

const limit = Number(document.documentElement.dataset.maxUploadBytes);

export class Picture extends EventTarget {
  #drop = byId("drop");
  #input = byId("picture");
  #preview = byId("picture-preview");
  #error = byId("picture-error");
  #file = null;
  #url = null;
  #sending = null;
  #crop = new CropFrame(this.#drop, this.#preview);

  constructor() {
    super();
    setText(byId("picture-limit"), bytes(limit));
    this.#input.addEventListener("change", () => this.#take(this.#input.files));
    for (const type of ["dragenter", "dragover"]) {
      this.#drop.addEventListener(type, event => { event.preventDefault(); this.#drop.classList.add("over"); });
    }
    for (const type of ["dragleave", "drop"]) {
      this.#drop.addEventListener(type, event => { event.preventDefault(); this.#drop.classList.remove("over"); });
    }
    this.#drop.addEventListener("drop", event => this.#take(event.dataTransfer.files));
    document.addEventListener("paste", event => this.#take(event.clipboardData.files));
    // The server may accept pictures that the browser cannot show.
    this.#preview.addEventListener("error", () => { this.#preview.hidden = true; });
    // A picture dropped outside the field must not replace the page.
    for (const type of ["dragover", "drop"]) {
      document.addEventListener(type, event => event.preventDefault());
    }
  }

  /** The URL of the picture on the server, or null. */
  get url() {
    return this.#url;
  }

  /** The size of the picture and its crops, or null where they are not known. */
  get measures() {
    return this.#crop.measures;
  }

  /** Shows which part of the picture a shape takes. */
  frame(shape, isWhole) {
    this.#crop.show(shape, isWhole);
  }

  /** Uses a picture that is already on the server. */
  reuse(url, measures = null) {
    this.#file = null;
    this.#url = url;
    this.#crop.measures = measures;
    this.#show(url);
    this.showError("");
    this.#notify();
  }

  /** Resolves with the URL once the picture is uploaded. If there is none, resolves with null and shows the reason. */
  async uploaded() {
    if (!this.#url && !this.#sending && this.#file) {
      this.#sending = this.#send(this.#file);
    }
    await this.#sending;
    if (!this.#url && !this.#error.textContent) {
      this.showError("Choose a picture first.");
    }
    return this.#url;
  }

  showError(text) {
    setText(this.#error, text);
    setAttribute(this.#input, "aria-invalid", text ? "true" : null);
    this.#drop.classList.toggle("wrong", text !== "");
  }

  focus() {
    this.#input.focus();
  }

  #take(files) {
    const file = files[0];
    if (!file) {
      return;
    }
    this.showError("");
    if (file.size > limit) {
      this.showError(`This picture is ${bytes(file.size)}. The maximum is ${bytes(limit)}.`);
    } else {
      this.#file = file;
      this.#url = null;
      this.#crop.measures = null;
      this.#show(URL.createObjectURL(file));
      this.#sending = this.#send(file);
    }
    this.#input.value = "";    // so that the same file can be chosen again
  }

  async #send(file) {
    this.#drop.classList.add("busy");
    try {
      const { imageUrl: url, width, height, crops } = await upload(file);
      if (file === this.#file) {
        this.#url = url;
        this.#crop.measures = { width, height, crops };
        this.#show(url);
        this.#notify();
      }
    } catch (error) {
      if (file === this.#file) {
        this.#fail(error);
      }
    } finally {
      if (file === this.#file || this.#file === null) {
        this.#drop.classList.remove("busy");
        this.#sending = null;
      }
    }
  }

  // A rejected picture is removed. One that the server did not receive is kept and uploaded again on submit.
  #fail(error) {
    this.showError(error.message);
    if (error instanceof Refusal && !error.isTransient) {
      this.#file = null;
      this.#show(null);
      this.#notify();
    }
  }

  #show(url) {
    if (this.#preview.src.startsWith("blob:")) {
      URL.revokeObjectURL(this.#preview.src);
    }
    this.#preview.hidden = url === null;
    if (url === null) {
      this.#preview.removeAttribute("src");
    } else {
      this.#preview.src = url;
    }
  }

  #notify() {
    this.dispatchEvent(new Event("changed"));
  }
}
