// The frame over the picture that shows which part of it fills the video.

import { byId } from "./dom.js";

export class CropFrame {
  /** The size of the picture and its crops by shape, from the response to the upload; null if unknown. */
  measures = null;
  #box;
  #image;
  #frame = byId("crop");
  #shape = null;

  constructor(box, image) {
    this.#box = box;
    this.#image = image;
    new ResizeObserver(() => this.#draw()).observe(box);
    image.addEventListener("load", () => this.#draw());
  }

  /** A shape that shows the whole picture has no frame. */
  show(shape, isWhole) {
    this.#shape = isWhole ? null : shape;
    this.#draw();
  }

  #draw() {
    const crop = this.measures?.crops[this.#shape];
    this.#frame.hidden = !crop || this.#image.hidden;
    if (this.#frame.hidden) {
      return;
    }
    // The picture is shown whole in the middle of its box.
    const { width, height } = this.measures;
    const scale = Math.min(this.#box.clientWidth / width, this.#box.clientHeight / height);
    const left = (this.#box.clientWidth - width * scale) / 2;
    const top = (this.#box.clientHeight - height * scale) / 2;
    const style = this.#frame.style;
    style.setProperty("left", `${left + crop.left * scale}px`);
    style.setProperty("top", `${top + crop.top * scale}px`);
    style.setProperty("width", `${crop.width * scale}px`);
    style.setProperty("height", `${crop.height * scale}px`);
  }
}
