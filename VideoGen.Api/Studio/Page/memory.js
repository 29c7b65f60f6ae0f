// What a tab remembers over a reload. Where the browser keeps nothing for us (in a frame of another site, say), until then only.

const fallback = new Map();

export function recall(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return fallback.get(name) ?? null;
  }
}

export function remember(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    fallback.set(name, value);
  }
}

export const forget = name => remember(name, null);
