import type { ConfluenceSandbox } from '../index.ts';

export interface ClientAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests read answers of many shapes; what they expect of them is the test.
  readonly body: Record<string, unknown>;
}

/** Sends the good credentials to a path below `/wiki`, or to any path that begins with `/wiki`. */
export async function get(
  sandbox: ConfluenceSandbox,
  path: string,
  headers: Record<string, string> = authorization(sandbox),
): Promise<ClientAnswer> {
  return readAnswer(await fetch(urlOf(sandbox, path), { headers }));
}

/** Posts JSON with the good credentials. */
export async function post(
  sandbox: ConfluenceSandbox,
  path: string,
  json: object,
): Promise<ClientAnswer> {
  const headers = { ...authorization(sandbox), 'content-type': 'application/json' };
  const body = JSON.stringify(json);
  return readAnswer(await fetch(urlOf(sandbox, path), { method: 'POST', headers, body }));
}

function urlOf(sandbox: ConfluenceSandbox, path: string): URL {
  return new URL(path.startsWith('/wiki/') ? path : `/wiki${path}`, sandbox.url);
}

export async function readAnswer(answer: Response): Promise<ClientAnswer> {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json');
  const body = isJson ? JSON.parse(text) : { text };
  return { status: answer.status, headers: answer.headers, body };
}

export function authorization({
  username,
  token,
}: Pick<ConfluenceSandbox, "username" | "token">): Record<string, string> {
  return { authorization: `Basic ${btoa(`${username}:${token}`)}` };
}

export type Row = Record<string, unknown> & { id: string; title: string };

export function rowsOf(answer: ClientAnswer): Row[] {
  return answer.body['results'] as Row[];
}

export function nextOf(answer: ClientAnswer): string | undefined {
  return (answer.body['_links'] as { next?: string }).next;
}

/** All rows of a v2 list. */
export async function getAll(sandbox: ConfluenceSandbox, path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const answer: ClientAnswer = await get(sandbox, next);
    rows.push(...rowsOf(answer));
    next = nextOf(answer);
  }
  return rows;
}
