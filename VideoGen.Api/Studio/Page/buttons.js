// Buttons, and questions that are asked in place.

import { h, icon } from "./dom.js";

export function action(kind, name, text, onclick) {
  return h("button", { type: "button", class: kind, onclick }, icon(name), h("span", { text }));
}

/** A button with an icon only. */
export function tool(name, label, onclick) {
  return h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick }, icon(name));
}

/** Ignores what is clicked while the last click is carried out. */
export function onceAtATime(act) {
  let busy = false;
  return async () => {
    if (!busy) {
      busy = true;
      await act().finally(() => { busy = false; });
    }
  };
}

/**
 * Asks in place for confirmation. `back` gives the element its previous content again; it is not called after an `act` that
 * returned true, because it asked something else.
 */
export function ask(element, question, answer, act, back) {
  const box = h("div", { class: "ask", role: "group", "aria-label": question },
    h("p", { text: question }),
    h("button", { type: "button", class: "danger", text: answer, onclick: async () => { await act() || back(); } }),
    h("button", { type: "button", class: "secondary", text: "Keep", onclick: () => back() }));
  box.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      back();
    }
  });
  element.replaceChildren(box);
  box.querySelector(".danger").focus();
}
