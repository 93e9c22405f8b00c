/** One tab stop for a row of tools: arrow keys, Home and End move between them. */

/** Keep one tab stop among `items()`. `direction` answers which way the row runs. */
export function rove(row: HTMLElement, items: () => HTMLElement[], direction: () => 'ltr' | 'rtl'): () => void {
  const usable = (): HTMLElement[] => items().filter((item) => item.offsetParent !== null && !item.matches(':disabled'));
  const settle = (wanted?: HTMLElement): void => {
    const all = usable();
    const stop = wanted ?? all.find((item) => item.tabIndex === 0) ?? all[0];
    for (const item of items()) item.tabIndex = item === stop ? 0 : -1;
  };
  row.addEventListener('focusin', (event) => {
    const item = items().find((one) => one.contains(event.target as Node));
    if (item) settle(item);
  });
  row.addEventListener('keydown', (event) => {
    if ((event.target as HTMLElement).matches('input')) return;
    const all = usable();
    const at = all.findIndex((item) => item.contains(document.activeElement));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    const forward = direction() === 'rtl' ? -step : step;
    let next = -1;
    if (step) next = (at + forward + all.length) % all.length;
    else if (event.key === 'Home') next = 0;
    else if (event.key === 'End') next = all.length - 1;
    if (next < 0) return;
    event.preventDefault();
    event.stopPropagation();
    all[next]?.focus();
  });
  settle();
  return () => settle();
}
