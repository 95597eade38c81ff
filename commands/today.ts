import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { addDays, dayInZone, isDay } from '../src/core/dates.ts';
import { UserError } from '../src/core/errors.ts';
import { defineCommand } from '../src/discord/command.ts';
import { slashCommand } from '../src/discord/declare.ts';
import { longDay } from '../src/discord/render/days.ts';
import { pageIn, turn } from '../src/discord/render/paging.ts';
import { daysWithDigests } from '../src/store/digests.ts';
import { dayPage } from './shared/day-page.ts';

const MAX_CHOICES = 25;
/** Days looked through for what is typed: four years of daily lists. */
const KNOWN_DAYS = 1500;

export const today = defineCommand({
  declaration: slashCommand({
    name: 'today',
    description: 'The papers of the newest digest, or of another day',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'date',
        description: 'A day as YYYY-MM-DD, or yesterday (the newest digest by default)',
        autocomplete: true,
        max_length: 40,
      },
    ],
  }),
  options: z.object({ date: z.string().trim().optional() }),

  async run({ options: { date } }, services) {
    return dayPage(date ? dayMeant(date, dayInZone(services.clock(), services.timezone)) : null, 0, services);
  },

  async suggest({ focused }, { db }) {
    const typed = focused.value.trim().toLowerCase();
    const days = await daysWithDigests(db, KNOWN_DAYS);
    return days
      .map((day) => ({ name: longDay(day), value: day }))
      .filter(({ name, value }) => value.startsWith(typed) || name.toLowerCase().includes(typed))
      .slice(0, MAX_CHOICES);
  },

  async press(request, services) {
    const [, day = '', page] = request.action;
    if (!isDay(day)) throw new UserError('This button is from an older version. Run /today again.');
    return turn(request, await dayPage(day, pageIn(page), services));
  },
});

function dayMeant(text: string, now: string): string | null {
  const named = new Map<string, string | null>([
    ['today', now],
    ['yesterday', addDays(now, -1)],
    ['newest', null],
  ]);
  const day = named.get(text.toLowerCase());
  if (day !== undefined) return day;
  if (isDay(text)) return text;
  throw new UserError(`"${text}" is no day that I understand. Write it as ${now}, or choose one of those suggested.`);
}
