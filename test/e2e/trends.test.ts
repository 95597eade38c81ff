import type { APIMessage } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/core/dates.ts';
import { SEED } from '../../src/preview/seed.ts';
import { facts } from '../search/archive.ts';
import { buttonOf, buttonsOf, embedOf, manyPapers, openWorld } from './bot.ts';

const SUBJECTS = ['robot grasping', 'image editing', 'protein folding'];

/** Twenty weeks of thirty papers up to 12 June 2025; of the last four weeks a third is about world models. */
function twentyWeeks() {
  return Object.fromEntries(
    Array.from({ length: 20 }, (_, week) => {
      const papers = Array.from({ length: 30 }, (_, index) => {
        const subject = week >= 16 && index % 3 === 0 ? 'world models' : (SUBJECTS[index % 3] ?? '');
        const title = `Study ${week * 100 + index} of ${subject}`;
        return facts({ title, abstract: `We study ${subject} at some length. Number ${index} of week ${week}.` });
      });
      return [addDays('2025-06-11', (week - 19) * 7), papers];
    }),
  );
}

async function picture({ attachments }: APIMessage) {
  const [file, ...others] = attachments;
  expect(others).toEqual([]);
  const png = Buffer.from(await (await fetch(file?.url ?? '')).arrayBuffer());
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return file;
}

describe('/trends', () => {
  it('shows the weeks of terms as a picture with its words, and leads to their papers', async () => {
    const { preview } = await openWorld({ digests: twentyWeeks() });
    const { user } = preview;
    const shown = await user.command(SEED.papers, 'trends', { term: '"world models", protein folding, unicorns' });
    expect(shown.content).toMatch(/^- \*\*world models\*\*: 40 papers in 26 weeks, 33% of the last week’s$/m);
    expect(shown.content).toMatch(/^- \*\*protein folding\*\*: 200 papers in 26 weeks, 33% of/m);
    expect(shown.content).toContain('- **unicorns**: no paper mentions it.');
    const file = await picture(shown);
    expect(file?.description).toContain('How often new papers mention “world models” and “protein folding”');
    expect(file?.description).toMatch(/world models: 0% in the week of .*highest 33%/);
    expect(buttonsOf(shown)).toEqual(['Papers: world models', 'Papers: protein folding']);
    const papers = await user.press(shown, buttonOf(shown, 'Papers: world models'));
    expect(embedOf(papers).description).toContain('**40 papers** match. Newest first.');
    expect(buttonsOf(papers)).toContain('Follow');
  });

  it('shows what is rising when nothing is named', async () => {
    const { preview } = await openWorld({ digests: twentyWeeks() });
    const shown = await preview.user.command(SEED.papers, 'trends', { weeks: 13, theme: 'light' });
    expect(shown.content).toMatch(/^- \*\*world models\*\*: 40 papers in 4 weeks, hardly any before/);
    expect((await picture(shown))?.description).toContain('mention more and more');
  });

  it('says so where nothing is found, little was read, or too much is asked', async () => {
    const { preview } = await openWorld({ digests: { '2025-06-11': manyPapers(30) } });
    const { user } = preview;
    const nothing = await user.command(SEED.papers, 'trends', { term: 'protien' });
    expect(embedOf(nothing).title).toBe('Nothing to show');
    expect(embedOf(nothing).description).toContain('Did you mean “protein');
    const young = await user.command(SEED.papers, 'trends', { term: 'protein' });
    expect(embedOf(young).description).toContain('only 1 has 10 papers or more');
    const many = await user.command(SEED.papers, 'trends', { term: 'a, b, c, d, e, f' });
    expect(many.content).toContain('up to 5 terms, and these are 6');
    const empty = await openWorld();
    const none = await empty.preview.user.command(SEED.papers, 'trends', {});
    expect(embedOf(none).title).toBe('No papers yet');
  });
});

it('a weekly post comes with a picture of what is rising', async () => {
  const { preview } = await openWorld({ digests: twentyWeeks() });
  const { user } = preview;
  await user.command(SEED.papers, 'weekly set', { channel: SEED.papers, time: '9' });
  const foreseen = await user.command(SEED.papers, 'weekly preview');
  expect((await picture(foreseen))?.description).toContain('world models');
});
