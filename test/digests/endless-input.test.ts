import { expect, it } from 'vitest';
import { readDigestOrMail } from '../../src/digests/read-digest-or-mail.ts';
import { UnreadableDigestError } from '../../src/digests/read.ts';

const LENGTH = 500_000;
/** More than a slow machine needs, and far less than work that grows with the square. */
const MILLISECONDS = 5000;

const ADDRESS = 'https://huggingface.co/papers/2606.00683';
const MAIL = 'From: a@example.org\nSubject: Papers\nContent-Type: text/html\n\n';

/** What comes before the endless part, the parts, and what comes after it. */
const ENDLESS: readonly [name: string, before: string, parts: readonly string[], after: string][] = [
  ['the API', '[{"paper":{"id":"', ['"', '{', '[', '{"paper":{', '\\', ' ', '\n', '{"paper" '], '"}}]'],
  ['the page', '<div data-target="DailyPapers" data-props="', ['&', '&quot;', '<', ' ', '&#x'], '"></div>'],
  [
    'Markdown',
    `### [Kites](${ADDRESS})\n\n[`,
    ['[', '](', '![', '![](', '[1](', '\\', '·', '\n[', '[a](b)\n', '\\\\\n'],
    `](${ADDRESS})`,
  ],
  ['Markdown, in a title', '### [', ['[', '](', '![', '[1](', '\\', `](${ADDRESS})`], `](${ADDRESS})`],
  [
    'the mail of arXiv',
    '\\\\\narXiv:2605.00001\nTitle: Kites\nAuthors: ',
    ['(', ')', ', ', ' and ', '\n ', '\n\\\\', '\n'],
    '\n\\\\\nText.',
  ],
  ['a mail', MAIL, ['<', '<a ', '<div>', '&', '<!--', '<br>', '\n', ' ', '<p', '<pre>'], ''],
  [
    'the headers of a mail',
    'From: a@example.org\nSubject: ',
    ['a', ' ', '\n ', '=?utf-8?q?', 'a: b\n', '"', '('],
    '\n\nText',
  ],
  [
    'the parts of a mail',
    `${MAIL.replace('text/html', 'multipart/mixed; boundary=x')}--x\n`,
    ['--x\n', '--x--\n', '-', '--x\n\nText of some length, for it is a part\n'],
    '',
  ],
];

const CASES = ENDLESS.flatMap(([name, before, parts, after]) =>
  parts.map((part) => [name, part, before, after] as const),
);

it.each(CASES)(
  'half a million characters in %s, of %j, are read or refused in seconds',
  async (_, part, before, after) => {
    const document = before + part.repeat(LENGTH / part.length) + after;
    const started = performance.now();
    await readDigestOrMail(document, { readOn: '2026-06-03' }).catch((error: unknown) => {
      expect(error).toBeInstanceOf(UnreadableDigestError);
    });
    expect(performance.now() - started).toBeLessThan(MILLISECONDS);
  },
);
