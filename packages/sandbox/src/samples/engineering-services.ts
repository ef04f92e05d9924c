import { carlos, mateusz, mei, priya } from './people.ts';
import type { SamplePage } from './sample-page.ts';
import {
  a,
  code,
  expand,
  h,
  image,
  link,
  macro,
  mention,
  ol,
  p,
  panel,
  plainMacro,
  table,
  ul,
} from './storage-format.ts';

const rides: SamplePage = {
  title: 'Ride service',
  author: mateusz,
  body:
    p(`Starts and ends rides. Owner: ${mention(mateusz)}.`) +
    h(2, 'Life of a ride') +
    image('ride states.png', 'Requested, unlocked, riding, docked') +
    ol(
      `<p>The app asks to unlock.</p>${ul('with a code from the dock, or', 'by distance, under 3 m')}`,
      `The ${link('Lock gateway')} opens the lock.`,
      'The next dock that sees the bike ends the ride.',
    ) +
    h(2, 'Storage') +
    code(
      'sql',
      "SELECT id, ended_at - started_at AS length\n  FROM ride\n WHERE ended_at IS NULL -- ghost rides\n   AND started_at < now() - interval '6 hours';",
    ) +
    panel(
      'note',
      `A ride without an end is a ${link('Ghost rides', { space: 'OPS', text: 'ghost ride' })}.`,
    ),
  children: [
    {
      title: 'Ride service API',
      author: mateusz,
      body:
        table(
          ['Call', 'Answers', 'Limit'],
          ['<code>POST /rides</code>', '201, 409 when riding', '5 / min'],
          [
            '<code>GET /rides/{id}</code>',
            '200, 404',
            '<td rowspan="2"><p>100 / s, shared</p></td>',
          ],
          ['<code>DELETE /rides/{id}</code>', '204'],
        ) +
        code('json', '{ "bike": "B-1042", "from": { "dock": 17 }, "tags": ["<test>", "a&b"] }') +
        code('xml', '<ride><![CDATA[raw]]></ride>', 'The old clients send this'),
    },
    {
      title: 'Pricing',
      author: carlos,
      body:
        p('A ride of <em>t</em> minutes costs:') +
        plainMacro('mathblock', {}, 'c(t) = 1 + 0.15 \\max(0, t - 10)') +
        p(`Prices are decided in ${link('Decision: price per minute')}.`),
    },
  ],
};

const locks: SamplePage = {
  title: 'Lock gateway',
  author: mei,
  body:
    p(
      `Talks to 3,200 locks over LTE-M. Runs in two zones. ${a('https://status.example.com/locks', 'Status')}`,
    ) +
    macro('drawio', { diagramName: 'lock gateway', simpleViewer: 'false', width: '900' }) +
    h(2, 'Messages') +
    plainMacro(
      'noformat',
      {},
      'AT+UNLOCK=1042,7f3a\n      OK   (in 400 ms)\n   ERROR 7  = frozen',
    ) +
    macro(
      'panel',
      { title: 'Rule of thumb', bgColor: '#E3FCEF' },
      p('If the lock is silent for an hour, somebody has to cycle there.'),
    ),
  children: [
    {
      title: 'Lock error codes',
      author: mei,
      body: table(
        ['Code', 'Meaning', 'What to do'],
        ['3', 'Low battery', link('Swap a battery', { space: 'OPS' })],
        ['7', 'Frozen', `${link('Winter lock')} will help`],
        ['9', 'Somebody is pulling', 'Wait. Then ask them to stop.'],
      ),
    },
    {
      title: 'Firmware releases',
      author: mei,
      body:
        macro('toc') +
        h(2, '2.4.0') +
        ul('Opens 80 ms faster', 'Sleeps at night') +
        h(2, '2.3.1') +
        ul('Fixes the beep') +
        p(
          'Binary: <ac:link><ri:attachment ri:filename="lock-2.4.0.bin" /><ac:plain-text-link-body><![CDATA[lock-2.4.0.bin]]></ac:plain-text-link-body></ac:link>',
        ),
      children: [
        {
          title: 'How to flash a lock',
          author: mei,
          body:
            panel('warning', 'Not in the rain.') +
            ol('Hold the button.', 'Count to five.', 'Run the tool:') +
            code('python', 'for lock in found:\n    lock.flash("lock-2.4.0.bin")  # 40 s each') +
            expand('It does not answer', ul('Cable', 'Battery', `Ask ${mention(mei)}`)),
        },
      ],
    },
  ],
};

export const engineeringServices: SamplePage = {
  title: 'Services',
  body: p('One page for each thing that can wake somebody up.') + macro('children', { depth: '2' }),
  children: [
    rides,
    locks,
    {
      title: 'RUNBOOKS',
      author: priya,
      body: p(`Moved to ${link('Runbooks', { space: 'OPS' })}. This page stays for old links.`),
    },
  ],
};
