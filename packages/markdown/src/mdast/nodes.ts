import type { Paragraph, Parent, PhrasingContent, RootContent } from 'mdast';

/** The elements that Markdown has no mark for and that its readers accept as HTML. */
export type InlineTag = 'sub' | 'sup' | 'u';

/** Text inside an inline HTML element. */
export interface InlineElement extends Parent {
  readonly type: 'inlineElement';
  readonly tagName: InlineTag;
  children: PhrasingContent[];
}

/** A place that a link can point at. */
export interface Anchor {
  readonly type: 'anchor';
  readonly name: string;
}

/** The kinds of a GitHub alert. */
export type AlertKind = 'NOTE' | 'TIP' | 'IMPORTANT' | 'WARNING' | 'CAUTION';

/** A GitHub alert: https://docs.github.com/get-started/writing-on-github#alerts */
export interface Alert extends Parent {
  readonly type: 'alert';
  readonly kind: AlertKind;
  children: RootContent[];
}

/** A folded part with its always visible summary. */
export interface Details extends Parent {
  readonly type: 'details';
  readonly summary: PhrasingContent[];
  children: RootContent[];
}

/** A table that Markdown cannot write: merged cells, or blocks inside cells. */
export interface HtmlTable {
  readonly type: 'htmlTable';
  readonly rows: readonly (readonly HtmlCell[])[];
}

export interface HtmlCell {
  readonly header: boolean;
  readonly columnSpan: number;
  readonly rowSpan: number;
  readonly children: readonly RootContent[];
}

declare module 'mdast' {
  interface PhrasingContentMap {
    inlineElement: InlineElement;
    anchor: Anchor;
  }
  interface ImageData {
    /** How wide it is shown, in pixels; Markdown says it as HTML. */
    width?: number;
  }
  interface LinkData {
    /** What the source calls the target of a link without a text. */
    fallback?: string;
  }
  interface TableData {
    /** The table as the source has it: GFM knows no header column. */
    rows?: readonly (readonly HtmlCell[])[];
  }
  interface BlockContentMap {
    alert: Alert;
    details: Details;
    htmlTable: HtmlTable;
  }
  interface RootContentMap {
    inlineElement: InlineElement;
    anchor: Anchor;
    alert: Alert;
    details: Details;
    htmlTable: HtmlTable;
  }
}

/** Converted content of which it is not yet settled what becomes a paragraph. */
export type Mixed = RootContent;

const phrasingTypes = new Set<string>([
  'anchor',
  'break',
  'delete',
  'emphasis',
  'image',
  'inlineCode',
  'inlineElement',
  'link',
  'strong',
  'text',
] satisfies PhrasingContent['type'][]);

export function isPhrasing(node: Mixed): node is PhrasingContent {
  return phrasingTypes.has(node.type);
}

export function text(value: string): PhrasingContent {
  return { type: 'text', value };
}

export function paragraph(...children: PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children };
}

export function strong(...children: PhrasingContent[]): PhrasingContent {
  return { type: 'strong', children };
}
