import type { Version } from './version.ts';

/** Where an inline comment hangs in its page. */
interface Anchor {
  readonly selection: string;
  /** The `ac:ref` of the marker in the body. */
  readonly markerRef: string;
}

export interface Resolution {
  readonly status: 'open' | 'reopened' | 'resolved';
  /** Who changed the status last, and when; absent while nobody did. */
  readonly changed: { readonly byId: string; readonly at: string } | undefined;
}

/** A comment or a reply to one, as it is at this moment. */
export interface Comment {
  readonly id: string;
  readonly kind: 'comment';
  readonly location: 'footer' | 'inline';
  /** The page or blog post. */
  readonly containerId: string;
  /** The comment that it replies to. */
  readonly parentId: string | null;
  readonly authorId: string;
  readonly createdAt: string;
  readonly version: Version;
  /** Storage format. */
  readonly body: string;
  /** Only of inline comments; a reply has that of its thread. */
  readonly anchor: Anchor | undefined;
  readonly resolution: Resolution;
}
