import { UserError } from '../src/core/errors.ts';
import type { PressRequest, PressResult, Services } from '../src/discord/command.ts';
import { pauseSummary, postSummary, resumeSummary, stopQuestion, stopSummary } from './summaries/actions.ts';
import { summaryCard } from './summaries/card.ts';
import { summaryPressed } from './summaries/choose.ts';
import { summaryCommand } from './summaries/command.ts';
import { pressAll, pressFollow, pressTheme } from './summaries/post-buttons.ts';
import { previewSummary } from './summaries/preview.ts';

export const daily = summaryCommand('daily', press);

/** The buttons of posts, for everybody, and those of settings, of weekly summaries too. */
async function press(request: PressRequest, services: Services): Promise<PressResult> {
  const [action, id] = request.action;
  if (action === 'all') return pressAll(request, services);
  if (action === 'follow') return pressFollow(request, services);
  if (action === 'theme') return pressTheme(request, services);
  const chosen = request.values[0]?.replace('summary:', '');
  const summary = await summaryPressed(chosen ?? id, request, services);
  switch (action) {
    case 'card':
      return { reply: await summaryCard(summary, request, services) };
    case 'preview':
      return { reply: await previewSummary(summary, services) };
    case 'now':
      return { reply: await postSummary(summary, request, services) };
    case 'pause':
      return { update: await pauseSummary(summary, request, services) };
    case 'resume':
      return { update: await resumeSummary(summary, request, services) };
    case 'stop':
      return { update: stopQuestion(summary) };
    case 'keep':
      return { update: await summaryCard(summary, request, services, 'Nothing was changed.') };
    case 'stopped':
      return { update: await stopSummary(summary, services) };
    default:
      throw new UserError('This button is from an older version. Run /daily show again.');
  }
}
