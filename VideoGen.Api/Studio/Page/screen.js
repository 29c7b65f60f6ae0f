// The selected video: in progress, finished and playing in place, or failed with the reason.

import { kindOf } from "./actions.js";
import { serverNow } from "./api.js";
import { announce, byId, h, icon, setAttribute, setText } from "./dom.js";
import { Log } from "./log.js";
import { bytes, isOver, makerOf, positionOf, shapeOf, sizeOf, span, stateOf, usualSeconds, when } from "./format.js";

const steps = [
  "Upload a picture of your character.",
  "Describe in a sentence what happens.",
  "Watch the progress. The generation continues if you close this page.",
];

const pathOf = url => url?.split("?")[0] ?? null;

export class Screen {
  #root;
  #store;
  #actions;
  #id = null;
  #drawn = null;
  #starts = new Map();
  #still = h("img", { class: "still", alt: "" });
  #video = h("video", { controls: true, playsinline: true, loop: true, preload: "metadata" });
  #badge = h("span", { class: "badge", text: "Preview" });
  #state = h("p", { class: "state" });
  #title = h("h2", { id: "screen-title", class: "title", tabindex: "-1" });
  #bar = h("div", {
    class: "bar", role: "progressbar", "aria-label": "Progress", "aria-valuemin": "0", "aria-valuemax": "100",
  }, h("span"));
  #percent = h("span", { class: "percent" });
  #times = h("p", { class: "times" });
  #reason = h("p", { class: "reason" });
  #facts = h("ul", { class: "facts" });
  #buttons = h("div", { class: "actions" });
  #log = new Log();
  #progress = h("div", { class: "progress" }, this.#bar, this.#percent);

  constructor(root, store, actions) {
    this.#root = root;
    this.#store = store;
    this.#actions = actions;
    byId("frame").append(this.#still, this.#video, this.#badge,
      h("div", { class: "nothing" }, icon("reel"), h("p", { text: "Your videos appear here." })));
    byId("slate").append(this.#state, this.#title, h("ol", { class: "steps" }, ...steps.map(text => h("li", { text }))),
      this.#progress, this.#times, this.#reason, this.#facts, this.#buttons, this.#log.element);
    store.addEventListener("changed", event => {
      if (event.detail.id === this.#id) {
        this.#draw(event.detail.before);
      }
    });
    setInterval(() => this.#tick(), 1000);
    this.show(null);
  }

  get id() {
    return this.#id;
  }

  show(id) {
    this.#id = id;
    this.#drawn = null;
    this.#draw();
  }

  focus() {
    this.#title.focus({ preventScroll: true });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#root.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  }

  get #generation() {
    return this.#store.get(this.#id);
  }

  #draw(before) {
    const generation = this.#generation;
    setAttribute(this.#root, "data-state", generation ? generation.status : "empty");
    setAttribute(this.#root, "data-id", generation?.id);
    if (!generation) {
      setText(this.#title, "From a picture to a video");
      this.#badge.hidden = true;
      byId("frame").style.removeProperty("aspect-ratio");
      this.#drawVideo(null, false);
      return;
    }

    setText(this.#state, stateOf(generation));
    setText(this.#title, generation.script);
    this.#badge.hidden = !(generation.preview && generation.status === "completed");
    byId("frame").style.setProperty("aspect-ratio", shapeOf(generation));
    setAttribute(this.#still, "src", generation.posterUrl ?? generation.characterImageUrl);
    this.#drawVideo(generation, before && !isOver(before));
    this.#drawProgress(generation);
    this.#drawReason(generation);
    this.#drawFacts(generation);
    this.#drawButtons(generation);
    this.#log.show(generation);
    this.#tick();
    if (before && stateOf(before) !== stateOf(generation)) {
      announce([stateOf(generation), generation.error?.message].filter(Boolean).join(": "));
    }
  }

  #drawVideo(generation, hasJustEnded) {
    const url = generation?.videoUrl ?? null;
    this.#video.hidden = url === null;
    if (pathOf(this.#video.getAttribute("src")) === pathOf(url)) {
      return;    // only the signature in the URL changed, and the video may be playing
    }
    setAttribute(this.#video, "src", url);
    setAttribute(this.#video, "poster", generation?.posterUrl);
    this.#video.muted = generation?.sound !== true;    // browsers start only muted videos by themselves
    setAttribute(this.#video, "aria-label", generation && `Video: ${generation.script}`);
    this.#video.load();    // without a source this releases the old video
    if (url && hasJustEnded && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#video.play().catch(() => {});    // if autoplay is blocked, the browser shows its play button
    }
  }

  #drawProgress({ status, stage, progress }) {
    const percent = progress === null ? null : Math.round(progress * 100);
    setAttribute(this.#progress, "data-moving", ["queued", "waiting", "waiting_for_capacity"].includes(stage) ? null : "");
    setAttribute(this.#bar, "aria-valuenow", percent);
    setAttribute(this.#bar, "aria-valuetext", percent === null ? "unknown" : `${percent}%`);
    this.#bar.firstChild.style.setProperty("--done", (percent ?? 0) / 100);
    setText(this.#percent, percent === null ? "" : `${percent}%`);
    this.#progress.hidden = isOver({ status });
  }

  #drawReason(generation) {
    const { error, waitReason, cancellation, expiry, status } = generation;
    const text = status === "failed" ? error?.message
      : status === "canceled" ? cancellation?.message
      : status === "expired" ? expiry?.message
      : [positionOf(generation), waitReason].filter(Boolean).join(". ");
    setText(this.#reason, text ?? "");
    setAttribute(this.#reason, "data-code", error?.code);
  }

  #drawFacts(generation) {
    const { duration, film, seed, motion, negativePrompt, attempt, createdAt, regeneratedFrom } = generation;
    const facts = [
      `${duration} s`, sizeOf(generation), generation.sound && "with sound", film && bytes(film.bytes),
      makerOf(generation), when(createdAt),
      attempt > 1 && `attempt ${attempt}`, Number.isInteger(seed) && `seed ${seed}`, motion && `${motion} motion`,
      negativePrompt && `without: ${negativePrompt}`,
    ].filter(Boolean).map(text => h("li", { text }));
    if (regeneratedFrom && this.#store.get(regeneratedFrom)) {
      facts.push(h("li", {}, h("a", { href: `#${regeneratedFrom}`, text: "regenerated from an earlier video" })));
    }
    this.#facts.replaceChildren(...facts);
  }

  #drawButtons(generation) {
    const kind = kindOf(generation);
    if (kind !== this.#drawn) {
      const hadFocus = this.#drawn !== null && this.#buttons.contains(document.activeElement);
      this.#drawn = kind;
      this.#actions.draw(this.#buttons, generation);
      if (hadFocus) {
        this.#title.focus({ preventScroll: true });
      }
    }
  }

  #tick() {
    const generation = this.#generation;
    if (!generation || isOver(generation)) {
      setText(this.#times, "");
      return;
    }
    const elapsed = Math.max(0, (serverNow() - this.#start(generation)) / 1000);
    const left = this.#left(generation, elapsed);
    const estimate = left === null ? "" : left > 1 ? `, about ${span(left)} left` : ", any moment now";
    setText(this.#times, `${span(elapsed)} so far${estimate}`);
  }

  // Estimated from the duration of recent similar videos.
  #left(generation, elapsed) {
    const usual = usualSeconds(generation, this.#store.all);
    return usual === null ? null : usual - elapsed;
  }

  // A later attempt started when the page first saw it, not when the generation was created.
  #start({ id, attempt, createdAt, updatedAt }) {
    const key = `${id} ${attempt}`;
    if (!this.#starts.has(key)) {
      this.#starts.set(key, Date.parse(attempt > 1 ? updatedAt : createdAt));
    }
    return this.#starts.get(key);
  }
}
