// Text is always set as text: nothing that came from a user or a server is ever parsed as HTML.

/** Makes an element; names that start with "on" are listeners, null and false leave a property out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "text") {
      element.textContent = value;
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.filter(child => child !== null));
  return element;
}

/** An icon of the sprite in the page; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#${name}-icon`);
  svg.append(use);
  return svg;
}

export const byId = id => document.getElementById(id);

/** Writes only what changes, so that selections, scroll positions and screen readers are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setAttribute(element, name, value) {
  if (value === null || value === undefined) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== String(value)) {
    element.setAttribute(name, value);
  }
}

/** Says something to screen readers, once everything else has been said. */
export function announce(text) {
  byId("announcer").textContent = text;
}

let fading = 0;

/** Shows a sentence over the page for a while. */
export function toast(text) {
  const box = byId("toast");
  clearTimeout(fading);
  box.textContent = text;
  box.hidden = false;
  fading = setTimeout(() => { box.hidden = true; }, 8000);
}
