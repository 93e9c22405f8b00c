/** The panel of comments: those on the article that is read, else those on the whole edition. */

import type { ReaderContext } from '../../store/context';
import { element } from '../../ui/dom';
import { partAddress } from '../../ui/comments';
import type { Panel } from '../../ui/panels';
import { fill } from './comments';

/** Open the panel for what is read now. */
export async function open(context: ReaderContext): Promise<Panel> {
  const content = element('div', { class: 'panel-comments' });
  let shown = context.store.state.article;
  await fill(context, content, partAddress(context, shown));
  return {
    content,
    update: (state) => {
      if (state.article === shown) return;
      shown = state.article;
      void fill(context, content, partAddress(context, shown));
    },
  };
}
