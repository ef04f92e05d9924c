import type { Database } from '../state/database.ts';
import { markAllFiles } from '../state/mark-files.ts';
import type { Session } from '../state/session.ts';
import { firstSentence } from './markdown-text.ts';

/**
 * Raise it when files come out differently from the same database: front matter, links, indexes, first
 * sentences. The first run of the new version then writes every file again that differs. What a
 * connector makes of its documents has a number of its own, `renderVersion`.
 */
export const rendering = 1;

const bodiesPerLook = 500;

/** Marks every file for writing when another version's rendering made them. */
export function renderAnew({ database, lock }: Session): void {
  const made = database.get<{ number: number }>('SELECT number FROM rendering')?.number;
  if (made === rendering) return;
  lock.transaction(() => {
    if (made !== undefined) {
      summarizeAnew(database);
      markAllFiles(database);
    }
    database.run('INSERT OR REPLACE INTO rendering(one, number) VALUES(1, ?)', rendering);
  });
}

/** First sentences are stored beside the text they are of. */
function summarizeAnew(database: Database): void {
  for (let last: number | undefined = 0; last !== undefined;) {
    const bodies: { item: number; markdown: string }[] = database.all(
      'SELECT item, markdown FROM bodies WHERE item > ? ORDER BY item LIMIT ?',
      last,
      bodiesPerLook,
    );
    database.run(
      `UPDATE items SET summary = given.value ->> 1
       FROM json_each(?) AS given WHERE items.id = given.value ->> 0`,
      JSON.stringify(bodies.map(({ item, markdown }) => [item, firstSentence(markdown)])),
    );
    last = bodies.at(-1)?.item;
  }
}
