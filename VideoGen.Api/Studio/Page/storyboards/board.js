// The page of one storyboard: a draft to write, or its shots and their joined video.

import { announce, byId, setAttribute, setText } from "../dom.js";
import { BoardActions } from "./boardActions.js";
import { noErrors, sortErrors } from "./boardErrors.js";
import { Cards } from "./cards.js";
import { draftOf, newDraft, unsaved } from "./draft.js";
import { Joined } from "./joined.js";
import { Saver } from "./saver.js";
import { Settings } from "./settings.js";
import { isRunning, statusOf } from "./shotStatus.js";
import { Shots } from "./shots.js";
import { Strip } from "./strip.js";

const onlyTitleAndTransition = ({ title, transition }) => ({ title, transition });

/** Dispatches "created" and "copied" with the storyboard as detail, and "closed" when it was deleted. */
export class Board extends EventTarget {
  #root = byId("board");
  #store;
  #characters;
  #settings;
  #cards = new Cards();
  #joined = new Joined();
  #shots;
  #strip;
  #actions;
  #draft = null;
  #saver = null;
  #isStarted = false;

  constructor(store, characters) {
    super();
    this.#store = store;
    this.#characters = characters;
    this.#settings = new Settings(characters);
    this.#shots = new Shots(storyboard => store.put(storyboard));
    this.#strip = new Strip(id => this.#shots.focus(id));
    this.#actions = new BoardActions({
      put: storyboard => store.put(storyboard),
      fail: error => this.#showErrors(sortErrors(error), true),
      dispatch: (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail })),
    });
    this.models.addEventListener("loaded", () => this.#cards.refresh(), { once: true });
    characters.addEventListener("changed", () => this.#redraw());
    store.addEventListener("changed", ({ detail: { id, before, now } }) => id === this.id && this.#draw(now, before));
  }

  get models() {
    return this.#settings.models;
  }

  /** The id of the storyboard that is shown; null for a new one, and undefined if none is shown. */
  get id() {
    return this.#saver?.id;
  }

  /** Shows a storyboard of the store, or a new one (null). */
  show(storyboard) {
    this.close();
    this.#root.hidden = false;
    this.#edit(storyboard);
    this.#showErrors(noErrors);
    if (storyboard) {
      this.#draw(storyboard, null);
    }
    byId("board-title").focus({ preventScroll: true });
  }

  close() {
    this.#saver?.close();
    this.#hide();
  }

  /** Closes without saving. */
  discard() {
    this.#saver?.discard();
    this.#hide();
  }

  #hide() {
    this.#saver = null;
    this.#root.hidden = true;
    this.#root.querySelectorAll("video").forEach(video => video.pause());
  }

  #edit(storyboard) {
    const saved = storyboard && draftOf(storyboard);
    const kept = unsaved(storyboard?.id ?? null);
    this.#isStarted = storyboard !== null && storyboard.status !== "draft";
    this.#draft = this.#isStarted ? { ...saved, ...(kept && onlyTitleAndTransition(kept)) }
      : kept ?? (saved ? structuredClone(saved) : newDraft(this.#characters.all[0]?.id));
    this.#saver?.close();
    const saver = new Saver(storyboard?.id ?? null, this.#draft, saved, this.#isStarted ? onlyTitleAndTransition : undefined);
    this.#saver = saver;
    saver.addEventListener("changed", () => saver === this.#saver && this.#drawSaving());
    saver.addEventListener("refused", ({ detail }) => saver === this.#saver && this.#refused(detail));
    saver.addEventListener("saved", ({ detail }) => this.#saved(saver, detail));
    const changed = () => { saver.changed(); this.#redraw(); };
    this.#settings.show(this.#draft, this.#isStarted, changed);
    if (!this.#isStarted) {
      this.#cards.show(this.#draft, changed);
    }
    byId("draft").hidden = this.#isStarted;
    byId("results").hidden = !this.#isStarted;
    saver.changed();
    this.#redraw();
  }

  #draw(storyboard, before) {
    const isStarted = storyboard.status !== "draft";
    const isForeign = !this.#saver.knows(draftOf(storyboard)) && this.#saver.isClean && !this.#isInUse;
    if (isStarted !== this.#isStarted || isForeign) {
      this.#edit(storyboard);    // rendered, or changed in another tab
    }
    if (isStarted) {
      const front = this.#characters.find(storyboard.characterId)?.pictures[0] ?? null;
      this.#strip.show(storyboard.shots);
      this.#joined.show(storyboard);
      this.#shots.show(storyboard, front, before);
      if (before && isRunning(before) && !isRunning(storyboard)) {
        announce(storyboard.status === "completed" ? "The video is ready." : storyboard.error?.message ?? statusOf(storyboard));
      }
    }
    this.#redraw();
  }

  get #isInUse() {
    return byId("settings").contains(document.activeElement) || byId("cards").contains(document.activeElement);
  }

  #redraw() {
    if (!this.#saver) {
      return;
    }
    const storyboard = this.#store.get(this.id) ?? null;
    setAttribute(byId("board-head"), "data-state", storyboard?.status ?? "draft");
    setText(byId("board-title"), this.#draft.title.trim() || "New storyboard");
    setText(byId("board-state"), storyboard ? statusOf(storyboard) : "Draft");
    const { error, waitReason, expiry } = storyboard ?? {};
    setText(byId("board-reason"), error?.message ?? waitReason ?? expiry?.message ?? "");
    this.#actions.draw(storyboard, this.#draft, this.#saver);
  }

  #drawSaving() {
    setText(byId("save-state"), this.#saver.text);
    setAttribute(byId("save-state"), "data-state", this.#saver.state);
  }

  #refused(error) {
    this.#showErrors(sortErrors(error));
    if (byId("announcer").textContent !== this.#saver.text) {
      announce(this.#saver.text);    // once, however often it is tried again
    }
    if (error.code === "already_started") {
      this.dispatchEvent(new CustomEvent("outdated"));
    }
  }

  #saved(saver, storyboard) {
    const isNew = !this.#store.get(storyboard.id);
    this.#store.put(storyboard);
    if (saver === this.#saver) {
      this.#showErrors(noErrors);
      if (isNew) {
        this.dispatchEvent(new CustomEvent("created", { detail: storyboard }));
      }
    }
  }

  #showErrors({ settings, shots, rest }, hasFocus = false) {
    this.#settings.showErrors(settings);
    if (!this.#isStarted) {
      this.#cards.showErrors(shots);
    }
    setText(byId("board-error"), rest);
    if (hasFocus) {
      this.#root.querySelector("[aria-invalid]")?.focus();
    }
  }
}
