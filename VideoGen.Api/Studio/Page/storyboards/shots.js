// The shots of a storyboard that was rendered, in their order.

import { Refusal } from "../api.js";
import { announce, byId, toast } from "../dom.js";
import { shapeOf } from "../format.js";
import { withKey } from "./keyed.js";
import { cancelShot, changeShot, regenerateShot, retryShot } from "./storyboardApi.js";
import { Shot } from "./shot.js";
import { isShotRunning, shotStateOf } from "./shotStatus.js";

export class Shots {
  #list = byId("made");
  #made = new Map();
  #id = null;
  #onChanged;

  /** `onChanged` gets the storyboard that the server answered. */
  constructor(onChanged) {
    this.#onChanged = onChanged;
  }

  /** Draws the shots, and announces those that have ended since. */
  show(storyboard, front, before) {
    if (this.#id !== storyboard.id) {
      this.#id = storyboard.id;
      this.#made.clear();
      this.#list.replaceChildren();
    }
    const { shots } = storyboard;
    const context = { shape: shapeOf(storyboard), front, shots };
    for (const shot of shots) {
      const made = this.#made.get(shot.id) ?? this.#create(shot);
      made.draw(shot, context);
    }
    for (const known of before?.shots ?? []) {
      const now = shots.find(shot => shot.id === known.id);
      if (now && isShotRunning(known) && !isShotRunning(now)) {
        announce([`Shot ${now.number}: ${shotStateOf(now)}`, now.error?.message].filter(Boolean).join(". "));
      }
    }
  }

  focus(id) {
    const made = this.#made.get(id);
    made?.element.scrollIntoView({ block: "nearest" });
    made?.focus();
  }

  #create(shot) {
    const id = this.#id;
    const made = new Shot({
      cancel: ({ number }) => this.#do(() => cancelShot(id, number)),
      retry: ({ number }) => this.#do(() => withKey(`retry ${id} ${number}`, key => retryShot(id, number, key))),
      redo: ({ number }, changes) => this.#do(
        () => withKey(`redo ${id} ${number} ${JSON.stringify(changes)}`, key => regenerateShot(id, number, changes, key)),
        changes !== null),
      change: ({ number }, changes) => this.#do(() => changeShot(id, number, changes), true),
    });
    this.#made.set(shot.id, made);
    this.#list.append(made.element);
    return made;
  }

  /** Resolves with null, or with the problem, which is shown as a message unless a form shows it. */
  async #do(call, hasForm = false) {
    try {
      this.#onChanged(await call());
      return null;
    } catch (error) {
      if (!hasForm) {
        toast(error.message);
      }
      return { message: error.message, fields: error instanceof Refusal ? sentencesOf(error.fields) : {} };
    }
  }
}

const sentencesOf = fields => Object.fromEntries(Object.entries(fields).map(([name, sentences]) => [name, sentences.join(" ")]));
