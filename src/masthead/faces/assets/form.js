/** A form that readers fill in: each mistake at its field in the page's words, and one answer for however many clicks. */

let number = 0;

/** Say what is wrong at a field, or take it back. */
function tell(field, words) {
  field.classList.toggle('wrong', !!words);
  let place = field.querySelector('.mistake');
  const inputs = field.querySelectorAll('input, select, textarea');
  if (!words) {
    place?.remove();
    inputs.forEach((input) => input.removeAttribute('aria-invalid'));
    return;
  }
  if (!place) {
    place = document.createElement('p');
    place.className = 'mistake';
    place.id = `mistake-${(number += 1)}`;
    place.lang = document.documentElement.lang;
    place.dir = document.documentElement.dir;
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
  const { validity } = field.querySelector('input, select, textarea');
  if (validity.valid) return '';
  return validity.valueMissing ? field.dataset.missing : field.dataset.invalid || field.dataset.missing;
}

for (const form of document.querySelectorAll('form[data-form]')) {
  form.noValidate = true; // the browser's own words may be in another language
  form.addEventListener('submit', (event) => {
    const fields = [...form.querySelectorAll('.field')];
    const wrong = fields.filter((field) => (tell(field, mistakeOf(field)), field.classList.contains('wrong')));
    if (wrong.length) {
      event.preventDefault();
      wrong[0].querySelector('input, select, textarea').focus();
      return;
    }
    if (form.dataset.sending) event.preventDefault();
    form.dataset.sending = 'yes';
    form.querySelector('[type="submit"]').setAttribute('aria-disabled', 'true');
  });
  form.addEventListener('change', (event) => {
    const field = event.target.closest('.field.wrong');
    if (field && !mistakeOf(field)) tell(field, '');
  });
}
// Back from another page the form can be sent again; its key keeps it one answer.
addEventListener('pageshow', () => document.querySelectorAll('form[data-sending]').forEach((form) => {
  delete form.dataset.sending;
  form.querySelector('[type="submit"]').removeAttribute('aria-disabled');
}));
document.querySelector('.reader-form [aria-invalid="true"], .reader-form .mistakes, .reader-form .form-thanks')?.focus();
