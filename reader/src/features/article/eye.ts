/** Which article is under the eye on the pages, and from which block on: what the article view opens with. */

import { articlesOn } from '../../book/articles';
import type { ArticleEntry } from '../../contract/manifest';
import type { BlockEntry, PageFile } from '../../contract/page';
import type { ReaderContext } from '../../store/context';
import { t } from '../../strings';

export interface Seen {
  readonly article: ArticleEntry;
  readonly block: string;
}

const DOUBLE_MS = 330; // a second tap within this time means to look closer
const OUTSIDE = new Set<BlockEntry['role']>(['running_head', 'folio', 'advertisement']);
const HELD = 0.5; // of a block's height: so much must be seen to say that it is

/** The article that most of what is seen belongs to, and its first block that is seen; null where there is none. */
export async function underEye(context: ReaderContext): Promise<Seen | null> {
  const pages = context.stage.visiblePages();
  const entries = new Map(articlesOn(context.book.manifest, pages).map((entry) => [entry.id, entry]));
  if (!entries.size) return null;
  const files = await Promise.all(pages.map((page) => context.client.page(page).catch(() => null)));
  const seen = files.flatMap((file) => (file ? visible(context, file) : [])).filter(({ block }) => entries.has(block.article ?? ''));
  const asked = seen.find(({ block }) => block.id === context.store.state.block);
  if (asked) return { article: entries.get(asked.block.article!)!, block: asked.block.id };
  const areas = new Map<string, number>();
  for (const { block, area } of seen) areas.set(block.article!, (areas.get(block.article!) ?? 0) + area);
  const best = [...areas].sort(([, one], [, other]) => other - one)[0]?.[0];
  const first = seen.find(({ block, share }) => block.article === best && share > HELD) ?? seen.find(({ block }) => block.article === best);
  if (first) return { article: entries.get(best!)!, block: first.block.id };
  const [only] = entries.values();
  return { article: only!, block: '' };
}

/** The blocks of a page that the window shows: how much of them in pixels, and which share of them. */
function visible(context: ReaderContext, file: PageFile): { block: BlockEntry; area: number; share: number }[] {
  const page = context.element.querySelector(`.page[data-page="${file.number}"]`)?.getBoundingClientRect();
  const stage = context.element.querySelector('.reader-stage')?.getBoundingClientRect();
  if (!page || !stage) return [];
  const scale = page.width / file.width;
  return file.blocks.flatMap((block) => {
    if (OUTSIDE.has(block.role)) return [];
    const [x0, y0, x1, y1] = block.box as unknown as readonly [number, number, number, number];
    const width = Math.min(stage.right, page.left + x1 * scale) - Math.max(stage.left, page.left + x0 * scale);
    const height = Math.min(stage.bottom, page.top + y1 * scale) - Math.max(stage.top, page.top + y0 * scale);
    return width > 0 && height > 0 ? [{ block, area: width * height, share: height / ((y1 - y0) * scale) }] : [];
  });
}

/** Open the article under the eye. */
export async function openUnderEye(context: ReaderContext): Promise<void> {
  const seen = await underEye(context);
  if (seen) context.store.dispatch({ type: 'article', article: seen.article.slug, block: seen.block });
  else context.store.dispatch({ type: 'announce', text: t('No article was found on this page.'), toast: true });
}

/** Open the article whose headline was tapped, unless the tap was the first of two. */
export async function openHeadline(context: ReaderContext, event: MouseEvent): Promise<void> {
  const part = (event.target as Element).closest<HTMLElement>('.text-block[data-block]');
  const page = Number(part?.closest<HTMLElement>('.page')?.dataset.page);
  if (!part || !page) return;
  const { page: before } = context.store.state;
  const block = (await context.client.page(page)).blocks.find((each) => each.id === part.dataset.block);
  const article = block?.role === 'heading' && context.book.manifest.articles.find((each) => each.id === block.article);
  if (!block || !article) return;
  const again = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), DOUBLE_MS);
    document.addEventListener('pointerdown', () => (clearTimeout(timer), resolve(true)), { once: true, capture: true });
  });
  if ((await again) || context.store.state.page !== before || context.store.state.article) return;
  context.store.dispatch({ type: 'article', article: article.slug, block: block.id });
}
