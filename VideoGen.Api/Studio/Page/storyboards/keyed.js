// Calls that must be carried out once. After a lost response the same call is sent again with the same key.

import { Unreachable } from "../api.js";
import { newKey } from "../submission.js";

const keys = new Map();

/** Calls with the key of this name, which lasts until there is a response. */
export async function withKey(name, call) {
  const key = keys.get(name) ?? newKey();
  keys.set(name, key);
  try {
    const result = await call(key);
    keys.delete(name);
    return result;
  } catch (error) {
    if (!(error instanceof Unreachable)) {
      keys.delete(name);
    }
    throw error;
  }
}
