// One shot of a storyboard that was rendered: its preview, progress and reason, and what can be done with it.

import { action, ask, onceAtATime } from "../buttons.js";
import { h, setAttribute, setText } from "../dom.js";
import { ShotFields } from "./shotFields.js";
import { newShot, shotBody } from "./draft.js";
import { doneOf, isShotRunning, isWaiting, percentOf, reasonOf, shotStateOf } from "./shotStatus.js";

const twice = "The provider may have accepted the first request and may charge for both. Retry anyway?";
const pathOf = url => url?.split("?")[0] ?? null;

export class Shot {
  #shot = null;
  #actions;
  #shots = [];
  #drawn = null;
  #still = h("img", { alt: "", loading: "lazy", decoding: "async" });
  #video = h("video", { controls: true, playsinline: true, preload: "none" });
  #title = h("h3", { tabindex: "-1" });
  #chain = h("p", { class: "chain" });
  #state = h("p", { class: "state" });
  #script = h("p", { class: "script" });
  #bar = h("div", {
    class: "bar", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100",
  }, h("span"));
  #reason = h("p", { class: "reason" });
  #buttons = h("div", { class: "actions" });
  #form = h("div", { class: "redo" });

  /** `actions` has cancel, retry, redo and change, which get the shot. */
  constructor(actions) {
    this.#actions = actions;
    this.element = h("li", { class: "card made" },
      h("div", { class: "frame" }, this.#still, this.#video),
      h("div", { class: "slate" }, h("div", { class: "card-head" }, this.#title, this.#chain), this.#state, this.#script,
        this.#bar, this.#reason, this.#buttons, this.#form));
  }

  focus() {
    this.#title.focus();
  }

  draw(shot, { shape, front, shots }) {
    this.#shot = shot;
    this.#shots = shots;
    const isRunning = isShotRunning(shot);
    setAttribute(this.element, "data-state", shot.status);
    setAttribute(this.element, "data-start", shot.start);
    setAttribute(this.element, "aria-label", `Shot ${shot.number}`);
    setText(this.#title, `Shot ${shot.number} · ${shot.duration} s`);
    setText(this.#chain, shot.start === "previous" ? `Continues shot ${shot.number - 1}` : "");
    setText(this.#state, shotStateOf(shot));
    setText(this.#script, shot.script);
    this.#drawPicture(shot, shape, front);
    this.#bar.hidden = !isRunning;
    setAttribute(this.#bar, "aria-label", `Progress of shot ${shot.number}`);
    setAttribute(this.#bar, "aria-valuenow", shot.progress === null ? null : Math.round(shot.progress * 100));
    setAttribute(this.#bar, "aria-valuetext", shot.progress === null ? "unknown" : percentOf(shot.progress));
    this.#bar.firstChild.style.setProperty("--done", doneOf(shot));
    setText(this.#reason, reasonOf(shot));
    setAttribute(this.#reason, "data-code", shot.error?.code);
    this.#drawButtons(shot);
  }

  #drawPicture(shot, shape, front) {
    this.element.firstChild.style.setProperty("aspect-ratio", shape);
    const start = shot.startImageUrl ?? shot.imageUrl ?? (shot.start === "previous" ? null : front);
    setAttribute(this.#still, "src", shot.posterUrl ?? start);
    this.#video.hidden = !shot.videoUrl;
    if (pathOf(this.#video.getAttribute("src")) !== pathOf(shot.videoUrl)) {
      setAttribute(this.#video, "poster", shot.posterUrl);
      setAttribute(this.#video, "src", shot.videoUrl);
      this.#video.load();
    }
    setAttribute(this.#video, "aria-label", `Video of shot ${shot.number}`);
  }

  #drawButtons(shot) {
    const { status, stage, error, generationId } = shot;
    const kind = [status, isWaiting(shot), stage === "canceling", error?.code, generationId].join();
    if (kind !== this.#drawn) {
      const hadFocus = this.#drawn !== null && this.#buttons.contains(document.activeElement);
      this.#drawn = kind;
      this.#buttons.replaceChildren(...this.#all(shot));
      if (hadFocus) {
        this.focus();
      }
    }
  }

  #all(shot) {
    const { cancel, retry, redo } = this.#actions;
    if (isShotRunning(shot)) {
      const isCanceling = shot.stage === "canceling";
      const stop = action("secondary", "stop", isCanceling ? "Canceling" : "Cancel", onceAtATime(() => cancel(this.#shot)));
      stop.disabled = isCanceling;
      return [stop, ...(isWaiting(shot) ? [action("quiet", "edit", "Change", () => this.#edit("Save"))] : [])];
    }
    const again = onceAtATime(() => retry(this.#shot));
    const back = () => { this.#drawn = null; this.#drawButtons(this.#shot); };
    const canRetry = shot.status === "canceled" || (shot.error && shot.error.retryable !== false);
    return [
      ...(canRetry ? [action("primary", "again", "Try again", shot.error?.code === "outcome_unknown"
        ? () => ask(this.#buttons, twice, "Retry anyway", again, back) : again)] : []),
      action("secondary", "spark", "Redo", onceAtATime(() => redo(this.#shot, null))),
      action("quiet", "edit", "Redo with changes", () => this.#edit("Redo")),
    ];
  }

  // A form in place, which stays open while the shot is drawn again.
  #edit(answer) {
    const plan = newShot(this.#shot);
    const close = () => { this.#form.replaceChildren(); this.focus(); };
    const fields = new ShotFields(plan, () => draw(), false);
    const draw = () => fields.draw(this.#shot.number - 1, this.#shots.map(other => (other.id === this.#shot.id ? plan : other)));
    const error = h("p", { class: "error", role: "alert" });
    const send = onceAtATime(async () => {
      const { transition, ...changes } = shotBody(plan);
      const problem = await (answer === "Save" ? this.#actions.change : this.#actions.redo)(this.#shot, changes);
      if (!problem) {
        close();
        return;
      }
      fields.showErrors(problem.fields);
      setText(error, Object.keys(problem.fields).length > 0 ? "" : problem.message);
    });
    this.#form.replaceChildren(fields.element, error, h("div", { class: "actions" }, action("primary", "spark", answer, send),
      h("button", { type: "button", class: "secondary", text: "Close", onclick: close })));
    draw();
    fields.focus();
  }
}
