/** Who signs out leaves nothing on the device that only they may read; what everybody may read stays.
 *
 * The names are those under which the reader keeps editions (`features/keeping/facts`).
 */

const PREFIX = 'masthead-kept ';

let kept = []; // names, known before they are needed: with nearly everybody none, and then nothing is done

async function look() {
  kept = 'caches' in window ? (await caches.keys()).filter((name) => name.startsWith(PREFIX)) : [];
}

async function forget() {
  for (const name of kept) {
    const home = name.slice(PREFIX.length);
    const facts = await (await caches.open(name)).match(`${home}kept.json`);
    if (facts && !(await facts.json()).days) continue;
    await caches.delete(name);
    const registration = await navigator.serviceWorker?.getRegistration(home);
    if (registration && new URL(registration.scope).pathname === home) await registration.unregister();
  }
}

void look().catch(() => undefined);
for (const form of document.querySelectorAll('form[data-signs-out]')) {
  form.addEventListener('submit', (event) => {
    if (!kept.length) return;
    event.preventDefault();
    // Whatever the device says, who wants to sign out is signed out.
    const late = new Promise((resolve) => setTimeout(resolve, 2000));
    void Promise.race([forget().catch(() => undefined), late]).then(() => form.submit());
  });
}
