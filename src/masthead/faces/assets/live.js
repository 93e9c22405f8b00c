/** Keeps parts of a page fresh: an element with data-live is fetched anew from that address until it names none. */

const EVERY = 1000; // milliseconds

async function refresh(part) {
  try {
    const answer = await fetch(part.dataset.live, { headers: { 'X-Part': 'yes' } });
    if (answer.ok) {
      const holder = document.createElement('template');
      holder.innerHTML = await answer.text();
      const fresh = holder.content.firstElementChild;
      if (part.contains(document.activeElement)) return later(part); // never from under somebody's hands
      part.replaceWith(fresh);
      if (fresh.dataset.over) return location.reload();
      return later(fresh);
    }
  } catch {
    // The network is away for a moment: ask again.
  }
  return later(part);
}

function later(part) {
  if (part.dataset.live) setTimeout(() => (document.hidden ? later(part) : refresh(part)), EVERY);
}

document.querySelectorAll('[data-live]').forEach(later);
// A form is sent once, however often its button is pressed.
document.addEventListener('submit', (event) => {
  if (event.defaultPrevented) return; // a mistake was found before it left
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = 'yes';
});
addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent));
