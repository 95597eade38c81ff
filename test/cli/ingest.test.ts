import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ingestFromCommandLine } from '../../src/cli/ingest.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { put, temporaryFolder } from '../sources/folder.ts';
import { openHost } from '../sources/host.ts';
import { memory } from '../store/fixtures.ts';
import { recorder } from './terminal.ts';

/** Reads an inbox with one digest, and a feed that answers with `status`. */
async function ingest(status: number) {
  const host = await openHost((_request, response) => response.writeHead(status).end());
  const inbox = join(temporaryFolder(), 'inbox');
  put(join(inbox, 'one.jsonl'), '{"title":"Owls","abstract":"We count owls."}\n');
  const config: Config = { ...readConfig({}), sources: ['inbox', 'feeds'], inbox, feeds: [`${host.url}/feed`] };
  const { terminal, lines, notes } = recorder();
  const code = await ingestFromCommandLine(await memory(), config, [], { json: true }, terminal);
  const reports = lines.map((line) => JSON.parse(line) as { source: string });
  return { code, notes, reports: reports.sort((a, b) => b.source.localeCompare(a.source)) };
}

it('notes a source that will be tried again, which is no digest that could not be read', async () => {
  const { code, notes, reports } = await ingest(429);
  expect(reports).toMatchObject([{ source: 'inbox', new: 1 }]);
  expect(notes).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+\/feed: .* asks to be left alone for a while/)]);
  expect(code).toBe(0);
});

it('fails for a source that somebody has to mend', async () => {
  const { code, reports } = await ingest(404);
  expect(reports).toMatchObject([{ source: 'inbox' }, { layout: null, error: { line: null } }]);
  expect(code).toBe(1);
});
