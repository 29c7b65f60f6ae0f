// Form fields with a label and a place for the error message.

import { h, setAttribute, setText } from "../dom.js";

let count = 0;

export const newId = name => `${name}-${++count}`;

/** A labelled input. `set` shows an error message at it, or none. */
export function field(label, input, ...more) {
  const id = input.id || newId("field");
  const error = h("p", { class: "error", id: `${id}-error`, role: "alert" });
  input.id = id;
  input.setAttribute("aria-describedby", [...more.map(element => element.id).filter(Boolean), error.id].join(" "));
  return {
    input,
    element: h("div", { class: "field" }, h("label", { for: id, text: label }), input, ...more, error),
    showError(text) {
      setText(error, text);
      setAttribute(input, "aria-invalid", text ? "true" : null);
    },
  };
}

/** A select with options of value and text. */
export function select(options, value, onchange) {
  const element = h("select", { onchange: () => onchange(element.value) },
    ...options.map(([each, text]) => h("option", { value: each, text })));
  element.value = value;
  return element;
}

const cut = "cut";
const fades = [[0.25, "¼ s"], [0.5, "½ s"], [0.75, "¾ s"], [1, "1 s"]];

/** A choice of the transition. `inherited` is the text for none of its own; without it there is always one. */
export function transitionField(label, value, onchange, inherited = null) {
  const options = [[cut, "Cut"], ...fades.map(([seconds, text]) => [String(seconds), `Cross-fade, ${text}`])];
  const own = value?.type === "crossfade" ? String(value.seconds) : value ? cut : "";
  if (own !== "" && !options.some(([each]) => each === own)) {
    options.push([own, `Cross-fade, ${own} s`]);
  }
  return field(label, select(inherited === null ? options : [["", inherited], ...options], own, chosen =>
    onchange(chosen === "" ? null : chosen === cut ? { type: cut } : { type: "crossfade", seconds: Number(chosen) })));
}
