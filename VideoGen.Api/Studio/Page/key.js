// The API key, on servers that ask for one. It goes with every call as a header and never into an address.

const name = "videogen-key";

/** Tells "changed" when a key was given. */
export const keyring = new EventTarget();

let current = recall();
let asking = null;

/** The headers of a call. */
export const keyHeaders = () => (current ? { Authorization: `Bearer ${current}` } : {});

export const hasKey = () => current !== null;

/** Asks the person for a key in the place of the one that was refused; several calls that are refused at once ask once. */
export function replaceKey(refused) {
  if (refused.Authorization === keyHeaders().Authorization) {
    asking ??= ask(hasKey()).finally(() => { asking = null; });
  }
  return asking ?? Promise.resolve();
}

/** Forgets the key, and with it everything this page shows. */
export function forgetKey() {
  for (const store of stores()) {
    store.removeItem(name);
  }
  location.reload();
}

async function ask(wasRefused) {
  const { askForKey } = await import("./door.js");
  const { key, isKept } = await askForKey(wasRefused);
  current = key;
  const [tab, device] = stores();
  (isKept ? device : tab)?.setItem(name, key);
  (isKept ? tab : device)?.removeItem(name);
  keyring.dispatchEvent(new Event("changed"));
}

function recall() {
  return stores().map(store => store.getItem(name)).find(Boolean) ?? null;
}

// In a frame of another site the browser may keep nothing for us.
function stores() {
  try {
    return [sessionStorage, localStorage];
  } catch {
    return [];
  }
}
