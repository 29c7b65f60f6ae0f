// The buttons for a video. Actions that cannot be undone, or that may cost money twice, ask for confirmation in place.

import { cancel, regenerate, Refusal, remove, retry } from "./api.js";
import { action, ask, onceAtATime } from "./buttons.js";
import { announce, h, icon, toast } from "./dom.js";
import { newKey } from "./submission.js";
import { isOver } from "./format.js";

/** Identifies the buttons of a generation. While it stays the same, the buttons and the focus stay too. */
export const kindOf = ({ id, status, stage, error, version }) =>
  [id, status, stage === "canceling", error?.code, isOver({ status }) && version].join();

export class Actions {
  #store;
  #onCreated;
  #onReuse;

  constructor(store, onCreated, onReuse) {
    this.#store = store;
    this.#onCreated = onCreated;
    this.#onReuse = onReuse;
  }

  /** Fills the element with the buttons for a generation. */
  draw(element, generation) {
    element.replaceChildren(...this.#buttons(element, generation));
  }

  /** Asks in place for confirmation to delete a video. On refusal the element gets its previous content back. */
  askToDelete(element, generation, back) {
    ask(element, "Delete this video permanently?", "Delete", () => this.#delete(generation.id), back);
  }

  #buttons(element, generation) {
    const { id, status, stage, error, videoUrl } = generation;
    const redraw = () => this.draw(element, this.#store.get(id) ?? generation);
    if (!isOver(generation)) {
      const isCanceling = stage === "canceling";
      const button = action("secondary", "stop", isCanceling ? "Canceling" : "Cancel", () => this.#do(() => cancel(id)));
      button.disabled = isCanceling;
      return [button];
    }

    const again = action("secondary", "spark", "Make another", onceAtATime(() => this.#create(id)));
    const bin = action("quiet", "bin", "Delete", () => this.askToDelete(element, generation, redraw));
    const reuse = action("quiet", "edit", "Edit", () => this.#onReuse(generation));
    if (status === "completed") {
      const save = h("a", { class: "primary", href: videoUrl, download: `videogen-${id}.mp4` },
        icon("save"), h("span", { text: "Download" }));
      return [save, again, reuse, bin];
    }

    if (status === "expired") {
      return [again, reuse, bin];
    }

    const repeat = () => this.#do(() => retry(id));
    const retryButton = error?.code === "outcome_unknown"
      ? action("primary", "again", "Try again", () => ask(
        element, "The provider may have accepted the first request and may charge for both. Retry anyway?", "Retry anyway",
        repeat, redraw))
      : action("primary", "again", status === "canceled" ? "Resume" : "Try again", repeat);
    return [...(error?.retryable === false ? [] : [retryButton]), again, reuse, bin];
  }

  async #do(call) {
    try {
      this.#store.put(await call());
    } catch (problem) {
      this.#explain(problem);
    }
  }

  async #create(id) {
    const key = newKey();
    try {
      const generation = await regenerate(id, key);
      this.#store.put(generation);
      announce("Another video was submitted.");
      this.#onCreated(generation);
    } catch (problem) {
      this.#explain(problem);
    }
  }

  async #delete(id) {
    try {
      await remove(id);
    } catch (problem) {
      if (!(problem instanceof Refusal && problem.code === "generation_not_found")) {
        this.#explain(problem);
        return;
      }
    }
    this.#store.remove(id);
    announce("The video was deleted.");
  }

  #explain(problem) {
    toast(problem.message);
  }
}
