import { expect, it } from 'vitest';
import type { Digest } from '../../src/core/paper.ts';
import { readDigestOrMail } from '../../src/digests/read-digest-or-mail.ts';
import { UnreadableDigestError } from '../../src/digests/read.ts';
import { RENDER, type ShownPaper } from './documents.ts';
import { type PageLayout, readOn, renderPage } from './pages.ts';

const PAYLOADS = 10_000;
const SEED = 20_260_601;
/** Shorter than any abstract, so that no edit can put one paper's abstract whole under another's title. */
const LONGEST_EDIT = 80;
/** Shorter than any title, so that no copy makes a second paper of the same title. */
const LONGEST_COPY = 15;

const HOSTILE = [
  [
    '\n',
    '\n\n',
    '\r',
    '\0',
    '\u202e',
    '\ud83d',
    '<',
    '>',
    '&',
    '"',
    "'",
    '\\',
    '\\\\\n',
    '[',
    ']',
    '](',
    '{',
    '}',
    ',',
  ],
  ['<item>', '</item>', '<title>', '</title>', '<entry>', '<![CDATA[', ']]>', '<!--', '&lol;', '&#0;', '&#x110000;'],
  [
    '{"paper":{',
    '"title":"',
    '"summary":null,',
    '"upvotes":1e999,',
    '"id":7,',
    '### [',
    '-'.repeat(78),
    '%%--%%--%%--',
  ],
  ['\narXiv:2605.00001\n', 'Title: ', '·', '• 3 authors', 'Mar 12', 'Subscribe', '\r\n\r\n', '--x\r\n', '=\r\n', '=00'],
].flat();

/** Mulberry32: a number from 0 to below 1, the same sequence for one seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomFrom(SEED);
const upTo = (limit: number) => Math.floor(random() * limit);
const oneOf = <T>(choices: readonly T[]): T => choices[upTo(choices.length)] as T;

/** Names of papers that no small edit turns into each other. */
const NAMES = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot'];

/** Papers whose titles say which they are with `T:alpha`, and every sentence of whose abstracts with `A:alpha`. */
function makePapers(): ShownPaper[] {
  return NAMES.slice(0, 1 + upTo(NAMES.length)).map((name, n) => ({
    arxivId: `2605.${String(10_000 + n)}`,
    title: `${oneOf(['Kites', 'Seals', 'On $x<y$ &', 'Attention: a'])} Study T:${name} ${oneOf(['of Strings', 'for All', '?'])}`,
    abstract: Array.from(
      { length: 3 + upTo(6) },
      () => `We A:${name} look at ${oneOf(['kites', 'seals & a<b', 'them'])} A:${name}, and find A:${name} much.`,
    ).join(' '),
    authors: ['Ada Quill', 'Bo Marsh'].slice(upTo(2)),
    upvotes: upTo(200),
    comments: upTo(20),
  }));
}

interface Rendering {
  render: (papers: readonly ShownPaper[]) => string;
  /**
   * How much damage it can take: a page as plain text has nothing but its lines to tell what belongs together, JSON Lines
   * nothing but the names of two fields.
   */
  mostEdits: number;
}

const RENDERINGS: readonly Rendering[] = [
  ...Object.entries(RENDER).map(([name, render]) => ({ render, mostEdits: name === 'json-lines' ? 1 : 4 })),
  ...(['spaced', 'compact', 'bylines'] as const).map((layout) => {
    return { render: (papers: readonly ShownPaper[]) => page(layout, papers), mostEdits: 1 };
  }),
];

function page(layout: PageLayout, papers: readonly ShownPaper[]): string {
  const shown = papers.map(({ title, abstract, comments, authors }) => {
    return { title, abstract, comments, authorCount: authors.length, organization: null, publishedOn: '2025-12-01' };
  });
  return renderPage(layout, shown).join('\n');
}

/** Either the mail is damaged, or the document inside; one lost letter of base64 shifts all that follows. */
function mutatedMail(document: string, mostEdits: number): Buffer {
  const headers = ['From: digest@example.org', 'Date: Mon, 1 Dec 2025 07:00:00 +0000', 'Subject: Papers'];
  const type = `Content-Type: text/${oneOf(['plain', 'html'])}; charset=${oneOf(['utf-8', 'windows-1252', 'none-such'])}`;
  const head = (encoding: string) =>
    Buffer.from([...headers, type, `Content-Transfer-Encoding: ${encoding}`, '', ''].join('\r\n'));
  if (random() < 0.5) {
    const coded = mutated(Buffer.from(document), mostEdits).toString('base64').replace(/.{76}/g, '$&\r\n');
    return Buffer.concat([head('base64'), Buffer.from(coded)]);
  }
  return mutated(Buffer.concat([head(oneOf(['8bit', 'quoted-printable'])), Buffer.from(document)]), mostEdits);
}

function mutated(document: Buffer, mostEdits: number): Buffer {
  let bytes = document;
  for (let edits = 1 + upTo(mostEdits); edits > 0 && bytes.length > 0; edits -= 1) bytes = mutate(bytes);
  return bytes;
}

function mutate(bytes: Buffer): Buffer {
  const at = upTo(bytes.length);
  const length = upTo(LONGEST_EDIT);
  const edits = [
    () => [bytes.subarray(0, at), bytes.subarray(at + length)],
    () => [bytes.subarray(0, at), bytes.subarray(at, at + upTo(LONGEST_COPY)), bytes.subarray(at)],
    () => [bytes.subarray(0, at), Buffer.from(oneOf(HOSTILE)), bytes.subarray(at)],
    () => [bytes.subarray(0, at), Buffer.of(upTo(256)), bytes.subarray(at + 1)],
    () => [bytes.subarray(0, at), Buffer.from(oneOf(HOSTILE)), bytes.subarray(at + length)],
    () => [random() < 0.3 ? bytes.subarray(0, at) : bytes],
  ];
  return Buffer.concat(oneOf(edits)());
}

async function read(payload: Buffer): Promise<Digest | null> {
  try {
    return await readDigestOrMail(payload, { readOn });
  } catch (error) {
    if (!(error instanceof UnreadableDigestError)) throw error;
    expect(error.line).toBeGreaterThanOrEqual(1);
    return null;
  }
}

function marks(text: string, letter: 'T' | 'A'): Set<string> {
  return new Set(Array.from(text.matchAll(new RegExp(`${letter}:(${NAMES.join('|')})`, 'g')), ([, name = '']) => name));
}

/** Titles of which the abstract shows another paper and not theirs. */
function mispaired({ entries }: Digest): string[] {
  return entries.flatMap(({ title, abstract }) => {
    const titles = marks(title, 'T');
    const abstracts = marks(abstract ?? '', 'A');
    const shared = [...titles].some((mark) => abstracts.has(mark));
    return titles.size > 0 && abstracts.size > 0 && !shared ? [`${title} / ${abstract}`] : [];
  });
}

it(`${PAYLOADS} damaged documents of all layouts are read or refused, and nothing is paired wrongly`, async () => {
  let whole = 0;
  for (let count = 0; count < PAYLOADS; count += 1) {
    const { render, mostEdits } = oneOf(RENDERINGS);
    const document = render(makePapers());
    const payload = random() < 0.15 ? mutatedMail(document, mostEdits) : mutated(Buffer.from(document), mostEdits);
    const digest = await read(payload);
    if (!digest) continue;
    whole += 1;
    expect(mispaired(digest), payload.toString()).toEqual([]);
    for (const [index, { position, title, line }] of digest.entries.entries()) {
      expect(position).toBe(index + 1);
      expect(title.trim(), payload.toString()).not.toBe('');
      expect(line).toBeGreaterThanOrEqual(1);
    }
  }
  expect(whole).toBeGreaterThan(PAYLOADS / 3);
});
