/** Correcting with less waiting: blocks move at once by keys, buttons and hand; every page works without it. */

const forms = document.querySelectorAll('[data-editor]');
forms.forEach(prepare);

function prepare(form) {
  const notice = document.querySelector('[data-unsaved]');
  let changed = false;

  const tell = (words) => {
    if (!notice || !words) return;
    notice.hidden = false;
    notice.textContent = words;
  };
  const touch = () => {
    if (!changed) tell(notice?.dataset.kept);
    changed = true;
  };

  form.addEventListener('input', touch);
  addEventListener('beforeunload', (event) => {
    if (changed && !form.dataset.sent) event.preventDefault();
  });
  // A picture that tells nothing needs no words; what was written stays in case that was a slip.
  form.addEventListener('change', (event) => {
    const box = event.target.closest('[name^="decorative-"]');
    if (box) document.getElementById(box.name.replace('decorative-', 'alt-')).toggleAttribute('readonly', box.checked);
  });

  for (const list of form.querySelectorAll('.cards')) cards(list, touch, tell, notice);

  // Sent without leaving: if the server is away, nothing that was typed is lost.
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    form.dataset.sent = 'yes';
    const said = new FormData(form, event.submitter ?? undefined);
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(said), headers: { Accept: 'text/html' } });
      if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
      changed = false;
      show(fresh, answer.url, event.submitter?.value ?? '');
    } catch {
      tell(notice?.dataset.away);
      notice?.scrollIntoView({ block: 'center' });
    } finally {
      delete form.dataset.sent;
    }
  });
}

/** Puts the answer in the place of the page, and the focus where the hands were. */
function show(fresh, address, deed) {
  const place = scrollY;
  const main = fresh.getElementById('main');
  if (!main) return location.assign(address);
  document.title = fresh.title;
  history.replaceState(null, '', address);
  document.getElementById('main').replaceWith(document.adoptNode(main));
  main.querySelectorAll('[data-editor]').forEach(prepare);
  scrollTo(0, place);
  const wrong = main.querySelector('[aria-invalid="true"]');
  const focus = wrong ?? main.querySelector(`[name="do"][value="${CSS.escape(deed)}"]`) ?? main;
  focus.focus({ preventScroll: focus === main });
}

/** Blocks that move: Alt with an arrow, the two buttons, or by the handle. */
function cards(list, touch, tell, notice) {
  const order = list.parentElement.querySelector('[data-order]');
  const picture = list.closest('.leaf-body').querySelector('.printed svg');
  const settle = (card) => {
    const all = [...list.children];
    const first = Math.min(...all.map((one) => Number(one.querySelector('.number').dataset.number)));
    order.value = all.map((one) => one.dataset.block).join(',');
    all.forEach((one, at) => {
      one.querySelector('.number').textContent = first + at;
      const mark = picture?.querySelector(`[data-for="${one.dataset.block}"] text`);
      if (mark) mark.textContent = first + at;
      one.querySelector('[data-step="up"]').toggleAttribute('aria-disabled', false);
      one.querySelector('[data-step="up"]').setAttribute('aria-disabled', String(at === 0));
      one.querySelector('[data-step="down"]').setAttribute('aria-disabled', String(at === all.length - 1));
    });
    touch();
    const number = card.querySelector('.number').dataset.number;
    tell((notice?.dataset.moved ?? '').replace('{number}', number).replace('{place}', all.indexOf(card) + first));
  };
  const move = (card, by) => {
    const other = by < 0 ? card.previousElementSibling : card.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(card);
    else other.after(card);
    settle(card);
    card.scrollIntoView({ block: 'nearest' });
  };
  for (const button of list.querySelectorAll('[data-step]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      move(button.closest('.card'), button.dataset.step === 'up' ? -1 : 1);
      button.focus();
    });
  }
  list.addEventListener('keydown', (event) => {
    if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    const held = document.activeElement;
    move(event.target.closest('.card'), event.key === 'ArrowUp' ? -1 : 1);
    held.focus();
  });
  // The block and its box on the picture are lit together.
  const light = (name, on) => {
    picture?.querySelector(`[data-for="${name}"]`)?.classList.toggle('here', on);
    list.querySelector(`[data-block="${name}"]`)?.classList.toggle('here', on);
  };
  for (const card of list.children) {
    for (const [name, on] of [['pointerenter', true], ['pointerleave', false], ['focusin', true], ['focusout', false]]) {
      card.addEventListener(name, () => light(card.dataset.block, on));
    }
    card.querySelector('.card-head').append(handle(list, card, settle));
  }
  picture?.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-for]');
    const card = link && list.querySelector(`[data-block="${link.dataset.for}"]`);
    if (!card) return;
    event.preventDefault();
    (card.querySelector('textarea') ?? card.querySelector('select')).focus();
  });
}

/** What a block is dragged by; keys and buttons do the same, so that it is for hands alone. */
function handle(list, card, settle) {
  const hand = document.createElement('span');
  hand.className = 'hand';
  hand.setAttribute('aria-hidden', 'true');
  hand.textContent = '⠿';
  hand.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    hand.setPointerCapture(event.pointerId);
    card.classList.add('held');
    const before = [...list.children].indexOf(card);
    const drag = (moved) => {
      const over = document.elementsFromPoint(moved.clientX, moved.clientY).find((one) => one.matches?.('.card') && one !== card);
      if (!over || over.parentElement !== list) return;
      const box = over.getBoundingClientRect();
      if (moved.clientY < box.top + box.height / 2) over.before(card);
      else over.after(card);
    };
    const drop = () => {
      hand.removeEventListener('pointermove', drag);
      card.classList.remove('held');
      if ([...list.children].indexOf(card) !== before) settle(card);
    };
    hand.addEventListener('pointermove', drag);
    hand.addEventListener('pointerup', drop, { once: true });
    hand.addEventListener('pointercancel', drop, { once: true });
  });
  return hand;
}
