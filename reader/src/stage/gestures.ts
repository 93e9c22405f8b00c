/** Reads mouse, pen and fingers on the stage and says what is meant: drag, swipe, pinch, wheel, double tap, tap. */

export interface Meaning {
  /** May a drag that begins here be one of ours? Says which kind, or null to leave it to the browser (selection). */
  dragKind(event: PointerEvent): 'turn' | 'pan' | null;
  dragStart(kind: 'turn' | 'pan', at: { x: number; y: number }, event: PointerEvent): void;
  dragMove(kind: 'turn' | 'pan', at: { x: number; y: number }, by: { x: number; y: number }): void;
  /** Velocity in pixels a millisecond. */
  dragEnd(kind: 'turn' | 'pan', at: { x: number; y: number }, velocity: { x: number; y: number }): void;
  pinch(factor: number, at: { x: number; y: number }, by: { x: number; y: number }): void;
  pinchEnd(): void;
  wheelZoom(factor: number, at: { x: number; y: number }): void;
  /** True if the wheel moved something; else the browser may scroll. */
  wheelPan(by: { x: number; y: number }): boolean;
  doubleTap(at: { x: number; y: number }, event: PointerEvent | MouseEvent): void;
  tap(at: { x: number; y: number }, event: PointerEvent): void;
}

const STARTS_AFTER = 7; // pixels
const DOUBLE_MS = 320;
const DOUBLE_PX = 28;

/** Points are from the middle of `stage`. Answers a function that stops listening. */
export function mountGestures(stage: HTMLElement, meaning: Meaning): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const down = new Map<number, { x: number; y: number }>();
  let kind: 'turn' | 'pan' | null = null;
  let started = false;
  let origin = { x: 0, y: 0 };
  let last = { x: 0, y: 0, time: 0 };
  let velocity = { x: 0, y: 0 };
  let lastTap = { x: 0, y: 0, time: -1e9 };
  let pinched = false;
  let box = stage.getBoundingClientRect();

  const point = (event: { clientX: number; clientY: number }): { x: number; y: number } => ({
    x: event.clientX - box.left - box.width / 2,
    y: event.clientY - box.top - box.height / 2,
  });

  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target as Element).closest('button:not(.page-overlay), input, select, textarea')) return;
    box = stage.getBoundingClientRect();
    const at = point(event);
    down.set(event.pointerId, at);
    if (down.size === 1) {
      pinched = false;
      started = false;
      kind = meaning.dragKind(event);
      origin = at;
      last = { ...at, time: event.timeStamp };
      velocity = { x: 0, y: 0 };
    } else if (down.size === 2) {
      if (started && kind) meaning.dragEnd(kind, origin, { x: 0, y: 0 }); // a second finger: nothing was meant
      kind = null;
      pinched = true;
      for (const id of down.keys()) capture(stage, id);
    }
  }, options);

  stage.addEventListener('pointermove', (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const at = point(event);
    if (down.size === 2) {
      const rest = [...down].find(([id]) => id !== event.pointerId)![1];
      const spread = (p: { x: number; y: number }): number => Math.max(20, Math.hypot(p.x - rest.x, p.y - rest.y));
      meaning.pinch(spread(at) / spread(before), middle(at, rest), { x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 });
      down.set(event.pointerId, at);
      return;
    }
    down.set(event.pointerId, at);
    if (!kind) return;
    if (!started) {
      if (Math.hypot(at.x - origin.x, at.y - origin.y) < STARTS_AFTER) return;
      started = true;
      capture(stage, event.pointerId);
      meaning.dragStart(kind, origin, event);
    }
    const elapsed = Math.max(1, event.timeStamp - last.time);
    velocity = { x: 0.6 * ((at.x - last.x) / elapsed) + 0.4 * velocity.x, y: 0.6 * ((at.y - last.y) / elapsed) + 0.4 * velocity.y };
    meaning.dragMove(kind, at, { x: at.x - last.x, y: at.y - last.y });
    last = { ...at, time: event.timeStamp };
  }, options);

  const up = (event: PointerEvent): void => {
    if (!down.delete(event.pointerId)) return;
    const at = point(event);
    if (pinched) {
      if (down.size === 0) meaning.pinchEnd();
      return;
    }
    if (started && kind) {
      const rested = event.timeStamp - last.time > 90;
      meaning.dragEnd(kind, at, rested ? { x: 0, y: 0 } : velocity);
    } else if (event.type === 'pointerup' && Math.hypot(at.x - origin.x, at.y - origin.y) < STARTS_AFTER) {
      const again = event.timeStamp - lastTap.time < DOUBLE_MS && Math.hypot(at.x - lastTap.x, at.y - lastTap.y) < DOUBLE_PX;
      if (again) meaning.doubleTap(at, event);
      else meaning.tap(at, event);
      lastTap = again ? { x: 0, y: 0, time: -1e9 } : { ...at, time: event.timeStamp };
    }
    kind = null;
    started = false;
  };
  stage.addEventListener('pointerup', up, options);
  stage.addEventListener('pointercancel', up, options);

  stage.addEventListener('wheel', (event) => {
    box = stage.getBoundingClientRect();
    const scale = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? box.height : 1;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const delta = Math.max(-60, Math.min(60, event.deltaY * scale));
      meaning.wheelZoom(Math.exp(-delta / (event.deltaMode === 0 && Math.abs(event.deltaY) < 40 ? 100 : 220)), point(event));
    } else if (meaning.wheelPan({ x: -event.deltaX * scale, y: -event.deltaY * scale })) {
      event.preventDefault();
    }
  }, { ...options, passive: false });
  return () => stop.abort();
}

const middle = (a: { x: number; y: number }, b: { x: number; y: number }): { x: number; y: number } => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

function capture(stage: HTMLElement, id: number): void {
  try {
    stage.setPointerCapture(id);
  } catch {
    // The pointer is already gone.
  }
}
