import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { arxivIdIn } from '../../src/core/identity.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { Services } from '../../src/discord/command.ts';
import type { Suggestion } from '../../src/search/result.ts';
import { newestDay, papersOfDay } from '../../src/store/digests.ts';
import { findPaper, findPaperByArxivId } from '../../src/store/papers.ts';

type Choice = APIApplicationCommandOptionChoice<string>;

/** What Discord shows at most. */
export const MOST_CHOICES = 25;
const LONGEST_VALUE = 100;

/** How a suggestion says "this very paper" within the 100 characters of a choice's value. */
const REFERENCE = /^paper:(\d{1,15})$/;

/** The paper that a chosen suggestion stands for; `null` for any other text. */
export async function chosenPaper(text: string, { db }: Services): Promise<Paper | null> {
  const id = REFERENCE.exec(text.trim())?.[1];
  return id ? findPaper(db, Number(id)) : null;
}

/** Titles that are being typed: the newest papers before the first letter, a paper by its arXiv id or address. */
export async function titleChoices(typed: string, services: Services): Promise<Choice[]> {
  if (!typed.trim()) return newestTitles(services);
  const arxivId = arxivIdIn(typed);
  const paper = arxivId && (await findPaperByArxivId(services.db, arxivId));
  if (paper) return [titleChoice(paper.id, paper.title)];
  return services.search.suggest(typed, MOST_CHOICES).flatMap((suggestion) => {
    return suggestion.kind === 'title' ? choice(suggestion) : [];
  });
}

/**
 * Queries that are being typed. What is typed comes first, because Discord takes the first suggestion on Enter; choosing a
 * title searches for that paper.
 */
export async function queryChoices(typed: string, services: Services): Promise<Choice[]> {
  const text = typed.trim();
  if (!text) return newestTitles(services);
  if (text.length > LONGEST_VALUE) return [];
  return [{ name: text, value: text }, ...services.search.suggest(typed, MOST_CHOICES - 1).flatMap(choice)];
}

function choice({ kind, text, paperId }: Suggestion): Choice[] {
  if (kind === 'title') return paperId === null ? [] : [titleChoice(paperId, text)];
  if (kind === 'phrase') return [{ name: text, value: text }];
  return text.includes('"') ? [] : [{ name: `Papers from ${text}`, value: `org:"${text}"` }];
}

function titleChoice(id: number, title: string): Choice {
  return { name: title, value: `paper:${id}` };
}

async function newestTitles({ db }: Services): Promise<Choice[]> {
  const day = await newestDay(db);
  if (!day) return [];
  const { papers } = await papersOfDay(db, day, { limit: MOST_CHOICES, offset: 0 });
  return papers.map(({ id, title }) => titleChoice(id, title));
}
