/** What is wrong with a field, said at it in the words of the page: the browser's own bubble speaks the browser's language. */

const { missing, email } = document.body.dataset;
let isFirst = true;

/** The sentence for a mistake that the browser has found. Of ranges and patterns it knows more than we do. */
function wordsFor({ validity, type, validationMessage }) {
  if (validity.valueMissing) return missing;
  return validity.typeMismatch && type === 'email' ? email : validationMessage;
}

/** Where the mistake of a field stands: where the server would have put it, else in a new line at the end. */
function lineOf(field, input) {
  const found = field.querySelector(':scope > .mistake');
  if (found) return found;
  const made = document.createElement('p');
  made.className = 'mistake';
  made.id = `${input.id || input.name}-mistake`;
  field.append(made);
  input.setAttribute('aria-describedby', `${input.getAttribute('aria-describedby') ?? ''} ${made.id}`.trim());
  return made;
}

document.addEventListener('invalid', (event) => {
  const input = event.target;
  const field = input.closest('.field');
  if (!field) return; // the browser says it, wherever it can
  event.preventDefault();
  field.classList.add('wrong');
  input.setAttribute('aria-invalid', 'true');
  lineOf(field, input).textContent = wordsFor(input);
  if (!isFirst) return;
  isFirst = false;
  setTimeout(() => { isFirst = true; });
  const closed = input.closest('details:not([open])');
  if (closed) closed.open = true;
  input.focus();
}, true);

document.addEventListener('input', ({ target }) => {
  if (target.getAttribute('aria-invalid') !== 'true' || !target.validity?.valid) return;
  const field = target.closest('.field');
  field?.classList.remove('wrong');
  field?.querySelector(':scope > .mistake')?.replaceChildren();
  target.removeAttribute('aria-invalid');
});
