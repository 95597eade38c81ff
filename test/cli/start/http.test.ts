import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { projectPath } from '../../../src/core/root.ts';
import { servedRoles } from '../../../src/cli/start/http.ts';
import { parseRoles } from '../../../src/cli/start/roles.ts';
import { type Preview, startPreview } from '../../../src/preview/preview.ts';
import { SEED } from '../../../src/preview/seed.ts';
import { buttonOf, embedOf } from '../../e2e/bot.ts';
import { temporaryFolder } from '../../sources/folder.ts';

const KEY = 'a'.repeat(64);

it('has the role http only where its port and key are set, and says so where it is asked for by name', () => {
  const roles = (environment: Record<string, string>, only?: string) =>
    [...servedRoles(parseRoles(only), readConfig({ DISCORD_TOKEN: 'x', ...environment }), only !== undefined)].join();
  const both = { DISCORD_PUBLIC_KEY: KEY, PAPERBOY_HTTP_PORT: '0' };
  expect(roles(both)).toBe('gateway,http,ingest,sender');
  expect(roles(both, 'http')).toBe('http');
  expect(roles({})).toBe('gateway,ingest,sender');
  expect(roles({ PAPERBOY_HTTP_PORT: '0' })).toBe('gateway,ingest,sender');
  expect(() => roles({ PAPERBOY_HTTP_PORT: '0' }, 'sender,http')).toThrow(
    /^--only http needs DISCORD_PUBLIC_KEY in .env/,
  );
  expect(() => roles({}, 'http')).toThrow(/DISCORD_PUBLIC_KEY and PAPERBOY_HTTP_PORT/);
});

function launch(
  preview: Preview,
  folder: string,
  args: string[],
  environment: Record<string, string> = {},
): ChildProcess {
  const child = spawn(process.execPath, [projectPath('dist', 'src', 'main.js'), ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: preview.token,
      DISCORD_API_URL: preview.apiUrl,
      DISCORD_PUBLIC_KEY: preview.endpoint.publicKey,
      PAPERBOY_HTTP_PORT: '0',
      PAPERBOY_SOURCES: 'inbox',
      DATABASE_URL: `sqlite:${join(folder, 'archive.db')}`,
      ...environment,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The address at which a process says that it answers. */
async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const found = /answers at (\S+)\/interactions\./.exec(line);
    if (found?.[1]) return found[1];
  }
  throw new Error(await text(child.stderr!));
}

it('answers in several processes without the gateway: what one began another goes on with', async () => {
  const preview = await startPreview({ port: 0 });
  onTestFinished(() => preview.close());
  const folder = temporaryFolder();
  await once(launch(preview, folder, ['ingest', projectPath('data', 'samples')]), 'close');
  const children = [0, 1].map(() => launch(preview, folder, ['start', '--only', 'http']));
  const ends = children.map((child) => once(child, 'close'));
  const [one = '', other = ''] = await Promise.all(children.map(addressOf));

  await preview.endpoint.use(`${one}/interactions`);
  const first = await preview.user.command(SEED.papers, 'search', { query: 'models' });
  expect(embedOf(first).footer?.text).toMatch(/^Page 1 of/);
  await preview.endpoint.use(`${other}/interactions`);
  const second = await preview.user.press(first, buttonOf(first, 'Next ›'));
  expect(second.id).toBe(first.id);
  expect(embedOf(second).footer?.text).toMatch(/^Page 2 of/);
  expect(preview.requests.map(({ path }) => path)).not.toContain('/gateway/bot');

  for (const address of [one, other]) {
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${address}/readyz`)).json()).toEqual({ ready: true, reasons: [] });
  }
  const metrics = await (await fetch(`${one}/metrics`)).text();
  expect(metrics).toContain('paperboy_interaction_first_answer_seconds_count{command="search",outcome="answered"} 1');
  expect(metrics).toMatch(/^paperboy_index_papers [1-9]\d+$/m);

  for (const child of children) child.kill('SIGTERM');
  for (const end of ends) expect((await end)[0]).toBe(0);
});

it('does not start with the key of another application', async () => {
  const preview = await startPreview({ port: 0 });
  onTestFinished(() => preview.close());
  const child = launch(preview, temporaryFolder(), ['start', '--only', 'http'], { DISCORD_PUBLIC_KEY: KEY });
  const [err, [code]] = await Promise.all([text(child.stderr!), once(child, 'close')]);
  expect(code).toBe(1);
  expect(err).toMatch(/^DISCORD_PUBLIC_KEY is not the public key of Paperboy\./);
});
