/** Icons that only the article view needs, from Lucide. */

import { BookOpen, Headphones, Pause, Play, SkipBack, SkipForward, Speech, X } from 'lucide-static';

export const BACK = { svg: BookOpen };
export const ALOUD = { svg: Headphones };
export const VOICE = { svg: Speech };
export const PLAY = { svg: Play, directed: true };
export const PAUSE = { svg: Pause };
export const BACKWARD = { svg: SkipBack, directed: true };
export const FORWARD = { svg: SkipForward, directed: true };
export const STOP = { svg: X };
