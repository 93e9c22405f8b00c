/** Small conveniences of the back office; every page works without them. */

// Buttons that copy: they show themselves where copying is possible.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) {
    const name = button.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = name), 2000);
    });
  }
}

// Pages that are made to be printed.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}

// On phones the pages of an edition lie in a row that scrolls: the one that is open is in it to be seen.
const pages = document.querySelector('.pages ul');
const here = pages?.querySelector('[aria-current]');
if (here) {
  const [row, own] = [pages.getBoundingClientRect(), here.getBoundingClientRect()];
  pages.scrollLeft += own.left + own.width / 2 - (row.left + row.width / 2);
}

// One box that ticks all of a page.
for (const all of document.querySelectorAll('[data-all]')) {
  const boxes = [...document.querySelectorAll(`input[name="${all.dataset.all}"]`)];
  all.closest('label').hidden = false;
  all.addEventListener('change', () => boxes.forEach((box) => (box.checked = all.checked)));
  const settle = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  boxes.forEach((box) => box.addEventListener('change', settle));
  settle();
}

// Whether text can be read in a colour, said while it is typed.
for (const form of document.querySelectorAll('[data-contrast]')) {
  const fields = [...form.querySelectorAll('[data-colour]')];
  let waiting = 0;
  const ask = async () => {
    const asked = new URLSearchParams(fields.map((field) => [field.dataset.colour, field.value]));
    try {
      const answer = await fetch(`${form.dataset.contrast}?${asked}`);
      if (!answer.ok) return;
      for (const [name, told] of Object.entries(await answer.json())) {
        const place = form.querySelector(`[data-told="${name}"]`);
        place.textContent = told.words;
        place.classList.toggle('faint', !told.fine);
      }
    } catch {
      // The network is away: the server checks again when the form is sent.
    }
  };
  for (const field of fields) {
    field.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 250);
    });
  }
}

// Menus close with Escape and with a click elsewhere.
const menus = [...document.querySelectorAll('details.person, details.more')];
addEventListener('keydown', (event) => {
  const open = menus.find((menu) => menu.open);
  if (event.key !== 'Escape' || !open) return;
  open.open = false;
  open.querySelector('summary').focus();
});
addEventListener('pointerdown', (event) => menus.forEach((menu) => !menu.contains(event.target) && (menu.open = false)));
