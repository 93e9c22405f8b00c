/** Passkeys: a form with data-passkey is filled by the browser's credential, and sent; where there are none it stays away. */

const can = typeof PublicKeyCredential === 'function' && 'parseCreationOptionsFromJSON' in PublicKeyCredential;

async function created(form) {
  const options = JSON.parse(form.dataset.options).publicKey;
  options.authenticatorSelection = {
    ...options.authenticatorSelection, residentKey: 'required', requireResidentKey: true, userVerification: 'required',
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
}

async function given(form) {
  let options = form.dataset.options && JSON.parse(form.dataset.options);
  if (!options) {
    const answer = await fetch(form.action, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    options = (await answer.json()).request_options;
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
}

for (const part of document.querySelectorAll(can ? '[data-with-passkeys]' : '[data-without-passkeys]')) part.hidden = false;

for (const form of can ? document.querySelectorAll('form[data-passkey]') : []) {
  const button = form.querySelector('button[data-asks]');
  const said = form.querySelector('[role="alert"]');
  form.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    said.hidden = true;
    try {
      const credential = await (form.dataset.passkey === 'create' ? created(form) : given(form));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      // Cancelled, too slow, or there is none: the browser has said more, and tells pages nothing.
      said.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}
