// What a user writes of a storyboard, in the form of the request body, with a key for each card.

import { newKey } from "../submission.js";
import { forget, recall, remember } from "../sessionStore.js";

export const maxShots = 24;
export const maxChain = 3;
export const maxScriptLength = 2000;

const storageName = id => `studio.storyboard.${id ?? "new"}`;
const withoutSignature = url => url?.split("?")[0] ?? null;

export const newShot = (changes = {}) =>
  ({ script: "", duration: 5, start: "character", imageUrl: null, model: null, transition: null, ...changes, key: newKey() });

export const newDraft = characterId => ({
  title: "", characterId: characterId ?? "", aspectRatio: "16:9", quality: "768", sound: true, model: null,
  transition: { type: "cut" }, shots: [newShot()],
});

/** The draft of a storyboard of the server. */
export const draftOf = storyboard => ({
  title: storyboard.title, characterId: storyboard.characterId, aspectRatio: storyboard.aspectRatio, quality: storyboard.quality,
  sound: storyboard.sound, model: storyboard.model, transition: storyboard.transition,
  shots: storyboard.shots.map(({ script, duration, start, imageUrl, model, transition }) =>
    newShot({ script, duration, start, imageUrl, model, transition })),
});

export function shotBody({ script, duration, start, imageUrl, model, transition }) {
  return { script, duration, start, ...(start === "picture" && { imageUrl }), model, transition };
}

export const bodyOf = ({ shots, ...settings }) => ({ ...settings, shots: shots.map(shotBody) });

/** Identifies what a draft says. Signatures in URLs change without a change of the draft. */
export const fingerprintOf = draft => JSON.stringify(bodyOf({
  ...draft, shots: draft.shots.map(shot => ({ ...shot, imageUrl: withoutSignature(shot.imageUrl) })),
}));

/** What is still missing, or null. The server would refuse a draft without it. */
export function missingIn({ title, characterId, shots }) {
  if (!characterId) {
    return "choose a character";
  }
  if (title.trim() === "") {
    return "give it a title";
  }
  const blank = shots.findIndex(shot => shot.script.trim() === "");
  if (blank >= 0) {
    return `write what happens in shot ${blank + 1}`;
  }
  const without = shots.findIndex(shot => shot.start === "picture" && !shot.imageUrl);
  return without >= 0 ? `choose a picture for shot ${without + 1}` : null;
}

/** Whether shot number index + 1 can start from the previous shot: a long chain of last frames loses the character. */
export function canContinue(shots, index) {
  if (index === 0) {
    return false;
  }
  let [first, last] = [index, index];
  while (first > 0 && shots[first - 1].start === "previous") {
    first--;
  }
  while (shots[last + 1]?.start === "previous") {
    last++;
  }
  return last - first + 1 <= maxChain;
}

/** Text that the server has not saved, which a reload must not lose. */
export const unsaved = id => recall(storageName(id));
export const keepUnsaved = (id, draft) => remember(storageName(id), draft);
export const forgetUnsaved = id => forget(storageName(id));
