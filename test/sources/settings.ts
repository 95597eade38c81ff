import { readConfig } from '../../src/config.ts';
import type { SourceSettings } from '../../src/sources/configured.ts';

/** The settings of an empty environment, but no source unless it is named. */
export function sourceSettings(given: Partial<SourceSettings>): SourceSettings {
  return { ...readConfig({}), sources: [], ...given };
}
