// Values that a tab keeps across a reload. If the browser denies storage (for example in a frame of another site), they last
// until the reload.

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
