/** The panel for keeping the edition on this device: what it takes, the progress, and how to be rid of it. */

import type { ReaderContext } from '../../store/context';
import { language, t, tn } from '../../strings';
import { button } from '../../ui/button';
import { element } from '../../ui/dom';
import type { Panel } from '../../ui/panels';
import { keepsFor } from '../../ui/keeping';
import { everythingKept, factsOf, forget, type Facts } from './facts';
import { REMOVE } from './icons';
import { buildOf, keep, KeepingError, sizeOf, type Trouble } from './keeping';

const MEGABYTE = 1e6;
const TROUBLES: Readonly<Record<Trouble, () => string>> = {
  room: () => t('There is not enough room on this device. Make some and try again.'),
  connection: () => t('The connection was lost. What has come is kept: try again to go on.'),
};

/** What comes now, whether or not the panel is open: who closes it reads on meanwhile. */
interface Job {
  share: number;
  readonly stop: AbortController;
  /** Told of the progress, and at last of the end; nobody is while the panel is closed. */
  follow: ((end: { facts: Facts | null; trouble: string } | null) => void) | null;
}
let job: Job | null = null;

/** Open the panel; thrown where neither the device nor the server says anything of the edition. */
export async function open(context: ReaderContext): Promise<Panel> {
  const status = element('p', { class: 'keeping-status', role: 'status' });
  const progress = element('progress', { class: 'print-progress', max: 1, value: 0, 'aria-label': t('What has come so far'), hidden: true });
  const actions = element('div', { class: 'panel-actions' });
  const words = element('p', { class: 'panel-hint' });
  const others = element('div', {});
  const content = element('div', { class: 'keeping' }, words, status, progress, actions, others);

  const show = (facts: Facts | null, size: number, trouble = ''): void => {
    const changed = facts !== null && facts.build !== buildOf(context);
    progress.hidden = true;
    words.textContent = facts
      ? `${t('It opens here without a connection: its pages, its text, the search and your notes.')} ${daysText(context)}`
      : `${t('Keep this edition on this device, and it opens here without a connection too: its pages, its text, the search and your notes.')} ${daysText(context)}`;
    status.textContent = trouble || (changed ? t('The publisher has changed this edition since it was kept.')
      : facts ? t('Kept on this device: {size}.', { size: sizeText(facts.bytes) }) : t('It takes about {size} of room.', { size: sizeText(size) }));
    const start = button({ icon: 'keep', label: changed ? t('Keep the new version') : trouble ? t('Try again') : t('Keep on this device'), named: true, class: 'button-solid', run: () => run(size) });
    const remove = button({ icon: REMOVE, label: t('Remove from this device'), named: true, class: 'button-outline', run: () => void rid() });
    const inside = content.contains(document.activeElement);
    actions.replaceChildren(...(!facts || changed || trouble ? [start] : []), ...(facts ? [remove] : []));
    if (inside) actions.querySelector<HTMLElement>('button')?.focus();
  };
  const showJob = (running: Job, size: number): void => {
    progress.value = running.share;
    progress.hidden = false;
    status.textContent = t('One moment…');
    const cancel = button({ icon: 'close', label: t('Cancel'), named: true, class: 'button-outline', run: () => running.stop.abort() });
    actions.replaceChildren(cancel);
    running.follow = (end) => {
      if (end) show(end.facts, size, end.trouble);
      else progress.value = running.share;
    };
  };
  const run = (size: number): void => {
    showJob(begin(context), size);
    actions.querySelector('button')?.focus();
  };
  const rid = async (): Promise<void> => {
    await forget(context.home);
    delete context.element.dataset.kept;
    show(null, await sizeOf(context).catch(() => 0));
  };
  const facts = await factsOf(context.home);
  const size = facts ? facts.bytes : await sizeOf(context);
  show(facts, size);
  if (job) showJob(job, size);
  listOthers(others, (await everythingKept()).filter(({ home }) => home !== context.home));
  return { content, focus: () => actions.querySelector('button'), close: () => job && (job.follow = null) };
}

/** Begin to keep the edition. How it ended is shown in the panel, or said where that was closed. */
function begin(context: ReaderContext): Job {
  const running: Job = { share: 0, stop: new AbortController(), follow: null };
  const end = (facts: Facts | null, said: string, trouble: string): void => {
    job = null;
    if (running.follow) running.follow({ facts, trouble });
    else if (said) context.store.dispatch({ type: 'announce', text: said, toast: true });
  };
  const tell = (share: number): void => {
    running.share = share;
    running.follow?.(null);
  };
  job = running;
  keep(context, tell, running.stop.signal).then(
    (facts) => {
      context.element.dataset.kept = '';
      end(facts, t('The edition is on this device now.'), '');
    },
    async (error: unknown) => {
      const before = await factsOf(context.home);
      const trouble = error instanceof KeepingError ? TROUBLES[error.trouble]() : '';
      if (!trouble && !before) await forget(context.home); // it was stopped: nothing is left behind
      end(before, trouble, trouble);
    },
  );
  return running;
}

/** The other editions that are here: without a connection nothing else lists them. */
function listOthers(place: HTMLElement, others: readonly Facts[]): void {
  if (!others.length) return;
  place.append(
    element('h3', {}, t('Also on this device')),
    element('ul', { class: 'keeping-others' }, ...others.map(({ title, home, bytes }) =>
      element('li', {}, element('a', { href: home }, element('bdi', {}, title)), sizeText(bytes)))),
  );
}

function daysText(context: ReaderContext): string {
  const days = keepsFor(context);
  return days ? tn('After {count} day without a connection it is asked once whether you still may read it.', 'After {count} days without a connection it is asked once whether you still may read it.', days) : '';
}

const sizeText = (bytes: number): string =>
  new Intl.NumberFormat(`${language()}-u-nu-latn`, { style: 'unit', unit: 'megabyte', maximumFractionDigits: bytes < 10 * MEGABYTE ? 1 : 0 }).format(Math.max(0.1, bytes / MEGABYTE));
