// The calls of docs/api.md. A Refusal carries the server's error message. Unreachable means that there was no response.

import { keyHeaders, replaceKey } from "./key.js";

const defaultTimeout = 20_000;

/** The server returned an error. */
export class Refusal extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.detail ?? `The server returned ${status} without an explanation.`);
    this.status = status;
    this.code = problem?.code ?? "";
    this.fields = problem?.errors ?? {};
    this.retryAfter = retryAfter;
  }

  /** Whether the same call can succeed if it is sent again later. */
  get isTransient() {
    return [408, 425, 429, 500, 502, 503, 504].includes(this.status);
  }
}

/** There was no response, so it is unknown whether the server received the call. */
export class Unreachable extends Error {
  constructor() {
    super("The server does not respond.");
  }
}

let clockError = 0;

/** The server's time in milliseconds, so that ages are right even if this device's clock is wrong. */
export const serverNow = () => Date.now() + clockError;

/** Returns the response to a call with the key. Throws a Refusal or Unreachable. */
export async function call(path, { timeout = defaultTimeout, ...options } = {}) {
  const key = keyHeaders();
  let response;
  try {
    response = await fetch(path, {
      ...options, headers: { ...options.headers, ...key }, cache: "no-store", signal: AbortSignal.timeout(timeout),
    });
  } catch {
    throw new Unreachable();
  }

  const date = Date.parse(response.headers.get("Date") ?? "");
  if (!Number.isNaN(date) && Math.abs(date - Date.now()) > 2000) {
    clockError = date - Date.now();
  }

  if (response.status === 401) {
    await replaceKey(key);
    return call(path, { timeout, ...options });
  }

  if (!response.ok) {
    const problem = await response.json().catch(() => null);
    throw new Refusal(response.status, problem, Number(response.headers.get("Retry-After")) || null);
  }
  return response;
}

/** Returns the JSON of a response. */
export async function json(path, options) {
  const response = await call(path, options);
  try {
    return await response.json();
  } catch {
    throw new Unreachable();    // the response was cut off
  }
}

const pathOf = (id, action = "") => `/generation/${encodeURIComponent(id)}${action}`;

export const getGeneration = id => json(pathOf(id));
export const getLog = id => json(pathOf(id, "/log"));
export const cancel = id => json(pathOf(id, "/cancel"), { method: "POST" });
export const retry = id => json(pathOf(id, "/retry"), { method: "POST" });
export const remove = id => call(pathOf(id), { method: "DELETE" });

/** With the same key the server creates one generation, however often the call is repeated. */
export const regenerate = (id, key) => json(pathOf(id, "/regenerate"), { method: "POST", headers: { "Idempotency-Key": key } });

export const generate = (body, key) => json("/generate-video", {
  method: "POST",
  headers: { "Content-Type": "application/json", "Idempotency-Key": key },
  body,
});

export const listModels = () => json("/models");

/** Returns the URL of the picture, its size, and the part of it that each shape shows. */
export async function upload(file) {
  const form = new FormData();
  form.append("character", file);
  return await json("/upload-character", { method: "POST", body: form, timeout: 300_000 });
}

/** Returns a page of generations and the URL of the next page. */
export async function list(path) {
  const response = await call(path);
  const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("Link") ?? "");
  return { items: await response.json().catch(() => { throw new Unreachable(); }), next: next && next[1] };
}
