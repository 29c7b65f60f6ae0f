// Server-Sent Events for who has a key: an EventSource can send none. It looks like one as far as the feed looks.

const again = 1000;

export class KeyedStream extends EventTarget {
  #end = new AbortController();
  #headers;

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
        // Cut off, or never reached: as a browser does, it comes back.
      }
      if (this.#end.signal.aborted) {
        return;
      }
      this.dispatchEvent(new Event("error"));
      await new Promise(resolve => setTimeout(resolve, again));
    }
  }

  async #read(path) {
    const response = await fetch(path, { headers: this.#headers, cache: "no-store", signal: this.#end.signal });
    if (!response.ok) {
      this.readyState = EventSource.CLOSED;    // refused: whoever wants it again has to say so
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
      events.forEach(event => this.#tell(event));
    }
  }

  #tell(lines) {
    const name = /^event: (.*)$/m.exec(lines)?.[1];
    const data = /^data: (.*)$/m.exec(lines)?.[1];
    if (name && data) {
      this.dispatchEvent(new MessageEvent(name, { data }));
    }
  }
}
