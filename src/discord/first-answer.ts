import { InteractionResponseType } from 'discord.js';
import { isGone } from './failure.ts';
import type { Responder } from './responder.ts';

/** What became of the first answer to an interaction; of one that Discord refused, and of the one in its place, there are two. */
export interface FirstAnswer {
  /** `announced`: the work takes longer than a second, and the answer follows. */
  outcome: 'answered' | 'announced' | 'too late' | 'refused';
  /** Since the interaction came. */
  milliseconds: number;
}

const ANNOUNCEMENTS: number[] = [
  InteractionResponseType.DeferredChannelMessageWithSource,
  InteractionResponseType.DeferredMessageUpdate,
];

/** The same responder; `tell` learns what becomes of its first answer. */
export function timed(responder: Responder, tell: (first: FirstAnswer) => void): Responder {
  const begun = performance.now();
  const ended = (outcome: FirstAnswer['outcome']) =>
    tell({ outcome, milliseconds: Math.round(performance.now() - begun) });
  return {
    ...responder,
    async callback(body, files) {
      try {
        await responder.callback(body, files);
      } catch (error) {
        ended(isGone(error) ? 'too late' : 'refused');
        throw error;
      }
      ended(ANNOUNCEMENTS.includes(body.type) ? 'announced' : 'answered');
    },
  };
}
