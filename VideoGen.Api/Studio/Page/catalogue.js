// Reads the list of films into the store: the first page again and again, older ones as they are asked for.

import { getGeneration, list, Refusal } from "./api.js";
import { isOver } from "./words.js";

const pageSize = 24;
const mostAskedAtOnce = 12;

export class Catalogue {
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

  /** Whether the list that is shown has this one in it. */
  belongs = generation => this.#status === "" || this.#status.split(",").includes(generation.status);

  /** Shows another selection of states from its first page on; one generation is kept, because it is looked at. */
  async show(status, keep) {
    this.#status = status;
    this.#round++;
    this.#loaded = false;
    this.#next = null;
    this.#store.clear(keep);
    await this.refresh();
  }

  /** Brings everything that may have changed up to date. */
  async refresh() {
    const round = this.#round;
    const moment = this.#store.moment;
    const { items, next } = await list(this.#first);
    if (round !== this.#round) {
      return;
    }

    const isGap = this.#loaded && next !== null && !items.some(item => this.#store.get(item.id));
    if (isGap) {
      this.#store.clear(null);    // so much is new that the old pages do not follow any more
    }
    if (isGap || !this.#loaded) {
      this.#next = next;
    }
    this.#loaded = true;
    this.#store.reconcile(items, next === null, this.belongs, moment);
    await this.#askForTheRest(new Set(items.map(item => item.id)));
  }

  /** Reads the next older page; several calls at once are one. */
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

  // The list is only a window: a film in the works may be older, or not of the selection.
  async #askForTheRest(present) {
    const rest = this.#store.all.filter(known => !isOver(known) && !present.has(known.id)).slice(0, mostAskedAtOnce);
    await Promise.all(rest.map(known => this.#ask(known.id)));
  }

  async #ask(id) {
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
