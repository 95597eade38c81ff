import { setImmediate as breathe } from 'node:timers/promises';
import type { PaperFacts } from '../core/paper.ts';
import { createMatcher, type Frequency, type Matcher } from '../search/matcher.ts';
import type { Db } from '../store/database.ts';
import { departedGuilds } from '../store/departed-guilds.ts';
import { type FollowedTopic, newestTopicVersion, topicsChangedAfter, topicsRemovedAfter } from '../store/topics.ts';

/** Topics read from the store at a time; reading their queries takes a few milliseconds. */
const BATCH = 200;

/** All topics in memory, in step with the store. */
export class FollowedTopics {
  /** Holds each query once, however many topics have it. */
  private readonly matcher: Matcher<string>;
  private readonly topics = new Map<number, FollowedTopic>();
  private readonly byQuery = new Map<string, Map<number, FollowedTopic>>();
  /** While topics are read: the same words are in many queries. */
  private readonly frequencies = new Map<string, number>();
  private departed: ReadonlySet<string> = new Set();
  /** The version of the latest change that is known here. */
  version = 0;

  /** @param frequency in how many papers a stem is; an estimate will do. */
  constructor(frequency: Frequency) {
    this.matcher = createMatcher((stem) => {
      const known = this.frequencies.get(stem) ?? frequency(stem);
      this.frequencies.set(stem, known);
      return known;
    });
  }

  get size(): number {
    return this.topics.size;
  }

  /** Reads what changed in the store since the last time, in small steps. */
  async catchUp(db: Db): Promise<void> {
    this.departed = await departedGuilds(db);
    // Asked for first: what changes while the topics are read is read again at the next time.
    const newest = await newestTopicVersion(db);
    for (let after = this.version; after < newest;) {
      const changed = await topicsChangedAfter(db, after, BATCH);
      for (const topic of changed) this.follow(topic);
      after = changed.at(-1)?.version ?? newest;
      await breathe();
    }
    this.frequencies.clear();
    for (const id of await topicsRemovedAfter(db, this.version)) this.unfollow(id);
    this.version = newest;
  }

  /** A topic as of `version`; in a server that the bot has left it is as good as paused. */
  get(id: number): FollowedTopic | undefined {
    const topic = this.topics.get(id);
    return topic && this.asItCounts(topic);
  }

  /** The topics whose business a paper is that was added with this sequence number. */
  match(paper: PaperFacts, sequence: number): FollowedTopic[] {
    const matched: FollowedTopic[] = [];
    for (const query of this.matcher.match(paper)) {
      for (const topic of this.byQuery.get(query)?.values() ?? []) {
        if (sequence > topic.afterSequence) matched.push(this.asItCounts(topic));
      }
    }
    return matched;
  }

  private asItCounts(topic: FollowedTopic): FollowedTopic {
    if (topic.guildId === null || !this.departed.has(topic.guildId)) return topic;
    return { ...topic, pausedAt: topic.pausedAt ?? topic.changedAt };
  }

  private follow(topic: FollowedTopic): void {
    const { id, query } = topic;
    if (this.topics.get(id)?.query !== query) this.unfollow(id);
    this.topics.set(id, topic);
    const alike = this.byQuery.get(query);
    if (alike) {
      alike.set(id, topic);
      return;
    }
    this.byQuery.set(query, new Map([[id, topic]]));
    this.matcher.add(query, query);
  }

  private unfollow(id: number): void {
    const topic = this.topics.get(id);
    if (!topic) return;
    this.topics.delete(id);
    const alike = this.byQuery.get(topic.query);
    alike?.delete(id);
    if (alike?.size !== 0) return;
    this.byQuery.delete(topic.query);
    this.matcher.remove(topic.query);
  }
}
