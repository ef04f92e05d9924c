/** A request that the API refuses. The server writes it in the form of the API's version. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, title: string) {
    super(title);
    this.status = status;
    this.code = code;
  }
}

/** A parameter that cannot be read, as v2 says it. */
export function invalidParameter(name: string, value: string): ApiError {
  return new ApiError(
    400,
    'INVALID_REQUEST_PARAMETER',
    `Provided value {${value}} for '${name}' is not the correct type or out of range.`,
  );
}

/** Something that is not there or hidden: v2 does not tell them apart. */
export function notFound(kind: string, id: string): ApiError {
  return new ApiError(404, 'NOT_FOUND', `Cannot find a ${kind} with id [${id}]`);
}

/** The body of an error answer: `errors` in v2, `message` in v1. */
export function errorBody(path: string, error: ApiError): object {
  if (path.includes('/api/v2/')) {
    const { status, code, message: title } = error;
    return { errors: [{ status, code, title, detail: null }] };
  }
  return {
    statusCode: error.status,
    data: { authorized: error.status !== 403, valid: true, errors: [], successful: false },
    message: `com.atlassian.confluence.api.service.exceptions: ${error.message}`,
  };
}
