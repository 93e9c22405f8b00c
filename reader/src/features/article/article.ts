/** What the rest of the reader asks of the article view: the one door of this folder, and so the one file that is loaded. */

export { stop, toggle } from './aloud/session';
export { openHeadline, openUnderEye } from './eye';
export { showSpot } from './spot';
export { open } from './text_panel';
export { mountView } from './view';
