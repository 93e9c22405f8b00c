/** The keys of the reader, as the help sheet lists them. */

import { mark } from '../../strings';

/** Groups of [keys, what they do]; the sentences are English, ask t(). */
export const KEYS: readonly { readonly name: string; readonly rows: readonly (readonly [keys: readonly string[], does: string])[] }[] = [
  {
    name: mark('Turning'),
    rows: [
      [['→', 'PgDn', 'Space'], mark('Next page')],
      [['←', 'PgUp'], mark('Previous page')],
      [['Home'], mark('First page')],
      [['End'], mark('Last page')],
    ],
  },
  {
    name: mark('Looking closer'),
    rows: [
      [['+'], mark('Zoom in')],
      [['−'], mark('Zoom out')],
      [['0'], mark('Whole page')],
      [['F'], mark('Full screen')],
    ],
  },
  {
    name: mark('Finding'),
    rows: [
      [['/', 'Ctrl F'], mark('Search')],
      [['F3', 'Enter'], mark('Next hit')],
      [['Shift F3'], mark('Previous hit')],
      [['C'], mark('Contents')],
      [['P'], mark('Pages')],
      [['E'], mark('Other editions')],
      [['R'], mark('Share')],
      [['K'], mark('Comments')],
      [['O'], mark('Cart')],
      [['W'], mark('Keep on this device')],
    ],
  },
  {
    name: mark('Reading articles'),
    rows: [
      [['A'], mark('Read as an article, or back to the page')],
      [['→'], mark('Next article')],
      [['←'], mark('Previous article')],
      [['+', '−'], mark('Larger or smaller text')],
      [['T'], mark('Set the text')],
    ],
  },
  {
    name: mark('Bookmarks, highlights, notes'),
    rows: [
      [['B'], mark('Bookmark the page, or take the bookmark away')],
      [['H'], mark('Highlight the selected words, or choose words by keys')],
      [['N'], mark('Add a note')],
      [['D'], mark('Draw on the page')],
      [['M'], mark('My notes')],
    ],
  },
  {
    name: mark('Reading aloud'),
    rows: [
      [['L'], mark('Read aloud, pause, go on')],
      [['.'], mark('Next sentence')],
      [[','], mark('Previous sentence')],
      [['Shift L'], mark('Stop reading aloud')],
    ],
  },
  {
    name: mark('More'),
    rows: [
      [['S'], mark('Settings')],
      [['Ctrl P'], mark('Print')],
      [['?'], mark('Help')],
      [['Esc'], mark('Close what is open')],
    ],
  },
];
