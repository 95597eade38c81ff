import type { Command } from '../src/discord/command.ts';
import { help } from './help.ts';
import { paper } from './paper.ts';
import { related } from './related.ts';
import { search } from './search.ts';
import { status } from './status.ts';
import { today } from './today.ts';

/** Every slash command: what is registered with Discord, and what dispatch answers. */
export const commands: readonly Command[] = [search, paper, related, today, status, help];
