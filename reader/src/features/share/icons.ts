/** Icons that only sharing needs, from Lucide. The networks have none: their marks are theirs. */

import { Copy, ExternalLink, Mail, Smartphone } from 'lucide-static';

export const COPY = { svg: Copy };
export const MAIL = { svg: Mail };
export const DEVICE = { svg: Smartphone };
export const OUTSIDE = { svg: ExternalLink, directed: true };
