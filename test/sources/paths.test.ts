import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { pathsSource } from '../../src/sources/paths.ts';
import { put, temporaryFolder, tree } from './folder.ts';

it('of a folder every finished file is read, in the order of names, and none of its folders', async () => {
  const folder = temporaryFolder();
  for (const name of [
    'b.txt',
    'a.txt',
    'C',
    'done/x.txt',
    '.hidden',
    'x.part',
    'x.TMP',
    'x.txt~',
    'x.crdownload',
    'x.txt.reason.txt',
  ]) {
    put(join(folder, name), name);
  }
  const documents = await pathsSource([folder], 100).documents();
  expect(documents.map(({ origin }) => origin)).toEqual(['C', 'a.txt', 'b.txt']);
  expect(documents[1]?.file).toBe(join(folder, 'a.txt'));
  expect(Buffer.from((await documents[1]?.read()) ?? []).toString()).toBe('a.txt');
});

it('a file named by itself is read whatever its name, through links too, and stays where it is', async () => {
  const folder = temporaryFolder();
  put(join(folder, '.hidden.tmp'), 'text');
  symlinkSync('.hidden.tmp', join(folder, 'link'));
  const documents = await pathsSource([join(folder, '.hidden.tmp'), join(folder, 'link')], 100).documents();
  for (const document of documents) {
    expect(await document.read()).toHaveLength(4);
    expect(await document.done()).toBeNull();
    expect(await document.refuse({ line: 1, reason: 'r' })).toBeNull();
  }
  expect(documents).toHaveLength(2);
  expect(tree(folder)).toEqual(['.hidden.tmp', 'link']);
});

it.each([
  ['is not there', 'missing.txt', /no such file/],
  ['is larger than the limit', 'large.txt', /0\.3 MB.*limit is 0\.2 MB/],
  ['is a link to nothing', 'dangling.txt', /no such file/],
])('a file that %s is refused in words', async (_, name, reason) => {
  const folder = temporaryFolder();
  put(join(folder, 'large.txt'), 'x'.repeat(250_001));
  symlinkSync('nowhere', join(folder, 'dangling.txt'));
  const [document] = await pathsSource([join(folder, name)], 200_000).documents();
  await expect(document?.read()).rejects.toThrow(UserError);
  await expect(document?.read()).rejects.toThrow(reason);
});

it('an empty folder holds no documents', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  expect(await pathsSource([folder], 100).documents()).toEqual([]);
});
