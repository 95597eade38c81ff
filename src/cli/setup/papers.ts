import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { valueProblem } from '../../config.ts';
import { errorText, UserError } from '../../core/errors.ts';
import { SOURCE_NAMES, type SourceName } from '../../sources/configured.ts';
import { openUnchanged } from '../../store/database.ts';
import { databaseFile } from '../../store/health.ts';
import { schemaVersion } from '../../store/migrations.ts';
import { folderProblem } from '../doctor/folders.ts';
import { type Asker, askUntil } from './asker.ts';
import type { Values } from './env-file.ts';

const LABELS: Record<SourceName, string> = {
  'hugging-face': 'Daily Papers of Hugging Face',
  arxiv: 'arXiv, in categories that you name',
  inbox: 'Files that somebody puts in a folder (PAPERBOY_INBOX)',
  feeds: 'Other RSS or Atom feeds (PAPERBOY_FEEDS)',
  mailbox: 'A mailbox that digests are mailed to (PAPERBOY_IMAP_URL)',
};

/** What variables say now, or would by default. */
type Present = (name: string) => string;

/** Asks what to read, and what hosts are told of whoever reads. */
export async function askSources(asker: Asker, present: Present): Promise<Values> {
  const chosen = await asker.chooseSome({
    name: 'sources',
    message: 'Where do papers come from? What is not set up does nothing.',
    choices: SOURCE_NAMES.toSorted(byLabel).map((name) => ({ value: name, label: LABELS[name] })),
    initial: present('PAPERBOY_SOURCES').split(/\s*,\s*/),
  });
  const sources = SOURCE_NAMES.filter((name) => chosen.includes(name));
  const PAPERBOY_ARXIV_CATEGORIES = sources.includes('arxiv')
    ? await asker.text({
        name: 'arxiv',
        message: 'Categories of arXiv to read each day, separated by commas; empty: none',
        initial: present('PAPERBOY_ARXIV_CATEGORIES'),
        example: 'cs.CL, cs.LG',
        problem: (text) => valueProblem('PAPERBOY_ARXIV_CATEGORIES', text),
      })
    : present('PAPERBOY_ARXIV_CATEGORIES');
  const PAPERBOY_CONTACT = await asker.text({
    name: 'contact',
    message: 'An e-mail or web address of yours that the hosts are told, so that they can reach you; empty: none',
    initial: present('PAPERBOY_CONTACT'),
    example: 'you@example.org',
    problem: (text) => valueProblem('PAPERBOY_CONTACT', text),
  });
  return { PAPERBOY_SOURCES: sources.join(','), PAPERBOY_ARXIV_CATEGORIES, PAPERBOY_CONTACT };
}

/** Those that need no more settings first. */
function byLabel(a: SourceName, b: SourceName): number {
  const order = Object.keys(LABELS);
  return order.indexOf(a) - order.indexOf(b);
}

const FILE = 'file';
const SERVER = 'postgres';

/** Asks where papers are kept until that can be used; returns an address as DATABASE_URL takes it. */
export async function askDatabase(asker: Asker, present: string): Promise<string> {
  const isServer = present.startsWith(SERVER);
  const kept = await asker.choose({
    name: 'kept-in',
    message: 'Where are papers kept?',
    choices: [
      { value: FILE, label: 'In a file on this machine', hint: 'SQLite; nothing to install' },
      { value: SERVER, label: 'In a PostgreSQL database', hint: 'for several machines' },
    ],
    initial: isServer ? SERVER : FILE,
  });
  const question =
    kept === FILE
      ? { message: 'Which file?', initial: isServer ? 'sqlite:data/paperboy.db' : present }
      : {
          message: `Its address, postgres://USER:PASSWORD@HOST/DATABASE${isServer ? ' (Enter keeps the one that is there)' : ''}`,
          initial: isServer ? present : '',
          hidden: true,
        };
  return askUntil(
    asker,
    () => asker.text({ name: 'database', ...question }),
    async (answer) => {
      const url = kept === FILE && !/^[a-z]+:/.test(answer) ? `sqlite:${answer}` : answer;
      await checkDatabase(url);
      return url;
    },
  );
}

/** @throws UserError when the database can be neither used nor created. */
async function checkDatabase(url: string): Promise<void> {
  const wrong = url === '' ? 'there is none' : valueProblem('DATABASE_URL', url);
  if (wrong !== null) throw new UserError(`That is no address of a database: ${wrong}.`);
  const file = databaseFile(url);
  if (file !== null && !existsSync(file)) {
    const problem = await folderProblem(dirname(file));
    if (problem) throw new UserError(`${file} cannot be created. ${problem}`);
    return;
  }
  const db = await openUnchanged(url);
  try {
    const { found, known } = await schemaVersion(db);
    if (found !== null && found > known) {
      throw new UserError('A newer Paperboy wrote that database. Install that one, or name another database.');
    }
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`That is no database of Paperboy's: ${errorText(error)}.`);
  } finally {
    await db.destroy();
  }
}
