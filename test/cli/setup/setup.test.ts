import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Asker } from '../../../src/cli/setup/asker.ts';
import { optionAsker } from '../../../src/cli/setup/option-asker.ts';
import { setup } from '../../../src/cli/setup/setup.ts';
import { terminalAsker } from '../../../src/cli/setup/terminal-asker.ts';
import type { Preview } from '../../../src/preview/preview.ts';
import { SEED } from '../../../src/preview/seed.ts';
import { type Db, openDatabase } from '../../../src/store/database.ts';
import { dailySummaries } from '../../../src/store/summaries.ts';
import { openPreview } from '../../preview/bot.ts';
import { temporaryFolder } from '../../sources/folder.ts';
import { CLEAR, createPerson, CTRL_C, DOWN, ENTER, type Person } from './person.ts';

const NOW = new Date('2026-03-10T12:00:00Z');

/** A machine with nothing on it, beside a local Discord. */
async function machine() {
  const preview = await openPreview();
  const folder = temporaryFolder();
  const envFile = join(folder, '.env');
  const database = join(folder, 'data', 'paperboy.db');
  const run = (asker: Asker, given: Record<string, string> = {}) => {
    const written = existsSync(envFile) ? parseEnv(readFileSync(envFile, 'utf8')) : {};
    const environment = { given: { DISCORD_API_URL: preview.apiUrl, ...given }, written };
    return setup({ asker, environment, envFile, fetch, clock: () => NOW, timezone: 'Europe/Berlin' });
  };
  const written = () => readFileSync(envFile, 'utf8');
  return { preview, envFile, database, run, written };
}

async function summaries(file: string) {
  const db: Db = await openDatabase(`sqlite:${file}`);
  onTestFinished(() => db.destroy());
  return dailySummaries(db, 10);
}

/** Answers everything from the clock on with Enter. */
async function agree(person: Person, database?: string): Promise<void> {
  await person.on('Which clock counts', ENTER);
  await person.on('At what time', ENTER);
  await rest(person, database);
}

async function rest(person: Person, database?: string): Promise<void> {
  await person.on('Where do papers come from', ENTER);
  await person.on('Categories of arXiv', ENTER);
  await person.on('An e-mail or web address', ENTER);
  await person.on('Where are papers kept', ENTER);
  await person.on('Which file', database ? `${CLEAR}${database}${ENTER}` : ENTER);
  await person.on('Write this?', ENTER);
}

async function firstRun(preview: Preview, person: Person, database: string): Promise<void> {
  await person.on("The bot's token", `${preview.token}${ENTER}`);
  await person.on('Where in Paper readers', ENTER);
  await agree(person, database);
}

describe('setup at a terminal', () => {
  it('makes a bot out of nothing, and its first summary comes by itself', async () => {
    const { preview, run, written, database, envFile } = await machine();
    const person = createPerson();
    const [code] = await Promise.all([
      run(terminalAsker(person.input, person.output)),
      firstRun(preview, person, database),
    ]);
    expect(code).toBe(0);
    expect(parseEnv(written())).toEqual({
      DISCORD_TOKEN: preview.token,
      PAPERBOY_TIMEZONE: 'Europe/Berlin',
      DATABASE_URL: `sqlite:${database}`,
    });
    expect(statSync(envFile).mode & 0o777).toBe(0o600);
    expect(await summaries(database)).toMatchObject([
      {
        guildId: SEED.guild,
        channelId: SEED.papers,
        readerId: SEED.reader,
        period: 'daily',
        form: 'message',
        schedule: { minute: 540, timezone: 'Europe/Berlin' },
        nextRun: { at: new Date('2026-03-11T08:00:00Z') },
      },
    ]);
    expect(person.seen()).toMatch(/oauth2\/authorize\?client_id=\d+/);
    expect(person.seen()).toContain('The first summary comes Wed 11 Mar 09:00 Europe/Berlin');
    expect(person.seen()).toContain('npm start');
    expect(person.seen()).not.toContain(preview.token);
    expect(person.seen()).not.toContain(preview.token.split('.')[2]);
  });

  it('changes nothing when it is run again and everything is confirmed', async () => {
    const { preview, run, written, database } = await machine();
    const first = createPerson();
    await Promise.all([run(terminalAsker(first.input, first.output)), firstRun(preview, first, database)]);
    const before = written();
    const person = createPerson();
    const again = async () => {
      await person.on('Enter keeps the one that is there', ENTER);
      await person.on('Where in Paper readers', ENTER);
      await agree(person);
    };
    const [code] = await Promise.all([run(terminalAsker(person.input, person.output)), again()]);
    expect(code).toBe(0);
    expect(written()).toBe(before);
    expect(person.seen()).toContain('.env says all this already.');
    expect(await summaries(database)).toHaveLength(1);
  });

  it('changes what is answered otherwise, and keeps all other lines', async () => {
    const { preview, run, written, database, envFile } = await machine();
    const lines = ['# of mine', 'LOG_LEVEL=debug # loud', 'OTHER="x y"', '', `DISCORD_TOKEN='${preview.token}'`];
    writeFileSync(envFile, lines.join('\n'));
    const person = createPerson();
    const answers = async () => {
      await person.on('Enter keeps the one that is there', ENTER);
      await person.on('Where in Paper readers', `${DOWN}${DOWN}${ENTER}`);
      await person.on('Which clock counts', `Tokyo${ENTER}`);
      await person.on('At what time', `${CLEAR}late${ENTER}`);
      await person.on('"late" is no time of day', `${CLEAR}7.30${ENTER}`);
      await person.on('Where do papers come from', ENTER);
      await person.on('Categories of arXiv', `nonsense!${ENTER}`);
      await person.on('expected arXiv categories', `${CLEAR}cs.CL, stat.ML${ENTER}`);
      await person.on('An e-mail or web address', `ada@example.org${ENTER}`);
      await person.on('Where are papers kept', ENTER);
      await person.on('Which file', `${CLEAR}${database}${ENTER}`);
      await person.on('Write this?', ENTER);
    };
    await Promise.all([run(terminalAsker(person.input, person.output)), answers()]);
    expect(written()).toBe(
      [
        ...lines,
        'PAPERBOY_TIMEZONE=Asia/Tokyo',
        'PAPERBOY_ARXIV_CATEGORIES=cs.CL, stat.ML',
        'PAPERBOY_CONTACT=ada@example.org',
        `DATABASE_URL=sqlite:${database}`,
        '',
      ].join('\n'),
    );
    expect(await summaries(database)).toMatchObject([
      { channelId: SEED.announcements, form: 'announcement', schedule: { minute: 450, timezone: 'Asia/Tokyo' } },
    ]);
  });

  it('says what a wrong token is, and asks again', async () => {
    const { preview, run, written, database } = await machine();
    const person = createPerson();
    const answers = async () => {
      await person.on("The bot's token", `1180000000000000000${ENTER}`);
      await person.on('This is an id', `${'aB3_'.repeat(8)}${ENTER}`);
      await person.on('client secret', `MTE4MDAw.abcdef.${'x'.repeat(30)}${ENTER}`);
      await person.on("refuses the bot's token", `"Bot ${preview.token}"${ENTER}`);
      await person.on('Where in Paper readers', ENTER);
      await agree(person, database);
    };
    const [code] = await Promise.all([run(terminalAsker(person.input, person.output)), answers()]);
    expect(code).toBe(0);
    expect(written()).toContain(`DISCORD_TOKEN=${preview.token}\n`);
    expect(person.seen()).not.toContain('aB3_aB3_');
  });

  it('waits until the bot is in a server', async () => {
    const { preview, run, database } = await machine();
    preview.world.removeBot(SEED.guild);
    const person = createPerson();
    const answers = async () => {
      await person.on("The bot's token", `${preview.token}${ENTER}`);
      await person.on('The bot is in no server yet', '');
      preview.world.inviteBot(SEED.guild);
      await person.on('Where in Paper readers', ENTER);
      await agree(person, database);
    };
    await Promise.all([run(terminalAsker(person.input, person.output)), answers()]);
    expect(await summaries(database)).toHaveLength(1);
  });

  it('goes on without a server for those who do not want to wait', async () => {
    const { preview, run, database } = await machine();
    preview.world.removeBot(SEED.guild);
    const person = createPerson();
    const answers = async () => {
      await person.on("The bot's token", `${preview.token}${ENTER}`);
      await person.on('The bot is in no server yet', ENTER);
      await person.on('Which clock counts', ENTER);
      await rest(person, database);
    };
    await Promise.all([run(terminalAsker(person.input, person.output)), answers()]);
    expect(person.seen()).toContain('No daily summary is set up now.');
    expect(existsSync(database)).toBe(false);
  });

  it('names missing permissions, and goes on when they are given', async () => {
    const { preview, run, database } = await machine();
    const { SendMessages, EmbedLinks } = PermissionFlagsBits;
    preview.world.denyBot(SEED.papers, SendMessages | EmbedLinks);
    const person = createPerson();
    const answers = async () => {
      await person.on("The bot's token", `${preview.token}${ENTER}`);
      await person.on('Where in Paper readers', `\u001b[A${ENTER}`);
      await person.on('Missing there: Send Messages, Embed Links.', '');
      preview.world.denyBot(SEED.papers, 0n);
      await person.on('Where in Paper readers', ENTER);
      await agree(person, database);
    };
    await Promise.all([run(terminalAsker(person.input, person.output)), answers()]);
    expect(await summaries(database)).toMatchObject([{ channelId: SEED.papers }]);
  });

  it('asks for the server where the bot is in several', async () => {
    const { preview, run, database } = await machine();
    const other = preview.world.addServer('Second server');
    const person = createPerson();
    const answers = async () => {
      await person.on("The bot's token", `${preview.token}${ENTER}`);
      await person.on('Which server', `${DOWN}${ENTER}`);
      await person.on('Where in Second server', ENTER);
      await agree(person, database);
    };
    await Promise.all([run(terminalAsker(person.input, person.output)), answers()]);
    expect(await summaries(database)).toMatchObject([{ guildId: other.id, channelId: other.channelId }]);
  });

  it('says why a database cannot be used, and asks again', async () => {
    const { preview, run, database, envFile } = await machine();
    const person = createPerson();
    writeFileSync(join(envFile, '..', 'list.txt'), 'a shopping list, longer than a header '.repeat(99));
    const answers = async () => {
      await person.on("The bot's token", `${preview.token}${ENTER}`);
      await person.on('Where in Paper readers', ENTER);
      await person.on('Which clock counts', ENTER);
      await person.on('At what time', ENTER);
      await person.on('Where do papers come from', ENTER);
      await person.on('Categories of arXiv', ENTER);
      await person.on('An e-mail or web address', ENTER);
      await person.on('Where are papers kept', ENTER);
      await person.on('Which file', `${CLEAR}${join(envFile, '..', 'list.txt')}${ENTER}`);
      await person.on('not a database', `${CLEAR}${database}${ENTER}`);
      await person.on('Write this?', ENTER);
    };
    const [code] = await Promise.all([run(terminalAsker(person.input, person.output)), answers()]);
    expect(code).toBe(0);
  });

  it.each([
    'The bot',
    'Where in',
    'Which clock',
    'At what time',
    'Where do',
    'Categories',
    'An e-mail',
    'Where are',
    'Which file',
    'Write this',
  ])('leaves everything as it was when it is ended at "%s"', async (words) => {
    const { preview, run, database, envFile } = await machine();
    writeFileSync(envFile, '# nothing yet\n');
    const person = createPerson();
    const steps: [string, string][] = [
      ['The bot', `${preview.token}${ENTER}`],
      ['Where in', ENTER],
      ['Which clock', ENTER],
      ['At what time', ENTER],
      ['Where do', ENTER],
      ['Categories', ENTER],
      ['An e-mail', ENTER],
      ['Where are', ENTER],
      ['Which file', `${CLEAR}${database}${ENTER}`],
      ['Write this', ENTER],
    ];
    const answers = async () => {
      for (const [question, keys] of steps) {
        await person.on(question, question === words ? CTRL_C : keys);
        if (question === words) return;
      }
    };
    const [code] = await Promise.all([run(terminalAsker(person.input, person.output)), answers()]);
    expect(code).toBe(1);
    expect(readFileSync(envFile, 'utf8')).toBe('# nothing yet\n');
    expect(existsSync(database)).toBe(false);
    expect(person.seen()).toContain('Nothing was changed.');
  });
});

describe('setup from options', () => {
  it('needs a token alone', async () => {
    const { preview, run, written, database } = await machine();
    const said: string[] = [];
    const asker = optionAsker({ 'kept-in': 'file', database }, (words) => void said.push(words));
    expect(await run(asker, { DISCORD_TOKEN: preview.token })).toBe(0);
    expect(parseEnv(written())).toMatchObject({ DISCORD_TOKEN: preview.token, DATABASE_URL: `sqlite:${database}` });
    expect(said.join('\n')).toContain('No daily summary is set up now.');
    expect(said.join('\n')).not.toContain(preview.token);
  });

  it('sets a summary up in the channel that is named', async () => {
    const { preview, run, database } = await machine();
    const given = {
      token: `${preview.token}\n`,
      'kept-in': 'file',
      database,
      channel: SEED.forum,
      time: '6 am',
      timezone: 'UTC',
    };
    expect(await run(optionAsker(given, () => {}))).toBe(0);
    expect(await summaries(database)).toMatchObject([
      { form: 'forum post', schedule: { minute: 360, timezone: 'UTC' } },
    ]);
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ token: '1180000000000000000' }, /This is an id/],
    [{ channel: '1' }, /--channel: there is no "1"/],
    [{ channel: SEED.papers, time: 'soon' }, /--time: "soon"/],
    [{ timezone: 'Mars/Olympus' }, /--timezone: there is no/],
    [{ sources: 'radio' }, /--sources: there is no "radio"/],
    [{ arxiv: '!' }, /--arxiv: "!": expected arXiv categories/],
    [{ 'kept-in': 'postgres', database: '' }, /no address of a database: there is none/],
    [{ 'kept-in': 'postgres', database: 'postgres://me:hush@127.0.0.1:1/x' }, /^(?![^]*hush)[^]*ECONNREFUSED/],
  ])('says what is wrong with %j, and writes nothing', async (given, words) => {
    const { preview, run, envFile } = await machine();
    await expect(run(optionAsker({ token: preview.token, ...given }, () => {}))).rejects.toThrow(words);
    expect(existsSync(envFile)).toBe(false);
  });

  it('names what else in the file has to be mended', async () => {
    const { preview, run, database, envFile, written } = await machine();
    writeFileSync(envFile, 'LOG_LEVEL=loud\n');
    const said: string[] = [];
    const given = { token: preview.token, 'kept-in': 'file', database };
    expect(await run(optionAsker(given, (words) => void said.push(words)))).toBe(0);
    expect(said.at(-1)).toMatch(/LOG_LEVEL=loud: expected trace/);
    expect(written()).toContain('LOG_LEVEL=loud\nDISCORD_TOKEN=');
  });

  it('says which variables of the environment come before the file', async () => {
    const { preview, run, database } = await machine();
    const said: string[] = [];
    const given = { token: preview.token, 'kept-in': 'file', database };
    await run(
      optionAsker(given, (words) => void said.push(words)),
      { PAPERBOY_CONTACT: '', DATABASE_URL: 'sqlite:other.db' },
    );
    expect(said.join('\n')).toContain('DATABASE_URL is also set in the environment');
    expect(said.join('\n')).not.toContain('PAPERBOY_CONTACT is also');
  });
});
