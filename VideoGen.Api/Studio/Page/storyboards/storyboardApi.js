// The calls for characters and storyboards.

import { call, json, list } from "../api.js";

const pageSize = 100;
const write = (method, body) => ({ method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
const once = (key, body) => ({
  method: "POST",
  headers: { "Idempotency-Key": key, ...(body && { "Content-Type": "application/json" }) },
  body: body && JSON.stringify(body),
});

/** Returns all entries of a list, page by page. */
async function listAll(path) {
  const all = [];
  for (let next = `${path}?limit=${pageSize}`; next; ) {
    const page = await list(next);
    all.push(...page.items);
    next = page.next;
  }
  return all;
}

const character = id => `/characters/${encodeURIComponent(id)}`;

export const listCharacters = () => listAll("/characters");
export const createCharacter = body => json("/characters", write("POST", body));
export const changeCharacter = (id, body) => json(character(id), write("PATCH", body));
export const removeCharacter = (id, isForced) => call(character(id) + (isForced ? "?force=true" : ""), { method: "DELETE" });

const storyboard = (id, action = "") => `/storyboards/${encodeURIComponent(id)}${action}`;

export const eventsOf = id => storyboard(id, "/events");
export const listStoryboards = () => list("/storyboards?limit=24");
export const listMoreStoryboards = path => list(path);
export const getStoryboard = id => json(storyboard(id));
export const createStoryboard = body => json("/storyboards", write("POST", body));
export const changeStoryboard = (id, body) => json(storyboard(id), write("PATCH", body));
export const removeStoryboard = (id, isForced) => call(storyboard(id, isForced ? "?force=true" : ""), { method: "DELETE" });

/** With the same key the server does each of these once, however often the call is repeated. */
export const renderStoryboard = (id, key) => json(storyboard(id, "/render"), once(key));
export const retryStoryboard = (id, key) => json(storyboard(id, "/retry"), once(key));
export const retryShot = (id, number, key) => json(storyboard(id, `/shots/${number}/retry`), once(key));
export const regenerateShot = (id, number, changes, key) =>
  json(storyboard(id, `/shots/${number}/regenerate`), once(key, changes));

export const cancelStoryboard = id => json(storyboard(id, "/cancel"), { method: "POST" });
export const cancelShot = (id, number) => json(storyboard(id, `/shots/${number}/cancel`), { method: "POST" });
export const changeShot = (id, number, changes) => json(storyboard(id, `/shots/${number}`), write("PATCH", changes));
