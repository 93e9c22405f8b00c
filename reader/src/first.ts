/** Tells the styles of the first paint what was chosen on an earlier visit. Runs in the head, alone, before anything is drawn. */

for (const name of ['view', 'theme']) {
  try {
    const kept = localStorage.getItem(`masthead-${name}`);
    if (kept) document.documentElement.dataset[name] = kept;
  } catch {
    // A browser that keeps nothing has nothing to tell.
  }
}

export {};
