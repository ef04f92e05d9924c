import { ada, carlos, mei, priya } from './people.ts';
import type { SamplePage } from './sample-page.ts';
import { emoji, link, mention, p, ul } from './storage-format.ts';

const blogpost = 'blogpost' as const;

/** Blog posts by the key of their space. */
export const blogPosts: Readonly<Record<string, readonly SamplePage[]>> = {
  ENG: [
    {
      title: 'Firmware 2.4 is out',
      kind: blogpost,
      author: mei,
      body: p(`Faster by 80 ms. ${link('Firmware releases')} has the list ${emoji('tada', '🎉')}.`),
    },
    {
      title: 'What we learned from the freezer',
      kind: blogpost,
      author: mei,
      body: p(`Grease matters more than current. Numbers: ${link('Winter lock: freezer tests')}.`),
    },
    {
      title: 'Runbooks',
      kind: blogpost,
      author: priya,
      body: p(`They moved to ${link('Runbooks', { space: 'OPS', text: 'Operations' })}.`),
    },
  ],
  OPS: [
    {
      title: 'A million rides',
      kind: blogpost,
      author: priya,
      body: p('Number 1,000,000 went from Harbour to University and took eleven minutes.'),
    },
    {
      title: 'Winter is here',
      kind: blogpost,
      author: priya,
      body: ul(`Frost: ${link('2026-01-08 Frost')}`, 'Gloves: in the van', 'Soup: Thursdays'),
    },
  ],
  HR: [
    {
      title: 'Welcome, Carlos',
      kind: blogpost,
      author: ada,
      body: p(`${mention(carlos)} will count the money. Be nice to him in December.`),
    },
  ],
};
