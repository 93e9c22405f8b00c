/** Uploading in the back office: dropping, rows, progress, pausing, verdicts. Without it the plain forms work. */

const form = document.querySelector('[data-drop]');
const { Refusal, Sending } = await import(form.dataset.sender);
const input = form.querySelector('input[type="file"]');
const list = document.getElementById('arrivals'); // only where many files are uploaded at once
const token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
const said = form.querySelector('[data-said]');
const words = form.dataset;
const AT_ONCE = 2;
const EVERY = 700; // milliseconds between two looks at a verdict
const waiting = [];
let running = 0;

const put = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

async function part(address) {
  const answer = await fetch(address, { headers: { 'X-Part': 'yes' }, cache: 'no-store' });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const holder = document.createElement('template');
  holder.innerHTML = await answer.text();
  return holder.content.firstElementChild;
}

/** What the row says while its file is on its way. */
function showProgress(row, sentence, percent) {
  const verdict = row.querySelector('.verdict');
  let line = verdict.querySelector('[data-line]');
  if (!line) {
    verdict.replaceChildren();
    line = verdict.appendChild(Object.assign(document.createElement('p'), { className: 'small soft' }));
    line.dataset.line = '';
    const bar = verdict.appendChild(document.createElement('progress'));
    bar.max = 100;
    bar.setAttribute('aria-label', words.progress);
  }
  line.textContent = put(sentence, { percent: Math.floor(percent) });
  verdict.querySelector('progress').value = percent;
}

/** Ask until the file was looked at; what the look found may name the issue. */
async function watch(row) {
  for (;;) {
    try {
      const fresh = await part(`${row.dataset.arrival}/verdict`);
      row.querySelector('.verdict').replaceWith(fresh);
      row.dataset.state = fresh.dataset.state;
      if (!fresh.dataset.verdict) return fresh;
    } catch {
      // The network is away for a moment.
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

async function refreshed(row) {
  const query = new URLSearchParams({ publication: form.querySelector('[name="publication"]')?.value ?? '' });
  const fresh = await part(`${row.dataset.arrival}/row?${query}`);
  row.replaceWith(fresh);
  return fresh;
}

function blankRow(file) {
  const row = list.appendChild(document.createElement('li'));
  row.className = 'arrival';
  row.dataset.state = 'coming';
  const about = row.appendChild(Object.assign(document.createElement('div'), { className: 'about' }));
  about.appendChild(Object.assign(document.createElement('p'), { className: 'title', textContent: file.name }));
  about.appendChild(Object.assign(document.createElement('div'), { className: 'verdict' }));
  return row;
}

/** The row of the same file, whose upload stopped before. */
const stoppedRow = (file) =>
  [...list.querySelectorAll('[data-arrival][data-state="coming"]')].find(
    (row) => row.dataset.name === file.name && Number(row.dataset.size) === file.size && !row.sending,
  );

function take(file) {
  const row = stoppedRow(file) ?? blankRow(file);
  row.sending = 'waits';
  showProgress(row, words.waiting, 0);
  waiting.push({ row, file });
  next();
}

function next() {
  if (!waiting.length || running >= AT_ONCE) return;
  const { row, file } = waiting.shift();
  if (!row.isConnected) return next();
  running += 1;
  send(row, file).finally(() => {
    running -= 1;
    next();
  });
}

function listener(rowOf, size) {
  let percent = 0;
  return {
    progress: (bytes) => showProgress(rowOf(), words.sending, (percent = size ? (100 * bytes) / size : 100)),
    lost: () => showProgress(rowOf(), words.lost, percent),
    paused: () => showProgress(rowOf(), words.paused, percent),
    begun: () => {},
  };
}

async function send(begun, file) {
  let row = begun;
  const on = listener(() => row, file.size);
  const sending = new Sending(file, { endpoint: form.dataset.drop, address: row.dataset.arrival, token, on });
  const furnish = async () => {
    const line = row.querySelector('[data-line]')?.textContent;
    row = await refreshed(row).catch(() => row);
    row.sending = sending;
    if (line) showProgress(row, line, 0);
    addPause(row, sending, on);
  };
  on.begun = (address) => {
    row.dataset.arrival = address;
    sending.furnished = furnish();
  };
  if (row.dataset.arrival) addPause(row, sending, on);
  row.sending = sending;
  await finish(() => row, sending, on);
}

async function finish(rowOf, sending, on) {
  try {
    const address = await sending.run();
    if (!address) return on.paused();
    await sending.furnished;
    const pause = rowOf().querySelector('[data-pause]');
    if (pause) pause.hidden = true;
    rowOf().sending = null;
    await watch(rowOf());
    if (rowOf().querySelector('.verdict').dataset.state === 'refused') await refreshed(rowOf()); // it asks for a password
  } catch (error) {
    refuse(rowOf(), error);
  }
  return undefined;
}

function refuse(row, error) {
  if (!(error instanceof Refusal)) throw error;
  const sentence = error.message === 'signed-out' ? words.signedOut : error.message || words.lost;
  const line = Object.assign(document.createElement('p'), { className: 'mistake', textContent: sentence });
  line.setAttribute('role', 'alert');
  row.querySelector('.verdict').replaceChildren(line);
  row.sending = null;
}

function addPause(row, sending, on) {
  const button = row.querySelector('[data-pause]');
  if (!button) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    if (sending.isPaused) {
      button.textContent = words.pause;
      finish(() => row, sending, on);
    } else {
      sending.pause();
      button.textContent = words.resume;
    }
  });
}

/** Removing a row does not stop the others: only its own file is given up. */
async function removed(event) {
  const row = event.target.closest('.arrival');
  if (!event.target.id.startsWith('remove-')) return;
  event.preventDefault();
  event.stopPropagation();
  row.sending?.pause?.();
  const headers = { 'Tus-Resumable': '1.0.0', 'X-CSRFToken': token };
  const answer = await fetch(row.dataset.arrival, { method: 'DELETE', headers }).catch(() => null);
  if (answer?.status !== 204 && answer?.status !== 404) return;
  const goOn = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector('.leave [type="submit"]') ?? input;
  row.remove();
  goOn.focus();
}

const isSheet = (file) => /\.(csv|xlsx|ods)$/i.test(file.name);

function takeAll(files) {
  const sheet = document.getElementById('sheet');
  for (const file of files) {
    if (!isSheet(file)) {
      take(file);
    } else if (sheet) {
      const one = new DataTransfer();
      one.items.add(file);
      sheet.files = one.files;
      sheet.closest('details').open = true;
      sheet.scrollIntoView({ block: 'center' });
    }
  }
}

/** Many files: each gets its row as it comes. */
function many() {
  form.querySelector('[data-without-script]').hidden = true;
  input.addEventListener('change', () => {
    takeAll([...input.files]);
    input.value = '';
  });
  // Who was quicker than this script has already chosen.
  if (input.files.length) input.dispatchEvent(new Event('change'));
  list.querySelectorAll('[data-arrival]').forEach((row) => {
    if (row.querySelector('[data-verdict]')) watch(row);
  });
  list.addEventListener('submit', removed);
  addEventListener('beforeunload', (event) => {
    if ([...list.children].some((row) => row.sending)) event.preventDefault();
  });
  document.getElementById('start').addEventListener('submit', (event) => {
    if (running || waiting.length) {
      event.preventDefault();
      event.stopPropagation();
      said.textContent = words.busy;
    }
  });
}

/** One file of a form with other fields: sent as soon as it is chosen; the form then names it instead of holding it. */
function single() {
  const holder = input.closest('.field');
  const row = holder.querySelector('[data-single]');
  const hidden = form.querySelector('[name="arrival"]');
  const pause = row.querySelector('[data-pause]');
  let current = null;
  let ready = Promise.resolve();
  const toggle = () => {
    if (!current) return;
    pause.textContent = current.sending.isPaused ? words.pause : words.resume;
    if (current.sending.isPaused) ready = one(current);
    else current.sending.pause();
  };
  pause.addEventListener('click', toggle);
  const one = async ({ sending, on }) => {
    try {
      const address = await sending.run();
      if (!address) return on.paused();
      row.dataset.arrival = address;
      pause.hidden = true;
      const verdict = await watch(row);
      hidden.value = address.split('/').pop();
      input.removeAttribute('name'); // its bytes are there already
      input.required = false;
      const locked = row.closest('form').querySelector('details');
      if (locked && verdict.dataset.locked) locked.open = true;
      if (verdict.dataset.state !== 'good') return undefined;
      fill('label', verdict.dataset.label);
      fill('date', verdict.dataset.date);
    } catch (error) {
      refuse(row, error);
    }
    return undefined;
  };
  input.addEventListener('change', () => {
    current?.sending.pause();
    const file = input.files[0];
    hidden.value = '';
    input.name = 'file';
    if (!file) return;
    const on = listener(() => row, file.size);
    const known = remembered(file);
    const sending = new Sending(file, { endpoint: form.dataset.drop, address: known, token, on });
    on.begun = (address) => remember(file, address);
    pause.hidden = false;
    pause.textContent = words.pause;
    current = { sending, on };
    ready = one(current);
  });
  form.addEventListener('submit', async (event) => {
    if (!current || hidden.value || row.querySelector('.mistake')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (current.sending.isPaused) toggle();
    said.textContent = words.busy;
    await ready;
    said.textContent = '';
    delete form.dataset.sent;
    if (hidden.value) form.requestSubmit();
  });
}

const key = (file) => `masthead-upload ${form.dataset.drop} ${file.name} ${file.size} ${file.lastModified}`;

/** Where the same file was being sent before the page was loaded again. */
function remembered(file) {
  try {
    return sessionStorage.getItem(key(file)) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(file, address) {
  try {
    sessionStorage.setItem(key(file), address);
  } catch {
    // Without storage it begins anew after the page was loaded again.
  }
}

/** What nobody has typed yet. */
function fill(name, value) {
  const field = form.querySelector(`[name="${name}"]`);
  if (field && value && (!field.value || field.value === field.defaultValue)) field.value = value;
}

for (const kind of ['dragenter', 'dragover']) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add('over');
  });
}
for (const kind of ['dragleave', 'drop']) form.addEventListener(kind, () => form.classList.remove('over'));
form.addEventListener('drop', (event) => {
  event.preventDefault();
  const files = [...(event.dataTransfer?.files ?? [])];
  if (list) return takeAll(files);
  const one = new DataTransfer();
  if (files[0]) one.items.add(files[0]);
  input.files = one.files;
  return input.dispatchEvent(new Event('change'));
});

if (list) many();
else single();
