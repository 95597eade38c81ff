import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { redact } from '../src/core/log.ts';
import { projectPath } from '../src/core/root.ts';

const read = (path: string): string => readFileSync(projectPath(path), 'utf8');

/** The instructions of the Dockerfile, each on one line. */
const instructions = read('Dockerfile')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));

/** What the Dockerfile copies from the project, and not from an earlier stage. */
const copied = instructions
  .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
  .flatMap((line) => line.split(' ').slice(1, -1));

/** Files in git that get into an image. */
function filesOf(paths: string[]): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--', ...paths], { cwd: projectPath(), encoding: 'utf8' });
  return listed.split('\0').filter((path) => path && existsSync(projectPath(path)));
}

describe('the image', () => {
  it('is made of nothing but what is named', () => {
    const rules = read('.dockerignore')
      .split('\n')
      .filter((line) => line && !line.startsWith('#'));
    expect(rules[0]).toBe('*');
    const allowed = rules.flatMap((rule) => (rule.startsWith('!') ? [rule.slice(1)] : []));
    for (const path of allowed) expect(existsSync(projectPath(path)), path).toBe(true);
    expect(rules.indexOf('data/*')).toBeGreaterThan(rules.indexOf('!data'));
    for (const path of copied) expect(allowed).toContain(path);
    expect(copied).not.toContain('data');
  });

  it.skipIf(!existsSync(projectPath('.git')))('has no secret in any file', () => {
    const files = filesOf(copied);
    expect(files.length).toBeGreaterThan(100);
    const suspicious = files.filter((path) => {
      // Addresses that show where a password goes.
      const text = read(path).replace(/:(?:password|secret)@/gi, '@');
      return redact(text) !== text;
    });
    expect(suspicious).toEqual([]);
  });

  it('is told no secret while it is built', () => {
    const given = instructions.filter((line) => /^(?:ARG|ENV) /.test(line));
    expect(given.join('\n')).not.toMatch(/token|password|secret|key/i);
  });

  it('does not run as root, says whether it is well, and ends as Docker asks', () => {
    const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last).toContain('USER node');
    expect(last).toContain('STOPSIGNAL SIGTERM');
    expect(last.some((line) => line.startsWith('HEALTHCHECK ') && line.includes('/healthz'))).toBe(true);
    expect(last).toContain('ENTRYPOINT ["node", "/app/dist/src/main.js"]');
  });
});

interface Service {
  environment: Record<string, string>;
  ports?: string[];
  command?: string[];
  restart?: string;
  user?: string;
}

describe('compose.yaml', () => {
  const { services } = parse(read('compose.yaml'), { merge: true }) as { services: Record<string, Service> };

  it('takes the password of the database from .env, and does not start without one', () => {
    expect(services['database']?.environment['POSTGRES_PASSWORD']).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
    for (const name of ['paperboy', 'ingest', 'sender']) {
      const { DATABASE_URL } = services[name]?.environment ?? {};
      expect(DATABASE_URL).toMatch(/^postgres:\/\/paperboy:\$\{POSTGRES_PASSWORD:\?[^}]+\}@database\/paperboy$/);
    }
  });

  it('publishes nothing beyond this machine', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:8080:8080']);
  });

  it('starts again what ended', () => {
    for (const [name, { restart }] of Object.entries(services)) expect(restart, name).toBe('unless-stopped');
  });
});

describe('the systemd unit', () => {
  const unit = read('deploy/paperboy.service');

  it('runs as a user of its own who may write to one folder', () => {
    expect(unit).toContain('\nUser=paperboy\n');
    expect(unit).toContain('\nProtectSystem=strict\n');
    expect(unit).toContain('\nStateDirectory=paperboy\n');
  });

  it('has no secret', () => {
    expect(unit).not.toMatch(/^Environment=/m);
    expect(redact(unit)).toBe(unit);
  });
});
