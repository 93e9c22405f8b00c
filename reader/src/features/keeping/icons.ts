/** Icons that only keeping needs, from Lucide. */

import { Trash2 } from 'lucide-static';

export const REMOVE = { svg: Trash2 };
