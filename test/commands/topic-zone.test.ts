import { describe, expect, it } from 'vitest';
import { parseZone, zoneChoices, zonesLike } from '../../commands/shared/topic-zone.ts';
import { timezones } from '../../src/core/zones.ts';

describe('zones as people type them', () => {
  it.each([
    ['berlin', 'Europe/Berlin'],
    ['Europe/Berlin', 'Europe/Berlin'],
    ['new york', 'America/New_York'],
    ['buenos aires', 'America/Argentina/Buenos_Aires'],
    ['utc', 'UTC'],
    [' Asia/Calcutta ', 'Asia/Calcutta'],
  ])('%s is %s', (text, zone) => {
    expect(parseZone(text)).toBe(zone);
  });

  it('names the nearest ones, or says how to write one', () => {
    expect(() => parseZone('york')).toThrow('"york" is no time zone that I know. Did you mean America/New_York?');
    expect(() => parseZone('+02:00')).toThrow('Write it as Europe/Berlin, or choose one of those suggested.');
    expect(zonesLike('ber', 2)).toEqual(
      ['Europe/Berlin', 'Atlantic/Bermuda'].toSorted((a, b) => timezones().indexOf(a) - timezones().indexOf(b)),
    );
  });

  it('begins with the reader’s own, and tells the time there', () => {
    const now = new Date('2025-06-12T10:00:00Z');
    expect(zoneChoices('', 'Asia/Tokyo', now)[0]).toEqual({ name: 'Asia/Tokyo (19:00 there)', value: 'Asia/Tokyo' });
    expect(zoneChoices('', 'Asia/Tokyo', now).length).toBeLessThanOrEqual(25);
    expect(zoneChoices('zzz', 'Asia/Tokyo', now)).toEqual([]);
  });
});
