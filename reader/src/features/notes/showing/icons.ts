/** Icons that only annotations need, from Lucide. */

import { Eraser, FileBraces, FileText, Minus, Move, Pilcrow, Plus, Redo2, Trash2, Undo2, Upload } from 'lucide-static';

export const ERASER = { svg: Eraser };
export const UNDO = { svg: Undo2, directed: true };
export const REDO = { svg: Redo2, directed: true };
export const BIN = { svg: Trash2 };
export const MOVE = { svg: Move };
export const LONGER = { svg: Plus };
export const SHORTER = { svg: Minus };
export const PARAGRAPH = { svg: Pilcrow };
export const TEXT_FILE = { svg: FileText };
export const DATA_FILE = { svg: FileBraces };
export const IMPORT = { svg: Upload };
