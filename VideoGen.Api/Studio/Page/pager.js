// Reads the list of generations into the store: the first page repeatedly, older pages on demand.

import { getGeneration, list, Refusal } from "./api.js";
import { isOver } from "./format.js";

const pageSize = 24;
const maxReadsAtOnce = 12;

export class Pager {
  #store;
  #status = "";
  #round = 0;
  #loaded = false;
  #next = null;
  #loadingMore = null;

  constructor(store) {
    this.#store = store;
  }

  get isLoaded() {
    return this.#loaded;
  }

  get hasMore() {
    return this.#next !== null;
  }

  /** Whether a generation belongs to the list that is shown. */
  belongs = generation => this.#status === "" || this.#status.split(",").includes(generation.status);

  /** Shows the generations of other statuses, from the first page on. Keeps the generation that is on the screen. */
  async show(status, keep) {
    this.#status = status;
    this.#round++;
    this.#loaded = false;
    this.#next = null;
    this.#store.clear(keep);
    await this.refresh();
  }

  /** Updates everything that may have changed. */
  async refresh() {
    const round = this.#round;
    const moment = this.#store.moment;
    const { items, next } = await list(this.#first);
    if (round !== this.#round) {
      return;
    }

    const isGap = this.#loaded && next !== null && !items.some(item => this.#store.get(item.id));
    if (isGap) {
      this.#store.clear(null);    // so much is new that the known pages no longer follow
    }
    if (isGap || !this.#loaded) {
      this.#next = next;
    }
    this.#loaded = true;
    this.#store.reconcile(items, next === null, this.belongs, moment);
    await this.#readTheRest(new Set(items.map(item => item.id)));
  }

  /** Reads the next older page. Concurrent calls share one read. */
  more() {
    this.#loadingMore ??= this.#readMore().finally(() => { this.#loadingMore = null; });
    return this.#loadingMore;
  }

  get #first() {
    return `/generations?limit=${pageSize}${this.#status && `&status=${this.#status}`}`;
  }

  async #readMore() {
    if (this.#next === null) {
      return;
    }
    const round = this.#round;
    const { items, next } = await list(this.#next);
    if (round === this.#round) {
      this.#next = next;
      items.forEach(item => this.#store.put(item));
    }
  }

  // The list is only a window: an unfinished generation may be older than the page or have another status.
  async #readTheRest(present) {
    const rest = this.#store.all.filter(known => !isOver(known) && !present.has(known.id)).slice(0, maxReadsAtOnce);
    await Promise.all(rest.map(known => this.#read(known.id)));
  }

  async #read(id) {
    try {
      this.#store.put(await getGeneration(id));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 404)) {
        throw error;
      }
      this.#store.remove(id);
    }
  }
}
