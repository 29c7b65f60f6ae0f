// Keeps the page up to date. Changes arrive over the event stream. Without a stream (an old server, a proxy that cuts streams)
// the page polls. It also polls from time to time with a stream: a dead connection looks like one without events.

import { Refusal, Unreachable } from "./api.js";
import { hasKey, keyHeaders, keyring } from "./key.js";
import { KeyedStream } from "./stream.js";
import { isOver } from "./format.js";

const pauses = { live: 30_000, hidden: 20_000, busy: 2_000, idle: 8_000, offline: 5_000 };
const disconnectAfter = 10_000;
const reconnectAfter = 60_000;

export class Feed extends EventTarget {
  #store;
  #refresh;
  #source = null;
  #state = "connecting";
  #failures = 0;
  #wake = () => {};
  #closing = 0;
  #retrying = 0;
  #path = "/events";
  #name = "generation";

  constructor(store, refresh) {
    super();
    this.#store = store;
    this.#refresh = refresh;
  }

  /** Follows the events of this name from another stream, or polls only if the path is null. Polls at once. */
  follow(path, name) {
    this.#disconnect();
    this.#path = path;
    this.#name = name;
    this.resume();
  }

  /** Polls at once, and opens the stream again if the server has ended it. */
  resume() {
    this.#connect();
    this.#wake();
  }

  /** "connecting", "live", "polling" or "offline". */
  get state() {
    return this.#state;
  }

  async run() {
    document.addEventListener("visibilitychange", () => this.#onVisibility());
    addEventListener("online", () => this.resume());
    keyring.addEventListener("changed", () => this.resume());
    this.#connect();
    for (;;) {
      await this.#poll();
      await this.#pause();
    }
  }

  async #poll() {
    try {
      await this.#refresh();
      this.#failures = 0;
      if (this.#state === "offline") {
        this.#connect();
      }
      this.#setState(this.#isStreaming ? "live" : "polling");
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Refusal)) {
        throw error;
      }
      this.#failures++;
      this.#setState("offline");
    }
  }

  #pause() {
    const length = this.#state === "offline" ? Math.min(pauses.offline, 500 * 2 ** this.#failures)
      : document.hidden ? pauses.hidden
      : this.#isStreaming ? pauses.live
      : this.#store.all.every(known => isOver(known) || known.status === "draft") ? pauses.idle : pauses.busy;
    return new Promise(resolve => {
      const timer = setTimeout(resolve, length);
      this.#wake = () => { clearTimeout(timer); resolve(); };
    });
  }

  #isStreaming = false;

  #connect() {
    if (document.hidden || this.#path === null || (this.#source && this.#source.readyState !== EventSource.CLOSED)) {
      return;
    }
    clearTimeout(this.#retrying);
    const source = hasKey() ? new KeyedStream(this.#path, keyHeaders()) : new EventSource(this.#path);
    this.#source = source;
    source.addEventListener("ready", () => this.#onStreaming());
    source.addEventListener(this.#name, event => {
      this.#onStreaming();
      this.#store.put(JSON.parse(event.data));
    });
    source.addEventListener("deleted", event => this.#store.remove(JSON.parse(event.data).id));
    source.addEventListener("error", () => {
      const wasStreaming = this.#isStreaming;
      this.#isStreaming = false;
      if (source.readyState === EventSource.CLOSED) {
        // Rejected, so the browser does not reconnect by itself. Another version of the server may accept it.
        this.#retrying = setTimeout(() => this.#connect(), reconnectAfter);
      }
      if (wasStreaming) {
        this.#wake();
      }
    });
  }

  // Earlier changes are in the list.
  #onStreaming() {
    if (!this.#isStreaming) {
      this.#isStreaming = true;
      this.#wake();
    }
  }

  // Browsers allow six connections per server over HTTP/1.1: hidden tabs must not use them up.
  #onVisibility() {
    clearTimeout(this.#closing);
    if (document.hidden) {
      this.#closing = setTimeout(() => this.#disconnect(), disconnectAfter);
    } else {
      this.resume();
    }
  }

  #disconnect() {
    clearTimeout(this.#retrying);
    this.#source?.close();
    this.#isStreaming = false;
  }

  #setState(state) {
    if (this.#state !== state) {
      this.#state = state;
      this.dispatchEvent(new Event("changed"));
    }
  }
}
