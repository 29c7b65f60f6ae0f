// The status of a shot and of a storyboard as text.

import { positionOf, stateOf } from "../format.js";

const statuses = {
  draft: "Draft", rendering: "Rendering", joining: "Joining the shots", completed: "Finished", failed: "Failed",
  canceled: "Canceled",
};

export const statusOf = storyboard => statuses[storyboard.status] ?? storyboard.status;

export const isRunning = ({ status }) => status === "rendering" || status === "joining";

export const isShotRunning = ({ status }) => status === "pending" || status === "processing";

/** Whether a shot is not submitted yet, so that it can still be changed. */
export const isWaiting = shot => shot.status === "pending" && shot.generationId === null;

export const shotStateOf = shot => (shot.status === "pending" && !shot.stage ? "Waiting for its turn" : stateOf(shot));

/** Why a shot waits, or what went wrong. */
export function reasonOf(shot) {
  if (shot.error) {
    const { message } = shot.error;
    return shot.status === "completed" ? `Regenerating failed, so this is still the previous video: ${message}` : message;
  }
  return isShotRunning(shot) ? [positionOf(shot), shot.waitReason].filter(Boolean).join(". ") : "";
}

/** How much of a shot is made, 0 to 1. */
export const doneOf = shot => (isShotRunning(shot) ? shot.progress ?? 0 : shot.status === "completed" ? 1 : 0);

export const percentOf = share => `${Math.round(share * 100)}%`;
