// The calls of docs/api.md. A refusal carries the server's own sentence; no answer at all is an error of its own.

import { keyHeaders, replaceKey } from "./key.js";

const patience = 20_000;

/** The server said no. */
export class Refusal extends Error {
  constructor(status, problem, retryAfter) {
    super(problem?.detail ?? `The server answered ${status}, and nothing that explains it.`);
    this.status = status;
    this.code = problem?.code ?? "";
    this.fields = problem?.errors ?? {};
    this.retryAfter = retryAfter;
  }

  /** Whether the same call can succeed later, without anybody changing anything. */
  get passes() {
    return [408, 425, 429, 500, 502, 503, 504].includes(this.status);
  }
}

/** No answer: it is not known whether the server got the call. */
export class Unreachable extends Error {
  constructor() {
    super("The server does not answer.");
  }
}

let clockError = 0;

/** The time on the server, in milliseconds: its films should not look older because a clock here is wrong. */
export const serverNow = () => Date.now() + clockError;

async function call(path, { timeout = patience, ...options } = {}) {
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

async function json(path, options) {
  const response = await call(path, options);
  try {
    return await response.json();
  } catch {
    throw new Unreachable();    // cut off in the middle of the answer
  }
}

const about = (id, what = "") => `/generation/${encodeURIComponent(id)}${what}`;

export const getGeneration = id => json(about(id));
export const getLog = id => json(about(id, "/log"));
export const cancel = id => json(about(id, "/cancel"), { method: "POST" });
export const retry = id => json(about(id, "/retry"), { method: "POST" });
export const remove = id => call(about(id), { method: "DELETE" });

/** With the same key the server makes one film, however often it is asked. */
export const regenerate = (id, key) => json(about(id, "/regenerate"), { method: "POST", headers: { "Idempotency-Key": key } });

export const generate = (order, key) => json("/generate-video", {
  method: "POST",
  headers: { "Content-Type": "application/json", "Idempotency-Key": key },
  body: order,
});

export async function upload(file) {
  const form = new FormData();
  form.append("character", file);
  const { imageUrl } = await json("/upload-character", { method: "POST", body: form, timeout: 300_000 });
  return imageUrl;
}

/** A page of generations and the address of the next one. */
export async function list(path) {
  const response = await call(path);
  const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("Link") ?? "");
  return { items: await response.json().catch(() => { throw new Unreachable(); }), next: next && next[1] };
}
