/** Sends one file in pieces, as tus 1.0 has it: goes on after a lost connection, pauses, and says how far it is. */

const PIECE = 4 * 1024 * 1024; // bytes: what is lost at most when a connection breaks
const FIRST_WAIT = 1000; // milliseconds
const LONGEST_WAIT = 30_000;
const TUS = { 'Tus-Resumable': '1.0.0' };
const GIVEN_UP = new Set([400, 403, 404, 410, 413, 415]);

/** What ends a sending for good: a sentence for people where the server has one. */
export class Refusal extends Error {}

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** The text in UTF-8, as the protocol wants its metadata. */
const encoded = (text) => base64(new TextEncoder().encode(text));

async function checksum(piece) {
  if (!globalThis.crypto?.subtle) return {}; // only where the connection is encrypted, or goes nowhere
  const sum = await crypto.subtle.digest('SHA-256', await piece.arrayBuffer());
  return { 'Upload-Checksum': `sha256 ${base64(new Uint8Array(sum))}` };
}

export class Sending {
  /** `on` has: progress(bytes), lost(), begun(address). */
  constructor(file, { endpoint, address, token, on }) {
    this.file = file;
    this.endpoint = endpoint;
    this.address = address;
    this.token = token;
    this.on = on;
    this.isPaused = false;
    this.request = null;
    this.wake = null;
  }

  /** Stop sending; what has arrived stays. */
  pause() {
    this.isPaused = true;
    this.request?.abort();
    this.wake?.();
  }

  /** The address, when all has arrived; undefined where it was paused. Throws Refusal. */
  async run() {
    this.isPaused = false;
    let wait = FIRST_WAIT;
    let offset = this.address ? null : 0;
    while (!this.isPaused) {
      try {
        this.address ??= await this.begin();
        offset ??= await this.arrived();
        this.on.progress(offset);
        while (offset < this.file.size && !this.isPaused) {
          offset = await this.send(offset);
          wait = FIRST_WAIT;
        }
        if (offset >= this.file.size) return this.address;
      } catch (error) {
        if (error instanceof Refusal) throw error;
        if (this.isPaused) return undefined;
        this.on.lost();
        offset = null; // ask again how much is there
        await this.rest(wait);
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
    return undefined;
  }

  async begin() {
    const headers = {
      ...TUS,
      'X-CSRFToken': this.token,
      'Upload-Length': String(this.file.size),
      'Upload-Metadata': `filename ${encoded(this.file.name)}`,
    };
    const answer = await fetch(this.endpoint, { method: 'POST', headers, redirect: 'manual' });
    if (answer.status !== 201) await this.fail(answer.type === 'opaqueredirect' ? 401 : answer.status, () => answer.text());
    const address = answer.headers.get('Location');
    this.on.begun(address);
    return address;
  }

  async arrived() {
    const answer = await fetch(this.address, { method: 'HEAD', headers: TUS, redirect: 'manual', cache: 'no-store' });
    const offset = answer.headers.get('Upload-Offset');
    if (!answer.ok || offset === null) await this.fail(answer.type === 'opaqueredirect' ? 401 : answer.status, async () => '');
    return Number(offset);
  }

  /** One piece; the browser tells of its progress only through the older interface. */
  async send(offset) {
    const piece = this.file.slice(offset, offset + PIECE);
    const headers = {
      ...TUS,
      ...(await checksum(piece)),
      'X-CSRFToken': this.token,
      'Content-Type': 'application/offset+octet-stream',
      'Upload-Offset': String(offset),
    };
    const answer = await new Promise((resolve, reject) => {
      const request = (this.request = new XMLHttpRequest());
      request.open('PATCH', this.address);
      Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
      request.upload.addEventListener('progress', (event) => this.on.progress(offset + event.loaded));
      request.addEventListener('load', () => resolve(request));
      for (const end of ['error', 'abort', 'timeout']) request.addEventListener(end, () => reject(new Error(end)));
      request.send(piece);
    });
    if (answer.status !== 204) await this.fail(answer.responseURL.includes('/account/') ? 401 : answer.status, async () => answer.responseText);
    return Number(answer.getResponseHeader('Upload-Offset'));
  }

  /** For good, or only for now. */
  async fail(status, text) {
    if (status === 401) throw new Refusal('signed-out');
    if (GIVEN_UP.has(status)) {
      const said = await text();
      throw new Refusal(said.startsWith('<') ? '' : said);
    }
    throw new Error(String(status));
  }

  rest(milliseconds) {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener('online', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.wake = done;
      addEventListener('online', done);
    });
  }
}
