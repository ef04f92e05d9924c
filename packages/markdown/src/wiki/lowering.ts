import type { XmlNode } from '../storage/xml.ts';
import type { Piece, WikiMacro } from './macro-tree.ts';

/** What the readers of the parts of wiki markup call each other through. */
export interface Lowering {
  /** Paragraphs, lists, tables and the like. */
  blocks(pieces: readonly Piece[]): XmlNode[];
  /** One line of text. */
  inline(pieces: readonly Piece[]): XmlNode[];
  macro(macro: WikiMacro): XmlNode[];
}
