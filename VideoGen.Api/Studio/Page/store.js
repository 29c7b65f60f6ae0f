// All generations that this page knows, in list order. All views read from the store, and all changes are written to it.

export class Store extends EventTarget {
  #known = new Map();
  #deleted = new Set();
  #touched = new Map();
  #moment = 0;

  /** The current logical time. What is put in later is newer than the response to a request sent now. */
  get moment() {
    return this.#moment;
  }

  get(id) {
    return this.#known.get(id);
  }

  /** Newest first. */
  get all() {
    return [...this.#known.values()].sort(newestFirst);
  }

  /** Puts a generation in, unless a newer version is known or it was deleted. */
  put(generation) {
    const known = this.#known.get(generation.id);
    if (this.#deleted.has(generation.id) || (known && known.version > generation.version)) {
      return;
    }
    this.#known.set(generation.id, generation);
    this.#touched.set(generation.id, ++this.#moment);
    this.#notify("changed", { id: generation.id, before: known, now: generation });
  }

  remove(id) {
    this.#deleted.add(id);
    this.#forget(id, true);
  }

  /**
   * Puts in the first page of the list as requested at a moment. A generation that belongs to the page and was known at that
   * moment, but is missing, was deleted elsewhere.
   */
  reconcile(items, isWhole, belongs, moment) {
    const present = new Set(items.map(item => item.id));
    const oldest = items.at(-1);
    this.all
      .filter(known => !present.has(known.id) && belongs(known) && this.#touched.get(known.id) <= moment)
      .filter(known => isWhole || newestFirst(known, oldest) < 0)
      .forEach(known => this.#forget(known.id, true));
    items.forEach(item => this.put(item));
  }

  /** Forgets everything when the filter changes, except for one generation, which views draw again. */
  clear(keep) {
    for (const [id, known] of [...this.#known]) {
      if (id === keep) {
        this.#notify("changed", { id, before: known, now: known });
      } else {
        this.#forget(id, false);
      }
    }
  }

  #forget(id, isDeleted) {
    const known = this.#known.get(id);
    if (known) {
      this.#known.delete(id);
      this.#touched.delete(id);
      this.#notify("removed", { id, isDeleted });
    }
  }

  #notify(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export const newestFirst = (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);
