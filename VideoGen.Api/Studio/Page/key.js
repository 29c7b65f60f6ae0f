// The API key, on servers that require one. It is sent in a header of every call and never in a URL.

const name = "videogen-key";

/** Dispatches "changed" when a key was entered. */
export const keyring = new EventTarget();

let current = recall();
let asking = null;

/** The headers that carry the key. */
export const keyHeaders = () => (current ? { Authorization: `Bearer ${current}` } : {});

export const hasKey = () => current !== null;

/** Asks the user for a key to replace a rejected one. Concurrent calls share one dialog. */
export function replaceKey(rejected) {
  if (rejected.Authorization === keyHeaders().Authorization) {
    asking ??= ask(hasKey()).finally(() => { asking = null; });
  }
  return asking ?? Promise.resolve();
}

/** Forgets the key and reloads the page, which then shows nothing. */
export function forgetKey() {
  for (const store of stores()) {
    store.removeItem(name);
  }
  location.reload();
}

async function ask(wasRejected) {
  const { askForKey } = await import("./keyDialog.js");
  const { key, isKept } = await askForKey(wasRejected);
  current = key;
  const [tab, device] = stores();
  (isKept ? device : tab)?.setItem(name, key);
  (isKept ? tab : device)?.removeItem(name);
  keyring.dispatchEvent(new Event("changed"));
}

function recall() {
  return stores().map(store => store.getItem(name)).find(Boolean) ?? null;
}

// In a frame of another site the browser may deny access to storage.
function stores() {
  try {
    return [sessionStorage, localStorage];
  } catch {
    return [];
  }
}
