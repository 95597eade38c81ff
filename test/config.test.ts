import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { environmentNames, readConfig } from '../src/config.ts';
import { projectPath } from '../src/core/root.ts';

describe('readConfig', () => {
  it('needs nothing: an empty environment runs the preview on its own database', () => {
    expect(readConfig({})).toMatchObject({ token: null, databaseUrl: 'sqlite:data/preview.db', timezone: 'UTC' });
  });

  it('keeps a bot apart from the samples of the preview', () => {
    expect(readConfig({ DISCORD_TOKEN: 'x' }).databaseUrl).toBe('sqlite:data/paperboy.db');
  });

  it('names every fault at once, with what was expected', () => {
    const environment = {
      PAPERBOY_TIMEZONE: 'Mars/Olympus',
      PAPERBOY_INGEST_CRON: 'often',
      PAPERBOY_PREVIEW_PORT: '99999',
    };
    expect(() => readConfig(environment)).toThrow(
      /PAPERBOY_INGEST_CRON=often[^]*PAPERBOY_TIMEZONE=Mars[^]*PAPERBOY_PREVIEW_PORT=99999/,
    );
  });

  it('keeps documents for ever, or for a number of days', () => {
    expect(readConfig({}).rawDays).toBeNull();
    expect(readConfig({ PAPERBOY_RAW_DAYS: '400' }).rawDays).toBe(400);
    expect(() => readConfig({ PAPERBOY_RAW_DAYS: '0' })).toThrow(/PAPERBOY_RAW_DAYS=0/);
  });

  it('never repeats the token in a fault', () => {
    const environment = { DISCORD_TOKEN: 'very-secret', LOG_LEVEL: 'loud' };
    expect(() => readConfig(environment)).toThrow(/^(?![^]*very-secret)[^]*LOG_LEVEL=loud/);
  });
});

describe('DISCORD_SHARDS', () => {
  it('names the shards of this process; empty leaves them to Discord', () => {
    expect(readConfig({ DISCORD_SHARDS: '0-3/8' }).shards).toEqual({ ids: [0, 1, 2, 3], count: 8 });
    expect(readConfig({ DISCORD_SHARDS: '' }).shards).toBeNull();
    expect(() => readConfig({ DISCORD_SHARDS: '8/8' })).toThrow('DISCORD_SHARDS=8/8: of 8 shards the last one is 7');
  });
});

describe('DATABASE_URL', () => {
  it.each([
    'sqlite:data/paperboy.db',
    'sqlite::memory:',
    'postgres://me:p%40ss@db.example/paperboy',
    'postgresql://me@db.example:5433/paperboy?sslmode=require',
    'postgres://me:x@db.example/paperboy?sslmode=verify-ca&sslrootcert=/etc/ssl/own.pem',
    'postgres:///paperboy?host=/var/run/postgresql',
  ])('may be %s', (url) => {
    expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  it.each([
    ['mysql://me:hidden@db.example/paperboy', 'it starts with "mysql:"; expected sqlite:PATH'],
    ['/data/hidden.db', 'expected sqlite:PATH'],
    ['sqlite:', 'expected sqlite:PATH'],
    ['postgres://me:hidden@/x@db.example/paperboy', 'cannot be read; expected'],
    ['postgres://me:hidden@db.example', 'it names no database'],
    ['postgres:///paperboy', 'it names no host'],
    ['postgres://me:hidden@db.example/p?sslmode=prefer', 'expected disable, require, verify-ca, verify-full'],
    ['postgres://me:hidden@db.example/p?sslmode=verify-ca', 'goes with sslrootcert=FILE'],
  ])('is not %s', (url, words) => {
    const read = () => readConfig({ DATABASE_URL: url });
    expect(read).toThrow(words);
    expect(read).not.toThrow('hidden@');
  });
});

describe('.env.example', () => {
  const example = parseEnv(readFileSync(projectPath('.env.example'), 'utf8')) as Record<string, string>;

  it('names exactly the variables that are read', () => {
    expect(Object.keys(example).sort()).toEqual([...environmentNames].sort());
  });

  it('shows the defaults', () => {
    expect(readConfig(example)).toEqual(readConfig({}));
  });
});
