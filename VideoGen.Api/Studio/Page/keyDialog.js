// Asks for the API key. The page shows nothing without one, so the dialog cannot be dismissed.

import { byId, h } from "./dom.js";

/** Resolves with the key and whether this device may remember it. */
export function askForKey(wasRejected) {
  const key = h("input", {
    id: "key", type: "password", required: true, autocomplete: "off", spellcheck: "false", "aria-describedby": "key-error",
  });
  const keep = h("input", { id: "key-keep", type: "checkbox" });
  const form = h("form", {},
    h("h2", { id: "key-title", text: "Enter your API key" }),
    h("p", {
      class: "help",
      text: "You get a key from the operator of this server. It begins with vg_ and gives access to your own videos.",
    }),
    h("div", { class: "field" }, h("label", { for: "key", text: "API key" }), key,
      h("p", {
        class: "error", id: "key-error", role: "alert", text: wasRejected ? "This key is unknown, revoked or expired." : "",
      })),
    h("label", { class: "keep" }, keep, h("span", { text: "Remember it on this device" })),
    h("button", { class: "primary wide", type: "submit" }, h("span", { text: "Open" })));
  const dialog = h("dialog", { class: "door", id: "door", "aria-labelledby": "key-title" }, form);
  dialog.addEventListener("cancel", event => event.preventDefault());
  document.body.append(dialog);
  dialog.showModal();
  key.focus();
  return new Promise(resolve => form.addEventListener("submit", event => {
    event.preventDefault();
    dialog.remove();
    byId("key-forget").hidden = false;
    resolve({ key: key.value.trim(), isKept: keep.checked });
  }));
}
