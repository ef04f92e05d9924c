import { ApiError } from '../http/api-error.ts';

/** A query that Confluence cannot read. */
export function badQuery(message: string): ApiError {
  return new ApiError(400, 'BAD_REQUEST', `Could not parse cql : ${message}`);
}
