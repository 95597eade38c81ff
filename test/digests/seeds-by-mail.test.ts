import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectPath } from '../../src/core/root.ts';
import { readDigestOrMail } from '../../src/digests/read-digest-or-mail.ts';
import { readDigest } from '../../src/digests/read.ts';
import { escapeMarkup } from './documents.ts';

const FOLDER = projectPath('..', 'shared', 'seeds');
const names = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
const readOn = '2026-06-03';
const HEAD = 'From: digest@example.org\r\nSubject: Papers\r\nMIME-Version: 1.0\r\nContent-Type: ';

function inBase64(type: string, body: string): string {
  const coded = Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n');
  return `${HEAD}${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${coded}\r\n`;
}

describe.skipIf(names.length === 0)("the owner's pages (skipped where ../shared/seeds is absent)", () => {
  it.each(names)('%s comes out the same from a mail in text and in HTML', async (name) => {
    const page = readFileSync(`${FOLDER}/${name}`, 'utf8');
    const { entries, rejected } = readDigest(page, { readOn });
    const expected = entries.map(({ line: _line, ...entry }) => entry);
    const paragraphs = page.split(/\n\s*\n/).map((each) => `<p>${escapeMarkup(each).replaceAll('\n', '<br>')}</p>`);
    for (const mail of [inBase64('text/plain', page), inBase64('text/html', paragraphs.join('\n'))]) {
      const digest = await readDigestOrMail(mail, { readOn });
      expect(digest.entries.map(({ line: _line, ...entry }) => entry)).toEqual(expected);
      expect(digest.rejected).toHaveLength(rejected.length);
    }
  });

  it.each(names)('%s comes out the same with lines broken to a width, or is refused', async (name) => {
    const page = readFileSync(`${FOLDER}/${name}`, 'utf8');
    const broken = `${HEAD}text/plain; charset=utf-8\r\n\r\n${page.replace(/(.{1,74})(?:\s|$)/gm, '$1\n')}`;
    if (!page.includes('\n\n'))
      return expect(readDigestOrMail(broken, { readOn })).rejects.toThrow(/lines.*are broken/);
    const { entries, rejected } = await readDigestOrMail(broken, { readOn });
    const pairs = readDigest(page, { readOn }).entries.map(({ title, abstract }) => ({ title, abstract }));
    expect(rejected).toEqual([]);
    return expect(entries).toMatchObject(pairs);
  });
});
