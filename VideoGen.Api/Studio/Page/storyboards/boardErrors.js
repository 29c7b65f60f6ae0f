// Which part of the page an error of the server is about.

import { Refusal } from "../api.js";

/** Errors of the settings by field, errors of the shots by index and field, and what is about neither. */
export function sortErrors(error) {
  const result = { settings: {}, shots: {}, rest: "" };
  const fields = error instanceof Refusal ? Object.entries(error.fields) : [];
  for (const [name, sentences] of fields) {
    const [, index, field] = /^shots\[(\d+)\]\.?(.*)$/.exec(name) ?? [];
    const text = sentences.join(" ");
    if (index !== undefined) {
      (result.shots[index] ??= {})[field.replace(/\..*/, "")] = text;
    } else if (["title", "characterId", "aspectRatio", "quality", "model", "transition"].includes(name)) {
      result.settings[name] = text;
    } else {
      result.rest = `${result.rest} ${text}`.trim();
    }
  }
  if (fields.length === 0) {
    result.rest = error.message;
  }
  return result;
}

export const noErrors = { settings: {}, shots: {}, rest: "" };
