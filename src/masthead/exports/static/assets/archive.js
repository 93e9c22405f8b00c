// Searches a whole archive in the browser: fetches the index's files of the words asked for, then shows pages with text.

const SHOWN = 20;
const AROUND = 70; // letters before a hit
const UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+/gu;

const form = document.getElementById('search');
const field = document.getElementById('words');
const place = document.getElementById('hits');
const fetched = new Map();

const json = (address) => {
  if (!fetched.has(address)) {
    const answer = fetch(address).then((found) => (found.ok ? found.json() : Promise.reject(new Error(String(found.status)))));
    answer.catch(() => fetched.delete(address));
    fetched.set(address, answer);
  }
  return fetched.get(address);
};

/** The text as the index writes words: small letters without accents. */
const plain = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase();

/** Words, and pairs of letters where no spaces part words. */
function wordsOf(text) {
  const words = [];
  for (const [word] of plain(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    let at = 0;
    for (const run of word.matchAll(UNSPACED)) {
      if (run.index > at) words.push(word.slice(at, run.index));
      const letters = [...run[0]];
      for (let start = 0; start < Math.max(1, letters.length - 1); start += 1) words.push(letters.slice(start, start + 2).join(''));
      at = run.index + run[0].length;
    }
    if (at < word.length) words.push(word.slice(at));
  }
  return words.map((word) => [...word].slice(0, 40).join(''));
}

const fileOf = (word) => `${[...word].slice(0, 2).map((letter) => letter.codePointAt(0).toString(16)).join('-')}.json`;

/** Places that have a word, as "edition:page"; the last word counts from its beginning. */
async function placesOf(word, index, isLast) {
  const files = [...word].length < 2 && isLast ? index.files.filter((name) => name.startsWith(fileOf(word).slice(0, -5))) : [fileOf(word)];
  const places = new Set();
  for (const name of files) {
    if (!index.files.includes(name)) continue;
    for (const [known, rows] of Object.entries(await json(`search/${name}`))) {
      if (known !== word && !(isLast && known.startsWith(word))) continue;
      for (const [edition, ...pages] of rows) for (const page of pages) places.add(`${edition}:${page}`);
    }
  }
  return places;
}

async function find(text) {
  const words = wordsOf(text);
  if (!words.length) return null;
  const index = await json('search/index.json');
  let common = null;
  for (const [at, word] of words.entries()) {
    const places = await placesOf(word, index, at === words.length - 1);
    common = common ? new Set([...common].filter((each) => places.has(each))) : places;
    if (!common.size) break;
  }
  const hits = [...common].map((each) => each.split(':').map(Number)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { words, index, hits };
}

/** Whether a run of letters is, or holds where no spaces part words, one of the words; the last counts from its beginning. */
const isHit = (run, words) => words.some((word, at) => run === word || (at === words.length - 1 && run.startsWith(word)) || (word.search(UNSPACED) === 0 && run.includes(word)));

/** The text around the first hit with the words marked; nothing of it is read as markup. */
async function snippet(edition, page, words) {
  const chunk = Math.floor((page - 1) / edition.pages_per_chunk) + 1;
  const file = await json(edition.build + edition.search.replace('{chunk}', chunk));
  const text = file.pages.find((each) => each.number === page)?.text ?? '';
  const parts = [...text.matchAll(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu)].map(([part]) => ({ part, isHit: isHit(plain(part), words) }));
  const first = Math.max(0, parts.findIndex(({ isHit }) => isHit));
  let start = first;
  for (let letters = 0; start > 0 && letters < AROUND; start -= 1) letters += parts[start - 1].part.length;
  const line = document.createElement('span');
  line.className = 'snippet';
  line.dir = 'auto';
  if (start > 0) line.append('… ');
  for (let at = start, letters = 0; at < parts.length && letters < 3 * AROUND; at += 1) {
    const { part, isHit } = parts[at];
    letters += part.length;
    if (!isHit) line.append(part);
    else line.append(Object.assign(document.createElement('mark'), { textContent: part }));
  }
  return line;
}

function say(sentence) {
  place.replaceChildren(Object.assign(document.createElement('p'), { className: 'soft', textContent: sentence }));
}

function list(found, text) {
  say(form.dataset.found.replace('{count}', found.hits.length));
  const rows = document.createElement('ol');
  rows.className = 'hits';
  const more = Object.assign(document.createElement('button'), { type: 'button', textContent: form.dataset.more });
  let shown = 0;
  const show = () => {
    for (const [number, page] of found.hits.slice(shown, shown + SHOWN)) {
      const edition = found.index.editions[number];
      const link = document.createElement('a');
      link.href = `${edition.home}page/${page}/?q=${encodeURIComponent(text)}`;
      const name = document.createElement('strong');
      name.textContent = `${edition.label} · ${form.dataset.page.replace('{label}', edition.labels[page - 1])}`;
      link.append(name);
      snippet(edition, page, found.words).then((line) => link.append(line), () => undefined);
      rows.append(Object.assign(document.createElement('li'), {}));
      rows.lastChild.append(link);
    }
    shown += SHOWN;
    more.hidden = shown >= found.hits.length;
  };
  show();
  more.addEventListener('click', show);
  place.append(rows, more);
}

async function search() {
  const text = field.value.trim();
  history.replaceState(null, '', text ? `?q=${encodeURIComponent(text)}` : location.pathname);
  if (!text) return place.replaceChildren();
  say(form.dataset.waiting);
  try {
    const found = await find(text);
    if (field.value.trim() !== text) return undefined;
    if (found?.hits.length) list(found, text);
    else say(form.dataset.none);
  } catch {
    say(form.dataset.failed);
  }
  return undefined;
}

form.hidden = false;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void search();
});
field.value = new URLSearchParams(location.search).get('q') ?? '';
if (field.value) void search();
