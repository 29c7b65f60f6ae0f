// Sends an order until it is known what became of it. Its key makes one film of it, however often it has to be sent: after an
// answer that was lost, over a reload of the page, over a restart of the server.

import { generate, Refusal } from "./api.js";
import { forget, recall, remember } from "./memory.js";

const place = "studio.order";
const mostTries = 12;

/** A key nobody else has. (crypto.randomUUID is missing where the page is not served over https.) */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");

/** The order whose answer never came; null when there is none. */
export const unanswered = () => recall(place);

export async function send(body, onDelay) {
  const last = unanswered();
  const order = last?.body === body ? last : { key: newKey(), body };
  remember(place, order);
  for (let tries = 1; ; tries++) {
    try {
      const generation = await generate(order.body, order.key);
      forget(place);
      return generation;
    } catch (error) {
      if (isAnswer(error)) {
        forget(place);
        throw error;
      }
      if (tries === mostTries) {
        throw error;
      }
      onDelay();
      await new Promise(resolve => setTimeout(resolve, Math.min(5000, 500 * 2 ** tries)));
    }
  }
}

// A full queue has taken nothing, and it is for people to decide how long they wait.
const isAnswer = error => error instanceof Refusal && (!error.passes || error.status === 429);
