/** The page editor: areas are drawn, moved and made larger by pointer or keys; each change is kept at once. */

const paper = document.querySelector('[data-editor]');
if (paper) edit(paper);

// The page that is open is seen among the thumbnails, which run down on a desk and across on a phone.
const open = document.querySelector('.strip [aria-current]');
if (open) {
  const strip = open.closest('.strip');
  const row = open.closest('ol');
  strip.scrollTop += open.getBoundingClientRect().top - strip.getBoundingClientRect().top - strip.clientHeight / 3;
  row.scrollLeft += open.getBoundingClientRect().left - row.getBoundingClientRect().left - row.clientWidth / 3;
}

function edit(paper) {
  const { dataset: words } = paper;
  const token = document.querySelector('[name="csrfmiddlewaretoken"]').value;
  const told = document.querySelector('[data-told]');
  const wrong = document.querySelector('[data-wrong]');
  const form = document.querySelector('[data-form]');
  const fields = Object.fromEntries([...document.querySelectorAll('[data-form] [data-place]')].map((field) => [field.dataset.place, field]));
  const LEAST = 0.01; // of the page
  const NEAR = 6; // pixels within which edges meet
  const CORNERS = { nw: [0, 0], ne: [1, 0], sw: [0, 1], se: [1, 1] };
  let edges = { x: [0, 0.5, 1], y: [0, 0.5, 1] };
  let waiting = 0;

  const round = (value) => Math.round(value * 1e5) / 1e5;
  const percent = (value) => String(Math.round(value * 1e4) / 100);
  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  /** The area on the page: of an overlay that is there, or of one that is being made. */
  function placed(part, area) {
    part.area = area;
    part.hidden = false;
    part.style.left = `${area.x * 100}%`;
    part.style.top = `${area.y * 100}%`;
    part.style.width = `${area.width * 100}%`;
    part.style.height = `${area.height * 100}%`;
    if (part === chosen()) for (const [name, field] of Object.entries(fields)) if (document.activeElement !== field) field.value = percent(area[name]);
  }
  const chosen = () => paper.querySelector('.area[data-chosen]');
  const say = (area) => (told.textContent = words.place.replace(/\{(\w+)\}/g, (_, name) => percent(area[name])));

  /** Keep the place of an overlay that is there; one that is being made is kept with its form. */
  async function keep(part, before) {
    if (!part.dataset.move) return;
    const { area } = part;
    try {
      const answer = await fetch(part.dataset.move, {
        method: 'POST',
        headers: { 'X-CSRFToken': token },
        body: new URLSearchParams(Object.entries(area).map(([name, value]) => [name, String(round(value))])),
      });
      const said = await answer.json();
      if (!answer.ok) throw new Error(said.said);
      wrong.textContent = '';
      if (form && part === chosen()) form.querySelector('[name="seen"]').value = said.seen;
      document.querySelector('[data-step="back"]').disabled = false;
      document.querySelector('[data-step="again"]').disabled = true;
    } catch (error) {
      wrong.textContent = error instanceof TypeError || error instanceof SyntaxError ? words.failed : error.message;
      if (part.area === area) placed(part, before);
    }
  }

  /** The edges that things snap to: the page's, its middle, those of other areas and of blocks of words. */
  async function learnEdges() {
    try {
      const page = await (await fetch(words.words)).json();
      const boxes = [...page.blocks, ...page.figures].map((one) => one.box);
      edges.x.push(...boxes.flatMap(([x0, , x1]) => [x0 / page.width, x1 / page.width]));
      edges.y.push(...boxes.flatMap(([, y0, , y1]) => [y0 / page.height, y1 / page.height]));
    } catch {
      // Without them it snaps to the page and to other areas.
    }
  }
  function snapped(value, axis, except, size) {
    const others = [...paper.querySelectorAll('.area')].filter((part) => part !== except && part.area);
    const along = axis === 'x' ? 'width' : 'height';
    const all = [...edges[axis], ...others.flatMap(({ area }) => [area[axis], area[axis] + area[along]])];
    let best = null;
    for (const edge of all) {
      const away = Math.abs(edge - value) * size;
      if (away < NEAR && (!best || away < best.away)) best = { edge, away };
    }
    if (best) guide(axis, best.edge);
    return best ? best.edge : value;
  }
  function guide(axis, at) {
    const part = document.createElement('div');
    part.className = `guide ${axis === 'x' ? 'down' : 'across'}`;
    part.style[axis === 'x' ? 'left' : 'top'] = `${at * 100}%`;
    paper.append(part);
  }
  const clearGuides = () => paper.querySelectorAll('.guide').forEach((part) => part.remove());

  const at = (event) => {
    const box = paper.getBoundingClientRect();
    return { x: clamp((event.clientX - box.left) / box.width, 0, 1), y: clamp((event.clientY - box.top) / box.height, 0, 1), box };
  };
  const between = (a, b) => ({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) });

  /** Follow a pointer until it is let go; `follow` gets where it is, `done` whether it went anywhere. */
  function drag(event, part, follow, done) {
    const start = at(event);
    let moved = false;
    part.setPointerCapture(event.pointerId);
    const move = (next) => {
      const here = at(next);
      if (!moved && Math.hypot((here.x - start.x) * here.box.width, (here.y - start.y) * here.box.height) < 4) return;
      moved = true;
      clearGuides();
      follow(here, start, !next.altKey);
    };
    const end = (last) => {
      part.removeEventListener('pointermove', move);
      part.removeEventListener('pointerup', end);
      part.removeEventListener('pointercancel', end);
      clearGuides();
      done(moved && last.type === 'pointerup');
    };
    part.addEventListener('pointermove', move);
    part.addEventListener('pointerup', end);
    part.addEventListener('pointercancel', end);
  }

  function dragWhole(event, part) {
    const before = part.area;
    drag(event, part, (here, start, snaps) => {
      let x = clamp(before.x + here.x - start.x, 0, 1 - before.width);
      let y = clamp(before.y + here.y - start.y, 0, 1 - before.height);
      if (snaps) {
        const left = snapped(x, 'x', part, here.box.width);
        x = left !== x ? left : snapped(x + before.width, 'x', part, here.box.width) - before.width;
        const top = snapped(y, 'y', part, here.box.height);
        y = top !== y ? top : snapped(y + before.height, 'y', part, here.box.height) - before.height;
      }
      placed(part, { ...before, x: clamp(x, 0, 1 - before.width), y: clamp(y, 0, 1 - before.height) });
    }, (moved) => {
      if (!moved) return placed(part, before);
      part.addEventListener('click', (click) => click.preventDefault(), { once: true });
      setTimeout(() => part.focus({ preventScroll: true }));
      say(part.area);
      void keep(part, before);
    });
  }
  function dragCorner(event, part, [right, bottom]) {
    const before = part.area;
    const fixed = { x: before.x + (right ? 0 : before.width), y: before.y + (bottom ? 0 : before.height) };
    drag(event, part, (here, _start, snaps) => {
      const corner = snaps ? { x: snapped(here.x, 'x', part, here.box.width), y: snapped(here.y, 'y', part, here.box.height) } : here;
      const area = between(fixed, corner);
      if (area.width >= LEAST && area.height >= LEAST) placed(part, area);
    }, (moved) => {
      part.addEventListener('click', (click) => click.preventDefault(), { once: true });
      if (!moved) return;
      say(part.area);
      void keep(part, before);
    });
  }

  /** Draw on the free page: a new thing, or the place of the one whose form is open. */
  function draw(event) {
    const part = form ? chosen() : ghost();
    const before = part.area;
    drag(event, paper, (here, start, snaps) => {
      const corner = snaps ? { x: snapped(here.x, 'x', part, here.box.width), y: snapped(here.y, 'y', part, here.box.height) } : here;
      const area = between(start, corner);
      if (area.width >= LEAST && area.height >= LEAST) placed(part, area);
    }, (moved) => {
      if (!moved || !part.area || part.area === before) return form ? undefined : part.remove();
      say(part.area);
      if (form) return void keep(part, before);
      const kind = new FormData(document.querySelector('[data-kinds]')).get('kind') ?? 'link';
      const where = Object.entries(part.area).map(([name, value]) => [name, percent(value)]);
      location.assign(`${words.new}&${new URLSearchParams([['kind', kind], ...where])}`);
    });
  }
  function ghost() {
    const part = document.createElement('div');
    part.className = 'area';
    paper.append(part);
    return part;
  }

  /** Arrows move, with Shift they change the size, with Alt they go by small steps. */
  function onKey(event, part) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = steps[event.key];
    if (!way || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const size = event.altKey ? 0.001 : 0.01;
    const { x, y, width, height } = part.area;
    const before = part.before ?? part.area;
    part.before = before;
    placed(part, event.shiftKey
      ? { x, y, width: clamp(width + way[0] * size, LEAST, 1 - x), height: clamp(height + way[1] * size, LEAST, 1 - y) }
      : { x: clamp(x + way[0] * size, 0, 1 - width), y: clamp(y + way[1] * size, 0, 1 - height), width, height });
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      part.before = null;
      say(part.area);
      void keep(part, before);
    }, 500);
  }

  function ready(part) {
    part.addEventListener('keydown', (event) => onKey(event, part));
    part.addEventListener('dragstart', (event) => event.preventDefault());
    part.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      event.stopPropagation();
      const grip = event.target.closest('.grip');
      if (grip) dragCorner(event, part, CORNERS[grip.dataset.corner]);
      else dragWhole(event, part);
    });
    for (const [name, [x, y]] of Object.entries(CORNERS)) {
      const grip = document.createElement('i');
      grip.className = `grip ${name}`;
      grip.dataset.corner = name;
      grip.style.left = `${x * 100}%`;
      grip.style.top = `${y * 100}%`;
      part.append(grip);
    }
  }

  for (const part of paper.querySelectorAll('.area')) {
    const [x, y, width, height] = part.dataset.area.split(' ').map(Number);
    placed(part, { x, y, width, height });
    ready(part);
  }
  if (form) openForm();
  paper.classList.add('draws');
  paper.addEventListener('pointerdown', (event) => event.button === 0 && event.pointerType !== 'touch' && draw(event));
  void learnEdges();

  /** The place of what the form is about follows its four fields, and they follow it. */
  function openForm() {
    const typed = () => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, Number(field.value) / 100]));
    if (!chosen()) {
      const part = document.createElement('a');
      part.className = 'area';
      part.dataset.chosen = '';
      part.tabIndex = 0;
      part.setAttribute('role', 'button');
      part.setAttribute('aria-label', words.mark);
      part.setAttribute('aria-describedby', 'keys');
      paper.append(part);
      ready(part);
      placed(part, typed());
    }
    for (const field of Object.values(fields)) field.addEventListener('input', () => placed(chosen(), typed()));
    const whole = form.querySelector('[data-whole]');
    whole.hidden = false;
    whole.addEventListener('click', () => {
      const before = chosen().area;
      placed(chosen(), { x: 0, y: 0, width: 1, height: 1 });
      say(chosen().area);
      void keep(chosen(), before);
    });
  }

  // Undo and redo as everywhere; not while something is typed, where the field has its own.
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.target.closest('input, textarea, select')) return;
    const key = event.key.toLowerCase();
    const way = key === 'y' || (key === 'z' && event.shiftKey) ? 'again' : key === 'z' ? 'back' : '';
    const button = way && document.querySelector(`[data-step="${way}"]`);
    if (!button || button.disabled) return;
    event.preventDefault();
    button.click();
  });
}
