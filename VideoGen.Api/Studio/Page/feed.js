// Keeps the page true. News come over the event stream; where there is none (an old server, a proxy that cuts streams) the page
// asks. It asks now and then anyway: a connection that died without a word looks like one without news.

import { Refusal, Unreachable } from "./api.js";
import { hasKey, keyHeaders, keyring } from "./key.js";
import { KeyedStream } from "./stream.js";
import { isOver } from "./words.js";

const pauses = { live: 30_000, hidden: 20_000, busy: 2_000, idle: 8_000, away: 5_000 };
const hiddenFor = 10_000;
const streamAgainAfter = 60_000;

export class Feed extends EventTarget {
  #store;
  #refresh;
  #source = null;
  #state = "connecting";
  #failures = 0;
  #wake = () => {};
  #closing = 0;
  #retrying = 0;

  constructor(store, refresh) {
    super();
    this.#store = store;
    this.#refresh = refresh;
  }

  /** "connecting", "live", "polling" or "offline". */
  get state() {
    return this.#state;
  }

  async run() {
    document.addEventListener("visibilitychange", () => this.#onVisibility());
    addEventListener("online", () => this.#again());
    keyring.addEventListener("changed", () => this.#again());
    this.#connect();
    for (;;) {
      await this.#ask();
      await this.#pause();
    }
  }

  async #ask() {
    try {
      await this.#refresh();
      this.#failures = 0;
      if (this.#state === "offline") {
        this.#connect();
      }
      this.#become(this.#isStreaming ? "live" : "polling");
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refusal)) {
        throw error;
      }
      this.#failures++;
      this.#become("offline");
    }
  }

  #pause() {
    const length = this.#state === "offline" ? Math.min(pauses.away, 500 * 2 ** this.#failures)
      : document.hidden ? pauses.hidden
      : this.#isStreaming ? pauses.live
      : this.#store.all.every(isOver) ? pauses.idle : pauses.busy;
    return new Promise(resolve => {
      const timer = setTimeout(resolve, length);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  #isStreaming = false;

  #connect() {
    if (document.hidden || (this.#source && this.#source.readyState !== EventSource.CLOSED)) {
      return;
    }
    clearTimeout(this.#retrying);
    const source = hasKey() ? new KeyedStream("/events", keyHeaders()) : new EventSource("/events");
    this.#source = source;
    source.addEventListener("ready", () => {
      this.#isStreaming = true;
      this.#wake();    // what happened before is in the list
    });
    source.addEventListener("generation", event => this.#store.put(JSON.parse(event.data)));
    source.addEventListener("deleted", event => this.#store.remove(JSON.parse(event.data).id));
    source.addEventListener("error", () => {
      const wasStreaming = this.#isStreaming;
      this.#isStreaming = false;
      if (source.readyState === EventSource.CLOSED) {
        // Refused, so that the browser does not try again by itself; another version may answer otherwise.
        this.#retrying = setTimeout(() => this.#connect(), streamAgainAfter);
      }
      if (wasStreaming) {
        this.#wake();
      }
    });
  }

  // Browsers allow six connections to a server over HTTP/1.1: tabs that nobody sees must not use them up.
  #onVisibility() {
    clearTimeout(this.#closing);
    if (document.hidden) {
      this.#closing = setTimeout(() => this.#disconnect(), hiddenFor);
    } else {
      this.#again();
    }
  }

  #again() {
    this.#connect();
    this.#wake();
  }

  #disconnect() {
    clearTimeout(this.#retrying);
    this.#source?.close();
    this.#isStreaming = false;
  }

  #become(state) {
    if (this.#state !== state) {
      this.#state = state;
      this.dispatchEvent(new Event("changed"));
    }
  }
}
