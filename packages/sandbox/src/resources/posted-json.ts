import type { z } from 'zod';

import { ApiError } from '../http/api-error.ts';
import type { ApiRequest } from '../http/route.ts';

/** What was posted, in the shape that the endpoint asks for; 400 for another one. */
export function readPosted<Shape extends z.ZodType>(
  { posted }: ApiRequest,
  shape: Shape,
): z.infer<Shape> {
  const read = shape.safeParse(posted);
  if (read.success) return read.data;
  throw new ApiError(400, 'INVALID_REQUEST_BODY', read.error.issues[0]?.message ?? 'Wrong body');
}
