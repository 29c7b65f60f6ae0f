// Server-Sent Events with a key, which an EventSource cannot send. Implements the part of EventSource that the feed uses.

const reconnectDelay = 1000;

export class KeyedStream extends EventTarget {
  #end = new AbortController();
  #headers;
  #lastId = null;

  readyState = EventSource.CONNECTING;

  constructor(path, headers) {
    super();
    this.#headers = headers;
    this.#run(path);
  }

  close() {
    this.readyState = EventSource.CLOSED;
    this.#end.abort();
  }

  async #run(path) {
    while (this.readyState !== EventSource.CLOSED) {
      try {
        await this.#read(path);
      } catch {
        // Cut off or unreachable: reconnect, as a browser does.
      }
      if (this.#end.signal.aborted) {
        return;
      }
      this.dispatchEvent(new Event("error"));
      await new Promise(resolve => setTimeout(resolve, reconnectDelay));
    }
  }

  async #read(path) {
    const seen = this.#lastId === null ? {} : { "Last-Event-ID": this.#lastId };
    const response = await fetch(path, { headers: { ...this.#headers, ...seen }, cache: "no-store", signal: this.#end.signal });
    if (response.status !== 200) {
      this.readyState = EventSource.CLOSED;    // rejected, or no event can follow: does not reconnect by itself
      return;
    }
    this.readyState = EventSource.OPEN;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        this.readyState = EventSource.CONNECTING;
        return;
      }
      const events = (text + value).split("\n\n");
      text = events.pop();
      events.forEach(event => this.#dispatch(event));
    }
  }

  #dispatch(lines) {
    const name = /^event: (.*)$/m.exec(lines)?.[1];
    this.#lastId = /^id: (.*)$/m.exec(lines)?.[1] ?? this.#lastId;
    const data = /^data: (.*)$/m.exec(lines)?.[1];
    if (name && data) {
      this.dispatchEvent(new MessageEvent(name, { data }));
    }
  }
}
