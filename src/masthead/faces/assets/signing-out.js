/** Who signs out leaves nothing on the device that only they may read; what everybody may read stays.
 *
 * The names are those under which the reader keeps editions (`features/keeping/facts`).
 */

const PREFIX = 'masthead-kept ';

async function forget() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const home = name.slice(PREFIX.length);
    const facts = await (await caches.open(name)).match(`${home}kept.json`);
    if (facts && !(await facts.json()).days) continue;
    await caches.delete(name);
    const registration = await navigator.serviceWorker?.getRegistration(home);
    if (registration && new URL(registration.scope).pathname === home) await registration.unregister();
  }
}

for (const form of document.querySelectorAll('form[data-signs-out]')) {
  form.addEventListener('submit', (event) => {
    if (!('caches' in window)) return;
    event.preventDefault();
    // Whatever the device says, who wants to sign out is signed out.
    const late = new Promise((resolve) => setTimeout(resolve, 2000));
    void Promise.race([forget().catch(() => undefined), late]).then(() => form.submit());
  });
}
