import type { Version } from './version.ts';

/** Bytes that are there, or a number of them that are made when they are read. */
export type FileContent = Uint8Array | { readonly size: number };

/** An attachment as it is at this moment. */
export interface Attachment {
  /** `att` and a number. */
  readonly id: string;
  readonly kind: 'attachment';
  /** The page or blog post. */
  readonly containerId: string;
  /** The file name, as it was given, however hostile. */
  readonly title: string;
  readonly status: 'current' | 'trashed';
  readonly mediaType: string;
  readonly comment: string;
  /** By which the media server knows the bytes of this version. */
  readonly fileId: string;
  readonly content: FileContent;
  readonly authorId: string;
  readonly createdAt: string;
  readonly version: Version;
}

export function sizeOf(content: FileContent): number {
  return content instanceof Uint8Array ? content.length : content.size;
}

const chunk = Uint8Array.from({ length: 65_536 }, (_, index) => (index * 31 + (index >> 8)) & 255);

/** The bytes, in pieces, so that a big file never lies in memory as a whole. */
export function* readChunks(content: FileContent): Generator<Uint8Array> {
  if (content instanceof Uint8Array) {
    yield content;
    return;
  }
  for (let left = content.size; left > 0; left -= chunk.length) {
    yield left < chunk.length ? chunk.subarray(0, left) : chunk;
  }
}
