/** Answers the search of the archive while somebody types; without it the form is sent as forms are. */

const PAUSE = 220; // milliseconds without a key after which it is asked
const form = document.querySelector('[data-search]');
const status = document.getElementById('search-status');
let timer = 0;
let asked = new AbortController();

function address() {
  const values = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...values]) if (!value.trim()) values.delete(name);
  return `${form.getAttribute('action')}?${values}`;
}

async function ask() {
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  const place = address();
  const results = document.getElementById('results');
  results.setAttribute('aria-busy', 'true');
  try {
    const answer = await fetch(place, { headers: { 'X-Part': 'yes' }, signal });
    if (!answer.ok) throw new Error(answer.statusText);
    const holder = document.createElement('template');
    holder.innerHTML = await answer.text();
    if (signal.aborted) return;
    const fresh = holder.content.querySelector('#results');
    results.replaceWith(fresh);
    status.textContent = fresh.dataset.count;
    history.replaceState(null, '', place);
  } catch {
    results.removeAttribute('aria-busy'); // the form can still be sent
  }
}

const words = form.elements.namedItem('q');
form.addEventListener('input', (event) => {
  if (event.target !== words || event.isComposing) return;
  clearTimeout(timer);
  if (words.value.trim().length !== 1) timer = setTimeout(ask, PAUSE);
});
// A choice is made at once; a field of a date is wrong while it is typed, so it waits for the form.
form.addEventListener('change', (event) => {
  if (event.target instanceof HTMLSelectElement) form.requestSubmit();
});
