// What can be done with a whole storyboard: render, cancel, retry, copy and delete.

import { Refusal } from "../api.js";
import { action, ask, onceAtATime } from "../buttons.js";
import { announce, byId, setText, toast } from "../dom.js";
import { isPreviewModel } from "../models.js";
import { bodyOf, draftOf, forgetUnsaved, missingIn } from "./draft.js";
import { withKey } from "./keyed.js";
import { cancelStoryboard, createStoryboard, removeStoryboard, renderStoryboard, retryStoryboard } from "./storyboardApi.js";

const running = "This storyboard is still being rendered or joined. Deleting it cancels its unfinished shots. Delete it anyway?";

export class BoardActions {
  #element = byId("board-actions");
  #render = byId("render");
  #board;
  #storyboard = null;
  #draft = null;
  #saver = null;
  #drawn = "";

  /** `board` has put for a storyboard of the server, fail for an error, and dispatch for events of the board. */
  constructor(board) {
    this.#board = board;
    this.#render.addEventListener("click", onceAtATime(() => this.#start()));
  }

  draw(storyboard, draft, saver) {
    this.#storyboard = storyboard;
    this.#draft = draft;
    this.#saver = saver;
    setText(byId("cost"), costOf(draft));
    const canRetry = storyboard?.status === "canceled" || (storyboard?.status === "failed"
      && [storyboard, ...storyboard.shots].some(each => each.status === "canceled" || each.error?.retryable));
    const kind = [storyboard?.id, storyboard?.status, canRetry].join();
    if (kind !== this.#drawn) {
      this.#drawn = kind;
      this.#drawButtons(canRetry);
    }
  }

  #drawButtons(canRetry) {
    const status = this.#storyboard?.status ?? "draft";
    const buttons = [];
    if (status === "rendering") {
      buttons.push(action("secondary", "stop", "Cancel all", onceAtATime(() => this.#do(cancelStoryboard))));
    }
    if (canRetry) {
      buttons.push(action("primary", "again", "Try again", onceAtATime(() => this.#do(
        id => withKey(`retry ${id}`, key => retryStoryboard(id, key))))));
    }
    if (status !== "draft") {
      buttons.push(action("secondary", "copy", "Copy as a draft", onceAtATime(() => this.#copy())));
    }
    buttons.push(action("quiet", "bin", this.#storyboard ? "Delete" : "Discard", () => this.#askToDelete()));
    this.#element.replaceChildren(...buttons);
  }

  async #start() {
    const missing = missingIn(this.#draft);
    if (missing) {
      this.#board.fail(new Error(`To render the storyboard, ${missing}.`));
      return;
    }
    this.#render.classList.add("busy");
    try {
      if (await this.#saver.save()) {
        const { id } = this.#saver;
        this.#board.put(await withKey(`render ${id}`, key => renderStoryboard(id, key)));
        announce("Rendering has started.");
        byId("board-title").focus();
      }
    } catch (error) {
      this.#board.fail(error);
    } finally {
      this.#render.classList.remove("busy");
    }
  }

  async #do(call) {
    try {
      this.#board.put(await call(this.#storyboard.id));
    } catch (error) {
      toast(error.message);
    }
  }

  async #copy() {
    const draft = draftOf(this.#storyboard);
    try {
      const copy = await createStoryboard(bodyOf({ ...draft, title: `${draft.title} (copy)`.slice(-200) }));
      this.#board.dispatch("copied", copy);
    } catch (error) {
      toast(error.message);
    }
  }

  #askToDelete() {
    const back = () => { this.#drawn = ""; this.#drawButtons(false); this.#element.querySelector("button")?.focus(); };
    const [question, answer] = this.#storyboard
      ? ["Delete this storyboard and its joined video? The videos of its shots stay.", "Delete"]
      : ["Discard this draft?", "Discard"];
    ask(this.#element, question, answer, () => this.#delete(back, false), back);
  }

  async #delete(back, isForced) {
    const id = this.#storyboard?.id ?? null;
    try {
      if (id !== null) {
        await removeStoryboard(id, isForced);
      }
    } catch (error) {
      if (error instanceof Refusal && error.code === "still_running" && !isForced) {
        ask(this.#element, running, "Delete anyway", () => this.#delete(back, true), back);
        return true;
      }
      if (!(error instanceof Refusal && error.status === 404)) {
        toast(error.message);
        return false;
      }
    }
    this.#drawn = "";
    this.#board.dispatch("closed", id);
    forgetUnsaved(id);
    announce(id === null ? "The draft was discarded." : "The storyboard was deleted.");
    return true;
  }
}

function costOf({ model, shots }) {
  const count = shots.length;
  const isPreview = shots.every(shot => isPreviewModel(shot.model ?? model));
  const shotCount = count === 1 ? "1 shot" : `${count} shots`;
  return isPreview ? `${shotCount}. Previews are free.` : `${shotCount}: each costs as much as a video. Joining them is free.`;
}
