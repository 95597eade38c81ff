import { type APIEmbed, ComponentType } from 'discord.js';
import { localTime } from '../../src/core/zones.ts';
import type { Reply, Services } from '../../src/discord/command.ts';
import { renderSummary } from '../../src/discord/render/summary.ts';
import { nothingWords } from '../../src/discord/render/summary-words.ts';
import type { Summary } from '../../src/store/summaries.ts';
import { buildEdition } from '../../src/summaries/build-edition.ts';
import { editionOf } from '../../src/summaries/edition.ts';
import { summaryWorld } from './world.ts';

/** How the next post would look if it came now. Nothing is posted or kept. */
export async function previewSummary(summary: Summary, services: Services): Promise<Reply> {
  const world = summaryWorld(services);
  const now = services.clock();
  const { period } = summary;
  const localDate = localTime(now, summary.schedule.timezone).date;
  const built = await buildEdition(world, summary, localDate, now);
  if ('kind' in built) {
    const words = nothingWords(built, period);
    const content =
      summary.whenEmpty === 'silent'
        ? `Nothing would be posted now. ${words}`
        : `This would be posted now:\n> ${words}`;
    return { private: true, content };
  }
  const edition = editionOf(built.kept, { summaryId: summary.id, localDate, period }, built.papers, world.gistOf);
  const { embeds = [], components = [] } = renderSummary(edition, summary);
  const picture = period === 'weekly' ? await world.picture?.() : null;
  return {
    private: true,
    content: 'How the next post would look now, for you alone. Nothing is posted.',
    embeds: embeds.map(withoutPress),
    ...(picture && { files: [{ ...picture, data: Buffer.from(picture.data, 'base64') }] }),
    // The buttons of a post need the post.
    components: components.filter((row) => row.components.every(({ type }) => type !== ComponentType.Button)),
  };
}

/** A preview has no buttons to press. */
function withoutPress(embed: APIEmbed): APIEmbed {
  const { description } = embed;
  return description
    ? { ...embed, description: description.replace(/: press \*All [\d,]+ papers?\*\.$/, ' below the post.') }
    : embed;
}
