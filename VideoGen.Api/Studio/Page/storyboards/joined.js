// The joined video: playback, chapters that seek, and the download. The old video stays until the new one is there.

import { byId, h, icon, setAttribute, setText } from "../dom.js";
import { bytes, span } from "../format.js";
import { isRunning } from "./shotStatus.js";

const pathOf = url => url?.split("?")[0] ?? null;
const timeOf = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

export class Joined {
  #root = byId("joined");
  #video = byId("joined-video");
  #chapters = byId("chapters");
  #buttons = [];
  #drawn = "";

  constructor() {
    for (const type of ["timeupdate", "seeked"]) {
      this.#video.addEventListener(type, () => this.#mark());
    }
  }

  show(storyboard) {
    const { id, title, videoUrl, posterUrl, film, preview } = storyboard;
    this.#root.hidden = !videoUrl;
    if (pathOf(this.#video.getAttribute("src")) !== pathOf(videoUrl)) {    // else only the signature changed
      setAttribute(this.#video, "poster", posterUrl);
      setAttribute(this.#video, "src", videoUrl);
      this.#video.load();
      this.#drawn = "";
    }
    if (!videoUrl) {
      return;
    }
    setAttribute(this.#video, "aria-label", `Video: ${title}`);
    this.#video.style.setProperty("aspect-ratio", `${film.width} / ${film.height}`);
    setText(byId("joined-facts"), [
      span(film.durationSeconds), `${film.width} × ${film.height}`, bytes(film.bytes),
      preview && "preview",
    ].filter(Boolean).join(" · "));
    setText(byId("joined-note"),
      isRunning(storyboard) ? "A new version is being made. This is the previous video until it is ready." : "");
    byId("joined-save").replaceChildren(h("a", { class: "primary", href: videoUrl, download: `videogen-${id}.mp4` },
      icon("save"), h("span", { text: "Download" })));
    this.#drawChapters(storyboard);
  }

  #drawChapters({ chapters, shots }) {
    const state = JSON.stringify([chapters, shots.map(shot => shot.script)]);
    if (state !== this.#drawn) {
      this.#drawn = state;
      this.#buttons = chapters.map(({ shot, startSeconds }) => ({
        start: startSeconds,
        button: h("button", { type: "button", onclick: () => this.#seek(startSeconds) },
          h("span", { class: "time", text: timeOf(startSeconds) }),
          h("span", { text: `${shot}. ${shots[shot - 1]?.script ?? ""}` })),
      }));
      this.#chapters.replaceChildren(...this.#buttons.map(({ button }) => h("li", {}, button)));
      this.#mark();
    }
  }

  // A little into the chapter, because browsers may seek to the frame before.
  #seek(seconds) {
    this.#video.currentTime = seconds + 0.02;
    this.#mark();
  }

  #mark() {
    const now = this.#video.currentTime;
    const current = this.#buttons.findLastIndex(({ start }) => start <= now + 0.01);
    this.#buttons.forEach(({ button }, index) => setAttribute(button, "aria-current", index === current ? "true" : null));
  }
}
