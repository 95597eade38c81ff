import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { printGists, readInput } from '../../src/cli/gist.ts';
import { recorder } from './terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'paperboy-gist-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LINES = [
  {
    id: 'b',
    title: 'Lanterns',
    abstract: 'Storms are dark. In this paper, we propose a lantern that learns from storms.',
  },
  { id: 7, title: 'Harbours', abstract: null },
];
const document = (lines: unknown[]) => Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'));

describe('paperboy gist', () => {
  it('prints one object an abstract, in their order', () => {
    const { terminal, lines } = recorder();
    expect(printGists(document(LINES), { json: true }, terminal)).toBe(0);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { id: 'b', gist: 'We propose a lantern that learns from storms.' },
      { id: 7, gist: null },
    ]);
  });

  it('prints titles and gists for people', () => {
    const { terminal, lines, notes } = recorder();
    printGists(document(LINES), {}, terminal);
    expect(lines).toEqual([
      'Lanterns\n    We propose a lantern that learns from storms.',
      'Harbours\n    (no abstract)',
    ]);
    expect(notes).toEqual(['2 papers.']);
  });

  it('names the lines that it cannot read, and goes on', () => {
    const { terminal, lines, notes } = recorder();
    const given = Buffer.concat([Buffer.from('{"id":\n\n[1]\n{"id":"c","abstract":5}\n'), document(LINES)]);
    expect(printGists(given, { json: true }, terminal)).toBe(1);
    expect(lines).toHaveLength(2);
    expect(notes).toEqual([
      'Line 1: Expected one JSON object on the line.',
      expect.stringMatching(/^Line 3: Expected an object like/),
      expect.stringMatching(/^Line 4: Expected an object like/),
    ]);
  });

  it('needs no title, and gives back what has no id', () => {
    const { terminal, lines } = recorder();
    printGists(document([{ abstract: 'We learn to hum.' }]), { json: true }, terminal);
    expect(lines).toEqual(['{"id":null,"gist":"We learn to hum."}']);
  });

  it('reads a file, and says which one it cannot read', async () => {
    const file = join(folder, 'papers.jsonl');
    writeFileSync(file, document(LINES));
    expect(Buffer.from(await readInput(file))).toEqual(document(LINES));
    await expect(readInput(join(folder, 'none.jsonl'))).rejects.toThrow('none.jsonl cannot be read');
  });
});
