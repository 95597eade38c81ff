import type { Command } from '../src/discord/command.ts';
import { daily } from './daily.ts';
import { destinations } from './destinations.ts';
import { forget } from './forget.ts';
import { help } from './help.ts';
import { inbox } from './inbox.ts';
import { my } from './my.ts';
import { paper } from './paper.ts';
import { related } from './related.ts';
import { search } from './search.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { today } from './today.ts';
import { topics } from './topics.ts';
import { trends } from './trends.ts';
import { unsubscribe } from './unsubscribe.ts';
import { weekly } from './weekly.ts';

/** Every slash command: what is registered with Discord, and what dispatch answers. */
export const commands: readonly Command[] = [
  search,
  paper,
  related,
  today,
  subscribe,
  unsubscribe,
  topics,
  inbox,
  daily,
  weekly,
  trends,
  destinations,
  status,
  help,
  my,
  forget,
];
