import { channelMention } from 'discord.js';
import type { OwnerNotice } from '../../outbox/owner-notices.ts';
import type { Reply } from '../command.ts';
import { customId } from '../custom-id.ts';
import { plain } from '../markdown.ts';
import { newMessage } from '../message.ts';
import { button, row } from './components.ts';

const MAX_REASON = 300;

/** The direct message for whoever set something up for a destination where it does not arrive, as Discord's API takes it. */
export function ownerNotice(notice: OwnerNotice): object {
  return newMessage(notice.about === 'closed' ? closed(notice) : givenUp(notice), false).message;
}

function closed({ destination, failure }: OwnerNotice): Reply {
  const { kind, id } = destination;
  return {
    content:
      `Paperboy cannot post in ${channelMention(id)} any more, where you set up a topic or a summary.\n` +
      `> ${plain(failure.words, MAX_REASON)}\n` +
      'Nothing goes there for now. What is planned waits for up to three days: mend it in Discord, then press the button.',
    components: [row(button(customId('destinations', 'enable', kind, id), 'Post there again'))],
  };
}

function givenUp({ destination, failure }: OwnerNotice): Reply {
  const where = destination.kind === 'channel' ? `for ${channelMention(destination.id)}` : 'for you';
  return {
    content:
      `A message ${where} could not be delivered, and is not tried again.\n` +
      `> ${plain(failure.words, MAX_REASON)}\n` +
      'What comes next is not affected.',
  };
}
