import type { ApiRequest } from '../http/route.ts';
import type { Comment } from '../site/comment.ts';
import type { Content } from '../site/content.ts';
import { bodyJson, partVersionJson } from './content-json.ts';
import { webui } from './links.ts';

/** Where a person reads it, below `/wiki`. */
export function commentWebui({ site }: ApiRequest, comment: Comment, container: Content): string {
  return `${webui(site, container)}?focusedCommentId=${comment.id}`;
}

/** The names with hyphens are undocumented, but they are there. */
function anchorJson({ anchor }: Comment): object {
  if (anchor === undefined) return {};
  const properties = {
    inlineMarkerRef: anchor.markerRef,
    inlineOriginalSelection: anchor.selection,
    'inline-marker-ref': anchor.markerRef,
    'inline-original-selection': anchor.selection,
  };
  return { properties };
}

function resolutionJson({ site }: ApiRequest, comment: Comment): object {
  const { changed } = site.comments.rootOf(comment).resolution;
  return {
    resolutionStatus: site.comments.statusOf(comment),
    ...(changed === undefined
      ? {}
      : { resolutionLastModifierId: changed.byId, resolutionLastModifiedAt: changed.at }),
  };
}

/** A comment as v2 lists it, footer comments with a resolution too, as the service does. */
export function commentJson(request: ApiRequest, comment: Comment, format: string | null): object {
  const container = request.site.contents.get(comment.containerId);
  const storage = (): string => comment.body;
  return {
    id: comment.id,
    status: 'current',
    title: `Re: ${container.title}`,
    ...(comment.parentId === null ? {} : { parentCommentId: comment.parentId }),
    version: partVersionJson(comment.version),
    ...resolutionJson(request, comment),
    ...(format === null ? {} : { body: bodyJson(request, { holder: container, storage }, format) }),
    ...anchorJson(comment),
    _links: { webui: commentWebui(request, comment, container) },
  };
}
