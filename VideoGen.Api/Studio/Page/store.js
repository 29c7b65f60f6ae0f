// Every generation this page knows, in the order of the list. All views read from here, all news are put in here.

export class Store extends EventTarget {
  #known = new Map();
  #deleted = new Set();
  #touched = new Map();
  #moment = 0;

  /** Names this moment; what is put in later is newer than an answer that was asked for now. */
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

  /** Takes news in; older ones than those that are known, and news of what was deleted, are too late. */
  put(generation) {
    const known = this.#known.get(generation.id);
    if (this.#deleted.has(generation.id) || (known && known.version > generation.version)) {
      return;
    }
    this.#known.set(generation.id, generation);
    this.#touched.set(generation.id, ++this.#moment);
    this.#tell("changed", { id: generation.id, before: known, now: generation });
  }

  remove(id) {
    this.#deleted.add(id);
    this.#forget(id, true);
  }

  /**
   * Takes in the first page of the list as it was asked for at a moment; what would belong there, was known at that moment, and
   * is missing, was deleted elsewhere.
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

  /** Forgets everything, because another selection is shown from now on; one may be kept, and views look at it anew. */
  clear(keep) {
    for (const [id, known] of [...this.#known]) {
      if (id === keep) {
        this.#tell("changed", { id, before: known, now: known });
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
      this.#tell("removed", { id, isDeleted });
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

export const newestFirst = (a, b) => b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);
