/** Asks the server for the PDF with annotations in it, as PDF programs show them. */

import { isUnplaced } from '../../../book/annotations';
import type { Session } from '../session';
import type { Synchroniser } from '../synchronising';
import { nameOf, offer } from './files';

/** Fetch and save it; thrown where the server does not make it. */
export async function savePdf(session: Session, synchroniser: Synchroniser): Promise<void> {
  const { context } = session;
  const annotations = context.store.state.annotations.map(({ content }) => content).filter((content) => !isUnplaced(content));
  const answer = await fetch(`${context.home}annotated.pdf`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', 'X-CSRFToken': await synchroniser.proof() },
    body: JSON.stringify({ annotations }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  offer(await answer.blob(), 'application/pdf', `${nameOf(context.book.manifest.title)}.pdf`);
}
