import { describe, expect, it } from 'vitest';
import { clockChange, comingMoment, momentInZone } from '../../src/core/zone-words.ts';
import { isTimezone, localTime, timezones, zoneChangeWithin } from '../../src/core/zones.ts';

describe('isTimezone', () => {
  it.each(['Europe/Berlin', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'UTC', 'US/Pacific'])(
    'knows %s',
    (name) => {
      expect(isTimezone(name)).toBe(true);
    },
  );

  it.each(['Europe/Atlantis', '+02:00', '', 'Berlin', 'noon'])('refuses %j', (name) => {
    expect(isTimezone(name)).toBe(false);
  });
});

describe('timezones', () => {
  it('offers each zone once, under the name it has today', () => {
    const names = timezones();
    expect(names).toContain('UTC');
    expect(names).toContain('Asia/Kolkata');
    expect(names).not.toContain('Europe/Kiev');
    expect(new Set(names).size).toBe(names.length);
    expect(names.every(isTimezone)).toBe(true);
  });
});

describe('localTime', () => {
  it('reads the clock and the calendar of the place', () => {
    const moment = new Date('2026-11-22T23:30:00Z');
    expect(localTime(moment, 'Europe/Berlin')).toEqual({ date: '2026-11-23', minute: 30, weekday: 1 });
    expect(localTime(moment, 'America/New_York')).toEqual({ date: '2026-11-22', minute: 1110, weekday: 0 });
  });
});

describe('zoneChangeWithin', () => {
  const march = new Date('2026-03-20T00:00:00Z');

  it('finds the next change and how far it sets the clock', () => {
    const change = { at: new Date('2026-03-29T01:00:00Z'), minutes: 60 };
    expect(zoneChangeWithin('Europe/Berlin', march, 14)).toEqual(change);
    expect(zoneChangeWithin('Australia/Lord_Howe', march, 30)?.minutes).toBe(-30);
  });

  it('finds none outside the time asked for, and none where the clock never changes', () => {
    expect(zoneChangeWithin('Europe/Berlin', march, 7)).toBeNull();
    expect(zoneChangeWithin('UTC', march, 4000)).toBeNull();
    expect(zoneChangeWithin('Asia/Tokyo', march, 4000)).toBeNull();
  });
});

describe('moments in words', () => {
  const now = new Date('2026-11-22T18:00:00Z');

  it('says the day, the time and the place, and how long until then', () => {
    const moment = new Date('2026-11-23T08:00:00Z');
    expect(momentInZone(moment, 'Europe/Berlin')).toBe('Mon 23 Nov 09:00 Europe/Berlin');
    expect(comingMoment(moment, now, 'Europe/Berlin')).toBe('Mon 23 Nov 09:00 Europe/Berlin (in 14 h)');
    expect(comingMoment(new Date('2026-11-22T18:20:00Z'), now, 'UTC')).toBe('Sun 22 Nov 18:20 UTC (in 20 min)');
    expect(comingMoment(new Date('2026-11-29T18:00:00Z'), now, 'UTC')).toBe('Sun 29 Nov 18:00 UTC (in 7 days)');
    expect(comingMoment(now, now, 'UTC')).toBe('Sun 22 Nov 18:00 UTC (now)');
  });

  it('warns of a change of the clocks that is near', () => {
    expect(clockChange('Europe/Berlin', new Date('2026-10-20T00:00:00Z'), 14)).toBe('the clocks change on Sun 25 Oct');
    expect(clockChange('Europe/Berlin', now, 14)).toBeNull();
  });
});
