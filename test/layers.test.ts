import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectPath } from '../src/core/root.ts';

const copy = mkdtempSync(join(tmpdir(), 'paperboy-layers-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));
symlinkSync(projectPath('.oxlintrc.json'), join(copy, '.oxlintrc.json'));

/** What the linter says of a file at `path` that imports `target`. */
function lint(path: string, target: string): string {
  const file = join(copy, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `import { thing } from '${target}';\nexport const copied = thing;\n`);
  try {
    const oxlint = projectPath('node_modules', '.bin', 'oxlint');
    return execFileSync(oxlint, ['--config', '.oxlintrc.json', path], { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return String((error as { stdout: unknown }).stdout);
  }
}

describe('imports go one way', () => {
  it.each([
    ['src/core/planted.ts', '../store/papers.ts'],
    ['src/store/planted.ts', '../sources/inbox.ts'],
    ['src/search/planted.ts', '../discord/client.ts'],
    ['src/search/planted.ts', '../ingest/ingest.ts'],
    ['src/summaries/planted.ts', '../outbox/worker.ts'],
    ['src/topics/planted.ts', '../outbox/worker.ts'],
    ['src/discord/planted.ts', '../../commands/search.ts'],
    ['src/preview/planted.ts', '../store/database.ts'],
    ['src/http/planted.ts', '../cli/start/start.ts'],
    ['commands/planted.ts', '../src/http/server.ts'],
    ['commands/planted.ts', '../src/main.ts'],
  ])('%s may not import %s', (path, target) => {
    expect(lint(path, target)).toContain('no-restricted-imports');
  });

  it.each([
    ['src/store/planted.ts', '../core/paper.ts'],
    ['src/discord/planted.ts', '../search/result.ts'],
    ['commands/planted.ts', '../src/discord/command.ts'],
    ['src/http/planted.ts', '../discord/dispatch.ts'],
  ])('%s may import %s', (path, target) => {
    expect(lint(path, target)).not.toContain('no-restricted-imports');
  });
});
