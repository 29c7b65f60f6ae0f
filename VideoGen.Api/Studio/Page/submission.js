// Sends a submission until its outcome is known. Its idempotency key keeps it one generation, however often it is sent: after a
// lost response, a reload of the page or a restart of the server.

import { generate, Refusal } from "./api.js";
import { forget, recall, remember } from "./sessionStore.js";

const storageName = "studio.order";
const maxAttempts = 12;

/** A random idempotency key. (crypto.randomUUID is missing if the page is not served over https.) */
export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");

/** The submission whose response never arrived, or null. */
export const pendingSubmission = () => recall(storageName);

export async function send(body, onDelay) {
  const last = pendingSubmission();
  const submission = last?.body === body ? last : { key: newKey(), body };
  remember(storageName, submission);
  for (let attempt = 1; ; attempt++) {
    try {
      const generation = await generate(submission.body, submission.key);
      forget(storageName);
      return generation;
    } catch (error) {
      if (isFinal(error)) {
        forget(storageName);
        throw error;
      }
      if (attempt === maxAttempts) {
        throw error;
      }
      onDelay();
      await new Promise(resolve => setTimeout(resolve, Math.min(5000, 500 * 2 ** attempt)));
    }
  }
}

// A 429 accepted nothing, and the user should decide how long to wait.
const isFinal = error => error instanceof Refusal && (!error.isTransient || error.status === 429);
