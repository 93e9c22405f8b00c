/** A form that readers fill in: each mistake at its field in the page's words, and one answer for however many clicks. */

const FIELDS = 'input, select, textarea';
const DOTTED = /@[^@]+\.[^@.]+$/; // browsers take addresses without a dot, such as those of one's own machine
let number = 0;

/** Say what is wrong at a field, or take it back. */
function tell(field, words, page) {
  field.classList.toggle('wrong', !!words);
  let place = field.querySelector('.mistake');
  const inputs = field.querySelectorAll(FIELDS);
  if (!words) {
    place?.remove();
    inputs.forEach((input) => input.removeAttribute('aria-invalid'));
    return;
  }
  if (!place) {
    place = document.createElement('p');
    place.className = 'mistake';
    place.id = `mistake-${(number += 1)}`;
    place.lang = page.lang;
    place.dir = page.dir;
    field.append(place);
    const described = field.matches('fieldset') ? field : inputs[0];
    described.setAttribute('aria-describedby', `${described.getAttribute('aria-describedby') ?? ''} ${place.id}`.trim());
  }
  place.textContent = words;
  inputs.forEach((input) => input.setAttribute('aria-invalid', 'true'));
}

/** What is wrong with a field; '' where nothing is. */
function mistakeOf(field) {
  if (field.matches('fieldset')) {
    return 'needed' in field.dataset && !field.querySelector('input:checked') ? field.dataset.missing : '';
  }
  const { validity, type, value } = field.querySelector(FIELDS);
  if (type === 'email' && value && !DOTTED.test(value)) return field.dataset.invalid;
  if (validity.valid) return '';
  return validity.valueMissing ? field.dataset.missing : field.dataset.invalid || field.dataset.missing;
}

/** Whether all of a form may be sent; the first mistake gets the focus. */
function isFine(form, page) {
  const fields = [...form.querySelectorAll('.field')];
  const wrong = fields.filter((field) => {
    const words = mistakeOf(field);
    tell(field, words, page);
    return words;
  });
  wrong[0]?.querySelector(FIELDS).focus();
  return !wrong.length;
}

function setSending(form, isSending) {
  const button = form.querySelector('[type="submit"]');
  if (isSending) button.setAttribute('aria-disabled', 'true');
  else button.removeAttribute('aria-disabled');
}

/** Whether this stands in a frame of another site: there browsers keep no cookies of ours, and the house takes no form. */
function isApart() {
  try {
    return window.top.location.origin !== location.origin;
  } catch {
    return true;
  }
}

/** That it cannot be sent from a frame, and the way to where it can; what was typed stays to be copied. */
function sayApart(root, address) {
  const { apart, window: name } = root.querySelector('.reader-form').dataset;
  const link = Object.assign(document.createElement('a'), { href: address, target: '_blank', rel: 'noopener', textContent: name });
  say(root, apart, link);
}

/** What does not belong to a field, over the form. */
function say(root, words, link) {
  root.querySelector('.mistakes')?.remove();
  const place = document.createElement('div');
  place.className = 'mistakes';
  place.role = 'alert';
  place.tabIndex = -1;
  place.append(Object.assign(document.createElement('p'), { textContent: words }));
  if (link) {
    const way = document.createElement('p');
    way.append(link);
    place.append(way);
  }
  root.querySelector('.reader-form').prepend(place);
  place.focus();
}

/** Send it from where it stands, and show what comes back in its place. Without the network nothing typed is lost. */
async function send(root, form, ways) {
  const address = new URL(form.action, location.href);
  address.searchParams.set('lang', ways.language);
  try {
    const answer = await fetch(address, { method: 'POST', body: new FormData(form), headers: { 'X-Part': 'yes' } });
    if (answer.status === 403 && isApart()) {
      setSending(form, false);
      address.searchParams.set('page', new FormData(form).get('page') ?? '1');
      return sayApart(root, address.href);
    }
    const holder = document.createElement('template');
    holder.innerHTML = await answer.text();
    const fresh = holder.content.querySelector('.reader-form');
    if (!fresh && answer.redirected) return void location.assign(answer.url);
    if (!fresh) throw new Error(String(answer.status));
    root.querySelector('.reader-form').replaceWith(fresh);
    prepare(root, ways);
    if (fresh.dataset.step === 'thanks') ways.done();
    focusFirst(root);
  } catch {
    setSending(form, false);
    say(root, form.closest('.reader-form').dataset.failed);
  }
}

function focusFirst(root) {
  const wrong = root.querySelector('[aria-invalid="true"]');
  (wrong ?? root.querySelector('.mistakes, .form-thanks, [autocomplete="one-time-code"]'))?.focus();
}

/** Make the forms of a part of the page ready. `ways`: where they are sent from there, and not as pages. */
export function prepare(root, ways) {
  const page = root.closest?.('[lang]') ?? document.documentElement;
  for (const form of root.querySelectorAll('form[data-form]')) {
    let isSending = false;
    form.noValidate = true; // the browser's own words may be in another language
    form.addEventListener('submit', (event) => {
      if (ways || isSending || !isFine(form, page)) event.preventDefault();
      if (isSending || (ways && !isFine(form, page)) || (!ways && event.defaultPrevented)) return;
      setSending(form, true);
      isSending = true;
      if (ways) void send(root, form, ways).then(() => (isSending = false));
    });
    // While typing: had it to wait until the field is left, the button would move away under the mouse that goes for it.
    form.addEventListener('input', (event) => {
      const field = event.target.closest('.field.wrong');
      if (field && !mistakeOf(field)) tell(field, '', page);
    });
    // Back from another page the form can be sent again; its key keeps it one answer.
    addEventListener('pageshow', () => {
      isSending = false;
      setSending(form, false);
    });
  }
  if (!ways) return;
  root.querySelector('[data-close]')?.addEventListener('click', (event) => {
    event.preventDefault();
    ways.close();
  });
}

if (document.querySelector('.form-card')) {
  prepare(document);
  focusFirst(document);
  if (isApart() && document.querySelector('form[data-form]')) sayApart(document, location.href);
}
