// Asks for the key. There is nothing to see without one, so that it cannot be put away.

import { byId, h } from "./dom.js";

/** Resolves with the key and whether this device may keep it. */
export function askForKey(wasRefused) {
  const key = h("input", { id: "key", type: "password", required: true, autocomplete: "off", spellcheck: "false", "aria-describedby": "key-error" });
  const keep = h("input", { id: "key-keep", type: "checkbox" });
  const form = h("form", {},
    h("h2", { id: "key-title", text: "This studio asks for a key" }),
    h("p", { class: "help", text: "Whoever runs this server gives you one. It begins with vg_ and opens your own films." }),
    h("div", { class: "field" }, h("label", { for: "key", text: "API key" }), key,
      h("p", { class: "error", id: "key-error", role: "alert", text: wasRefused ? "This key is not known, was revoked or has expired." : "" })),
    h("label", { class: "keep" }, keep, h("span", { text: "Keep it on this device" })),
    h("button", { class: "primary wide", type: "submit" }, h("span", { text: "Open" })));
  const door = h("dialog", { class: "door", id: "door", "aria-labelledby": "key-title" }, form);
  door.addEventListener("cancel", event => event.preventDefault());
  document.body.append(door);
  door.showModal();
  key.focus();
  return new Promise(resolve => form.addEventListener("submit", event => {
    event.preventDefault();
    door.remove();
    byId("key-forget").hidden = false;
    resolve({ key: key.value.trim(), isKept: keep.checked });
  }));
}
