// What people read: states, times and sizes in words.

const stages = {
  queued: "Waiting for its turn",
  waiting_for_capacity: "Waiting for capacity",
  submitting: "Sending the order",
  rendering: "Rendering",
  downloading: "Fetching the film",
  finishing: "Finishing touches",
  waiting: "Waiting for something to pass",
  canceling: "Canceling",
};

const ends = { completed: "Finished", failed: "Failed", canceled: "Canceled", expired: "Expired" };

export const isOver = generation => generation.status in ends;

export const stateOf = generation => ends[generation.status] ?? stages[generation.stage] ?? "In the works";

/** "3rd in line"; null where there is no queue. */
export function placeOf({ queuePosition }) {
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

/** The time of day, with the day where that is not today. */
export function when(text) {
  const date = new Date(text);
  const today = new Date().toDateString() === date.toDateString();
  return today ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`;
}

export const toTheSecond = text => clockToTheSecond.format(new Date(text));

/** Who made, or makes, the film. */
export const makerOf = ({ preview, backend }) =>
  preview ? "Preview, made on this server" : { huggingface: "Hugging Face", endpoint: "Dedicated endpoint" }[backend] ?? backend;

/** How long it should take from acceptance to the end, learnt from the last films of the same kind; null when there are none. */
export function usualSeconds(generation, others) {
  const took = others
    .filter(other => other.status === "completed" && other.attempt === 1)
    .filter(other => ["backend", "duration", "quality"].every(name => other[name] === generation[name]))
    .slice(0, 9)
    .map(other => (Date.parse(other.updatedAt) - Date.parse(other.createdAt)) / 1000)
    .sort((a, b) => a - b);
  return took.length === 0 ? null : took[took.length >> 1];
}
