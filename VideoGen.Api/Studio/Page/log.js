// The log of a generation, from acceptance to the finished video.

import { getLog } from "./api.js";
import { h } from "./dom.js";
import { toTheSecond } from "./format.js";

export class Log {
  #lines = h("ol", { tabindex: "0", "aria-label": "What happened" });    // scrollable, also with the keyboard
  #note = h("p", { class: "help" });
  #id = null;
  #version = -1;

  constructor() {
    this.element = h("details", { class: "journal", ontoggle: () => this.#read() },
      h("summary", { text: "What happened" }), this.#lines, this.#note);
  }

  /** Shows the log of a generation as of its version, if the log is open. */
  show({ id, version }) {
    if (id !== this.#id) {
      this.#lines.replaceChildren();
      this.#note.textContent = "";
    }
    if (id !== this.#id || version !== this.#version) {
      this.#id = id;
      this.#version = version;
      this.#read();
    }
  }

  async #read() {
    if (!this.element.open || this.#id === null) {
      return;
    }
    const id = this.#id;
    let note = "";
    try {
      const log = await getLog(id);
      if (id !== this.#id) {
        return;
      }
      this.#lines.replaceChildren(...log.entries.map(entry => h("li", { "data-kind": entry.kind },
        h("time", { datetime: entry.at, text: toTheSecond(entry.at) }), h("span", { text: entry.message }))));
      note = log.truncated ? "Some older entries were removed." : "";
    } catch (error) {
      note = error.message;
    }
    if (id === this.#id) {
      this.#note.textContent = note;
    }
  }
}
