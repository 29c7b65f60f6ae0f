// Saves a draft a moment after the last change, and again until the server has it. What is not saved is kept across a reload.

import { Refusal, Unreachable } from "../api.js";
import { changeStoryboard, createStoryboard } from "./storyboardApi.js";
import { bodyOf, draftOf, fingerprintOf, forgetUnsaved, keepUnsaved, missingIn } from "./draft.js";

const delay = 600;
const retryDelay = 3000;

/** Dispatches "changed", "saved" with the storyboard as detail, and "refused" with the error. */
export class Saver extends EventTarget {
  #id;
  #draft;
  #toBody;
  #saved;
  #answered;
  #timer = 0;
  #saving = null;
  #isClosed = false;

  /** "saved", "unsaved", "incomplete", "saving", "failed" or "refused". */
  state = "saved";
  text = "";

  /** `id` is null until the storyboard is created. `saved` is what the server has, and `toBody` makes the body of a change. */
  constructor(id, draft, saved, toBody = bodyOf) {
    super();
    this.#id = id;
    this.#draft = draft;
    this.#toBody = toBody;
    this.#saved = saved && fingerprintOf(saved);
    this.#answered = this.#saved;
  }

  get id() {
    return this.#id;
  }

  get isClean() {
    return fingerprintOf(this.#draft) === this.#saved;
  }

  /** Whether this draft of the server is the one that it had after the last save. */
  knows = draft => fingerprintOf(draft) === this.#answered;

  changed() {
    clearTimeout(this.#timer);
    if (this.isClean) {
      forgetUnsaved(this.#id);
      this.#set("saved", "Saved");
      return;
    }
    keepUnsaved(this.#id, this.#draft);
    const missing = missingIn(this.#draft);
    if (missing) {
      this.#set("incomplete", `Not saved yet: ${missing}.`);
    } else {
      this.#set("unsaved", "Not saved yet");
      this.#timer = setTimeout(() => this.save(), delay);
    }
  }

  /** Saves at once. Resolves with whether the server has everything. */
  async save() {
    clearTimeout(this.#timer);
    if (this.#saving) {
      await this.#saving;
    }
    if (!this.isClean && !missingIn(this.#draft)) {
      this.#saving = this.#send();
      await this.#saving;
    }
    return this.isClean;
  }

  /** Saves the last changes. What cannot be saved stays in this tab. */
  close() {
    this.#isClosed = true;
    this.save();
  }

  /** Saves nothing more. */
  discard() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #send() {
    const [body, sent] = [this.#toBody(this.#draft), fingerprintOf(this.#draft)];
    this.#set("saving", "Saving");
    try {
      const storyboard = this.#id === null ? await createStoryboard(body) : await changeStoryboard(this.#id, body);
      if (this.#id === null) {
        forgetUnsaved(null);
        this.#id = storyboard.id;
      }
      this.#saved = sent;
      this.#answered = fingerprintOf(draftOf(storyboard));
      this.dispatchEvent(new CustomEvent("saved", { detail: storyboard }));
      if (!this.#isClosed) {
        this.changed();
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#saving = null;
    }
  }

  #fail(error) {
    if (!(error instanceof Refusal || error instanceof Unreachable)) {
      throw error;
    }
    if (error instanceof Unreachable || error.isTransient) {
      this.#set("failed", `Not saved: ${error.message} Trying again; your text is kept in this tab.`);
      if (!this.#isClosed) {
        this.#timer = setTimeout(() => this.save(), Math.max(retryDelay, (error.retryAfter ?? 0) * 1000));
      }
    } else {
      this.#set("refused", "Not saved: the server refused it. Your text is kept in this tab.");
    }
    this.dispatchEvent(new CustomEvent("refused", { detail: error }));
  }

  #set(state, text) {
    this.state = state;
    this.text = text;
    this.dispatchEvent(new Event("changed"));
  }
}
