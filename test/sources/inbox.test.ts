import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { inboxSource } from '../../src/sources/inbox.ts';
import { put, temporaryFolder, tree } from './folder.ts';

/** What waits in the inbox; `whileWaiting` happens when the source waits for fresh files. */
async function open(folder: string, whileWaiting: (milliseconds: number) => void = () => {}) {
  const wait = (milliseconds: number) => Promise.resolve(whileWaiting(milliseconds));
  return inboxSource({ folder, limit: 1000, clock: () => new Date(), wait }).documents();
}

async function readAll(folder: string, whileWaiting?: (milliseconds: number) => void) {
  const documents = await open(folder, whileWaiting);
  const bytes = await Promise.all(documents.map((document) => document.read()));
  return documents.map((document, index) => ({ ...document, bytes: bytes[index] }));
}

const fault = { line: 7, reason: 'Expected a title.' };

describe('the inbox', () => {
  it('is made where it is missing', async () => {
    const folder = join(temporaryFolder(), 'deep', 'inbox');
    expect(await open(folder)).toEqual([]);
    expect(existsSync(join(folder, 'done')) && existsSync(join(folder, 'unreadable'))).toBe(true);
  });

  it('gives its files in the order of names, without hidden and unfinished ones and its own folders', async () => {
    const folder = temporaryFolder();
    for (const name of ['b', 'a', '.c', 'd.part', 'done/e', 'unreadable/f']) put(join(folder, name), name);
    expect((await open(folder)).map(({ origin }) => origin)).toEqual(['a', 'b']);
  });

  it('moves what was read to done, and never over another file', async () => {
    const folder = temporaryFolder();
    for (const text of ['first', 'second', 'third']) {
      put(join(folder, 'page.txt'), text);
      const [document] = await readAll(folder);
      expect(await document?.done()).toBeNull();
    }
    expect(tree(folder)).toEqual(['done/page-2.txt', 'done/page-3.txt', 'done/page.txt']);
    expect(readFileSync(join(folder, 'done/page.txt'), 'utf8')).toBe('first');
    expect(readFileSync(join(folder, 'done/page-3.txt'), 'utf8')).toBe('third');
  });

  it('moves what cannot be read intact to unreadable, beside the reason', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'page.txt'), Buffer.from([0, 255, 10]));
    const [document] = await readAll(folder);
    expect(await document?.refuse(fault)).toBeNull();
    expect(tree(folder)).toEqual(['unreadable/page.txt', 'unreadable/page.txt.reason.txt']);
    expect([...readFileSync(join(folder, 'unreadable/page.txt'))]).toEqual([0, 255, 10]);
    const note = readFileSync(join(folder, 'unreadable/page.txt.reason.txt'), 'utf8');
    for (const part of ['page.txt', 'line 7', 'Expected a title.', 'put it back']) expect(note).toContain(part);
  });

  it('waits for a fresh file to settle and then reads it', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'fresh.txt'), 'whole', 500);
    const waits: number[] = [];
    const [document] = await readAll(folder, (milliseconds) => waits.push(milliseconds));
    expect(document?.bytes).toHaveLength(5);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThan(1000);
    expect(waits[0]).toBeLessThanOrEqual(1500);
  });

  it('does not wait for files that settled long ago', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'old.txt'), 'whole');
    const waits: number[] = [];
    expect(await readAll(folder, (milliseconds) => waits.push(milliseconds))).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('waits two seconds at most for a file dated in the future', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'future.txt'), 'whole', -86_400_000);
    const waits: number[] = [];
    const [document] = await readAll(folder, (milliseconds) => waits.push(milliseconds));
    expect(waits).toEqual([2000]);
    expect(document?.bytes).toHaveLength(5);
  });

  it('leaves a file that is still growing for the next round, and reads the others', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'growing.txt'), 'half', 100);
    put(join(folder, 'old.txt'), 'whole');
    const documents = await readAll(folder, () => appendFileSync(join(folder, 'growing.txt'), ' more'));
    expect(documents.map(({ origin, bytes }) => [origin, bytes?.length ?? null])).toEqual([
      ['growing.txt', null],
      ['old.txt', 5],
    ]);
  });

  it('leaves a file that changed after it was read, so that nothing written late is lost', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'page.txt'), 'half');
    const [document] = await readAll(folder);
    appendFileSync(join(folder, 'page.txt'), ' and the rest');
    expect(await document?.done()).toBeNull();
    expect(await document?.refuse(fault)).toBeNull();
    expect(tree(folder)).toEqual(['page.txt']);
  });

  it('passes over a file that another process took', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'a.txt'), 'a');
    put(join(folder, 'b.txt'), 'b');
    const [a, b] = await open(folder);
    rmSync(join(folder, 'a.txt'));
    expect(await a?.read()).toBeNull();
    expect(await b?.read()).toHaveLength(1);
    rmSync(join(folder, 'b.txt'));
    expect(await b?.done()).toBeNull();
    expect(tree(folder)).toEqual([]);
  });

  it.each([
    ['a folder', 'sub', /This is a folder/],
    ['a link', 'link.txt', /This is a link/],
    ['a file above the limit', 'large.txt', /limit/],
  ])('refuses %s in words', async (_, name, reason) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    put(join(folder, 'sub', 'target.txt'), 'text');
    symlinkSync('sub/target.txt', join(folder, 'link.txt'));
    put(join(folder, 'large.txt'), 'x'.repeat(1001));
    const document = (await open(folder)).find(({ origin }) => origin === name);
    await expect(document?.read()).rejects.toThrow(UserError);
    await expect(document?.read()).rejects.toThrow(reason);
    expect(await document?.refuse({ line: null, reason: 'r' })).toBeNull();
    expect(existsSync(join(folder, name))).toBe(name !== 'large.txt');
  });

  it('says so when a file cannot be moved', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'page.txt'), 'text');
    const [document] = await readAll(folder);
    rmSync(join(folder, 'done'), { recursive: true });
    put(join(folder, 'done'), 'a file in the way');
    expect(await document?.done()).toMatch(/stays in the inbox.*cannot be moved/);
    expect(existsSync(join(folder, 'page.txt'))).toBe(true);
  });

  it.skipIf(process.getuid?.() === 0)('refuses a file that it may not read, and says so', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'secret.txt'), 'text');
    chmodSync(join(folder, 'secret.txt'), 0);
    const [document] = await open(folder);
    await expect(document?.read()).rejects.toThrow(/Permission denied/);
  });

  it('that cannot be made is named, with what to do', async () => {
    const folder = temporaryFolder();
    put(join(folder, 'file'), 'in the way');
    await expect(open(join(folder, 'file', 'inbox'))).rejects.toThrow(/inbox .* cannot be used.*PAPERBOY_INBOX/);
  });
});
