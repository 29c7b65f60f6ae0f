// The place for the picture: drop, paste or choose. It is sent as soon as it is there, and a refusal is shown in the server's words.

import { Refusal, upload } from "./api.js";
import { byId, setAttribute, setText } from "./dom.js";
import { bytes } from "./words.js";

const limit = Number(document.documentElement.dataset.maxUploadBytes);

export class Picture extends EventTarget {
  #drop = byId("drop");
  #input = byId("picture");
  #preview = byId("picture-preview");
  #error = byId("picture-error");
  #file = null;
  #url = null;
  #sending = null;

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
    // What the browser cannot show may still be a picture to the server.
    this.#preview.addEventListener("error", () => { this.#preview.hidden = true; });
    // A picture that misses its place must not replace the page.
    for (const type of ["dragover", "drop"]) {
      document.addEventListener(type, event => event.preventDefault());
    }
  }

  /** The address of the picture on the server; null while there is none. */
  get url() {
    return this.#url;
  }

  /** Uses a picture that the server has already. */
  reuse(url) {
    this.#file = null;
    this.#url = url;
    this.#show(url);
    this.complain("");
    this.#tell();
  }

  /** The address once the picture has arrived; null when there is none, and the reason is shown. */
  async arrive() {
    if (!this.#url && !this.#sending && this.#file) {
      this.#sending = this.#send(this.#file);
    }
    await this.#sending;
    if (!this.#url && !this.#error.textContent) {
      this.complain("Choose a picture first.");
    }
    return this.#url;
  }

  complain(text) {
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
    this.complain("");
    if (file.size > limit) {
      this.complain(`This picture has ${bytes(file.size)}; at most ${bytes(limit)} are accepted.`);
    } else {
      this.#file = file;
      this.#url = null;
      this.#show(URL.createObjectURL(file));
      this.#sending = this.#send(file);
    }
    this.#input.value = "";    // the same file can be chosen again
  }

  async #send(file) {
    this.#drop.classList.add("busy");
    try {
      const url = await upload(file);
      if (file === this.#file) {
        this.#url = url;
        this.#show(url);
        this.#tell();
      }
    } catch (error) {
      if (file === this.#file) {
        this.#refuse(error);
      }
    } finally {
      if (file === this.#file || this.#file === null) {
        this.#drop.classList.remove("busy");
        this.#sending = null;
      }
    }
  }

  // A refused picture is put away; one that the server did not get is kept and sent again with the order.
  #refuse(error) {
    this.complain(error.message);
    if (error instanceof Refusal && !error.passes) {
      this.#file = null;
      this.#show(null);
      this.#tell();
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

  #tell() {
    this.dispatchEvent(new Event("changed"));
  }
}
