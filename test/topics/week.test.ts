import { expect, it } from 'vitest';
import type { PaperFacts } from '../../src/core/paper.ts';
import { addDays } from '../../src/core/dates.ts';
import type { Db } from '../../src/store/database.ts';
import { storeDigest } from '../../src/store/store-digest.ts';
import { generator } from '../../bench/measures.ts';
import { entries, type Known } from '../store/fixtures.ts';
import { inChannel, planningWorld } from './world.ts';

const DAYS = 7;
const A_DAY = 12;
const MONDAY = '2025-03-10';
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** A paper of the week: half are on owls; some are listed late, some get another title after a while. */
interface WeekPaper {
  arxivId: string;
  title: string;
  edited: string;
  /** The day of its list, and how many days later that list shows it. */
  day: string;
  late: number;
}

function papersOfWeek(): WeekPaper[] {
  const random = generator(3);
  return Array.from({ length: DAYS * A_DAY }, (_, index) => {
    const subject = index % 2 === 0 ? 'Owls' : 'Bees';
    const title = `${subject} and their ways, part ${index}`;
    const isEdited = random() < 0.2;
    return {
      arxivId: `2503.${String(10_000 + index)}`,
      title,
      edited: isEdited ? `${title}: what ${subject.toLowerCase()} know` : title,
      day: addDays(MONDAY, Math.floor(index / A_DAY)),
      late: random() < 0.15 ? 1 + Math.floor(random() * 2) : 0,
    };
  });
}

interface Fetched {
  source: string;
  day: string;
  now: Date;
  /** A list that is fetched again is known by its key. */
  isList: boolean;
}

async function fetched(db: Db, papers: Known[], { source, day, now, isList }: Fetched): Promise<void> {
  await storeDigest(db, {
    source,
    origin: source,
    raw: Buffer.from(JSON.stringify([source, day, papers])),
    digest: { layout: 'json-lines', date: day, entries: entries(...papers), rejected: [] },
    givenDate: null,
    readAt: now,
    readOn: now.toISOString().slice(0, 10),
    ...(isList && { list: { key: `${source}:${day}`, onlyNew: false } }),
  });
}

/** What is there to be read at a moment: the lists of the last days again, arXiv's of the day, and a page that somebody saved. */
async function readAll(db: Db, papers: WeekPaper[], now: Date): Promise<void> {
  const today = now.toISOString().slice(0, 10);
  const votes = (index: number) => (now.getTime() / 3_600_000 + index * 7) % 90;
  const shown = (paper: WeekPaper): Pick<PaperFacts, 'title' | 'arxivId'> => {
    return { title: addDays(paper.day, 1) <= today ? paper.edited : paper.title, arxivId: paper.arxivId };
  };
  for (const day of [addDays(today, -2), addDays(today, -1), today]) {
    const there = papers.filter((paper) => paper.day === day && addDays(day, paper.late) <= today);
    if (there.length === 0) continue;
    const listed = there.map((paper, index) => ({ ...shown(paper), upvotes: Math.floor(votes(index)) }));
    await fetched(db, listed, { source: 'hugging-face', day, now, isList: true });
  }
  const announced = papers.filter(({ day, late }) => addDays(day, 1) === today && late === 0);
  if (announced.length > 0) await fetched(db, announced.map(shown), { source: 'arxiv', day: today, now, isList: true });
  const saved = papers.filter(({ day, late }) => day === today && late === 0).slice(0, 5);
  const titles = saved.map(({ title }) => ({ title }));
  if (titles.length > 0) await fetched(db, titles, { source: 'inbox', day: today, now, isList: false });
}

it('gives every alert of a week once, whatever lists, votes, titles and sources do', async () => {
  const { db, time, follow, makePlanner, messages } = await planningWorld();
  const papers = papersOfWeek();
  time.now = new Date(`${addDays(MONDAY, -1)}T12:00:00Z`);
  await follow('owls');
  await follow(
    'owls ways',
    inChannel('10', { schedule: { minute: 9 * 60, days: EVERY_DAY, timezone: 'Europe/Berlin' } }),
  );
  await follow('owls', inChannel('11', { schedule: { minute: 8 * 60, days: [1], timezone: 'America/New_York' } }));
  let plan = makePlanner();
  for (let hour = 12; hour <= 24 * (DAYS + 3); hour += 3) {
    time.now = new Date(Date.parse(`${addDays(MONDAY, -1)}T00:00:00Z`) + hour * 3_600_000);
    await readAll(db, papers, time.now);
    // As after a restart.
    if (hour % 5 === 0) plan = makePlanner();
    await plan();
  }
  const owls = papers.filter((_, index) => index % 2 === 0).length;
  const told = await db.selectFrom('told_papers').selectAll().execute();
  const tellings = (await messages()).map(({ to, papers: shown, more }) => ({ to, count: shown.length + more }));
  for (const destination of ['user 7', 'channel 10', 'channel 11']) {
    const rows = told.filter((row) => `${row.destination_kind} ${row.destination_id}` === destination);
    const counted = tellings.filter(({ to }) => to === destination).reduce((sum, { count }) => sum + count, 0);
    expect([destination, rows.length, counted]).toEqual([destination, owls, owls]);
  }
  const ofDaily = tellings.filter(({ to }) => to === 'channel 10');
  expect(ofDaily.length).toBeLessThanOrEqual(DAYS + 3);
  expect(tellings.filter(({ to }) => to === 'channel 11')).toHaveLength(2);
}, 60_000);
