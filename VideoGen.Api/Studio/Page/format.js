// Formats statuses, times and sizes as text.

import { titleOf } from "./models.js";

const stages = {
  queued: "Waiting in the queue",
  waiting_for_capacity: "Waiting for capacity",
  submitting: "Sending the request",
  rendering: "Rendering",
  downloading: "Downloading the video",
  finishing: "Finishing",
  waiting: "Waiting to retry",
  canceling: "Canceling",
};

const ends = { completed: "Finished", failed: "Failed", canceled: "Canceled", expired: "Expired" };

export const isOver = generation => generation.status in ends;

export const stateOf = generation => ends[generation.status] ?? stages[generation.stage] ?? "In progress";

/** The position in the queue, such as "3rd in line", or null. */
export function positionOf({ queuePosition }) {
  if (!queuePosition) {
    return null;
  }
  if (queuePosition === 1) {
    return "Next in line";
  }
  const ending = { one: "st", two: "nd", few: "rd", other: "th" };
  return `${queuePosition}${ending[new Intl.PluralRules("en", { type: "ordinal" }).select(queuePosition)]} in line`;
}

export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const mega = 1024 * 1024;

export const bytes = count => count < mega ? `${Math.ceil(count / 1024)} KB`
  : `${(count / mega).toFixed(1).replace(".0", "")} MB`;

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const clockToTheSecond = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

/** The time of day, with the date if it is not today. */
export function when(text) {
  const date = new Date(text);
  const today = new Date().toDateString() === date.toDateString();
  return today ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
}

export const toTheSecond = text => clockToTheSecond.format(new Date(text));

/** The shape as CSS has it; before the video is made, that of the request. */
export const shapeOf = ({ aspectRatio, film }) =>
  film ? `${film.width} / ${film.height}` : /^\d+:\d+$/.test(aspectRatio) ? aspectRatio.replace(":", " / ") : "1";

/** The size in pixels, or the request for it. */
export const sizeOf = ({ aspectRatio, quality, film }) =>
  film ? `${film.width} × ${film.height}` : aspectRatio === "source" ? `${quality}, shape of the picture` : `${aspectRatio}, ${quality}`;

/** What made or makes the video, and in whose place. */
export function makerOf({ preview, backend, model, requestedModel }) {
  const maker = preview ? "Preview, made on this server" : titleOf(model) ?? model ?? backend;
  return requestedModel ? `${maker}, in place of ${titleOf(requestedModel) ?? requestedModel}` : maker;
}

/** The typical duration in seconds from acceptance to the end, from the latest similar videos, or null. */
export function usualSeconds(generation, others) {
  const took = others
    .filter(other => other.status === "completed" && other.attempt === 1)
    .filter(other => ["model", "duration", "quality", "aspectRatio"].every(name => other[name] === generation[name]))
    .slice(0, 9)
    .map(other => (Date.parse(other.updatedAt) - Date.parse(other.createdAt)) / 1000)
    .sort((a, b) => a - b);
  return took.length === 0 ? null : took[took.length >> 1];
}
