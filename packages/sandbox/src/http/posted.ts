import type { IncomingMessage } from 'node:http';

/** What was posted, read as JSON; `undefined` for nothing and for what is no JSON. */
export async function readPosted(incoming: IncomingMessage): Promise<unknown> {
  if (incoming.method !== 'POST') return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined; // The endpoint says what it expects.
  }
}
