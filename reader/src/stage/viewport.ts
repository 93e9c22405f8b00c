/** Zoom and pan: which part of the spread the stage shows. Pure arithmetic; coordinates are CSS pixels of the stage. */

export interface View {
  readonly zoom: number;
  /** Where the middle of the spread lies, from the middle of the stage. */
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export const CENTRED: View = { zoom: 1, x: 0, y: 0 };

/** Zoom so that the point `at` (from the stage's middle) stays on the same spot of the page. */
export function zoomAround(view: View, zoom: number, at: { x: number; y: number }): View {
  const factor = zoom / view.zoom;
  return { zoom, x: at.x - (at.x - view.x) * factor, y: at.y - (at.y - view.y) * factor };
}

/** Keep the spread on the stage: no gap at an edge where there is more to see, centred where there is not. */
export function held(view: View, content: Size, stage: Size, margin = 0): View {
  return {
    zoom: view.zoom,
    x: clamp(view.x, content.width * view.zoom, stage.width, margin),
    y: clamp(view.y, content.height * view.zoom, stage.height, margin),
  };
}

/** The view at a zoom where reading begins: the upper edge, and the side from which lines run. */
export function startOf(zoom: number, content: Size, stage: Size, direction: 'ltr' | 'rtl'): View {
  const far = content.width * zoom + stage.width;
  return held({ zoom, x: direction === 'ltr' ? far : -far, y: content.height * zoom + stage.height }, content, stage);
}

function clamp(value: number, content: number, stage: number, margin: number): number {
  const free = (content - stage) / 2 + margin;
  return free <= margin ? 0 : Math.min(free, Math.max(-free, value));
}

/** The part of a page that is on the stage, 0 to 1 in both directions; null if none is. */
export function seenPart(
  rect: { x: number; y: number; width: number; height: number },
  view: View,
  stage: Size,
): { x0: number; y0: number; x1: number; y1: number } | null {
  const left = view.x + rect.x * view.zoom;
  const top = view.y + rect.y * view.zoom;
  const width = rect.width * view.zoom;
  const height = rect.height * view.zoom;
  const part = {
    x0: Math.max(0, (-stage.width / 2 - left) / width),
    y0: Math.max(0, (-stage.height / 2 - top) / height),
    x1: Math.min(1, (stage.width / 2 - left) / width),
    y1: Math.min(1, (stage.height / 2 - top) / height),
  };
  return part.x0 < part.x1 && part.y0 < part.y1 ? part : null;
}
