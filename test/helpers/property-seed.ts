import * as fc from 'fast-check';

/**
 * Properties draw the same cases in every run, so that a red build speaks of the change under test. `PROPERTY_SEED=random`
 * draws others each time, and a number draws those of that seed.
 */
const seed = process.env['PROPERTY_SEED'] ?? '20260921';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
// On PostgreSQL each statement goes to another process and back; what is drawn there was tried on SQLite before.
if (process.env['TEST_ENGINE'] === 'postgres') fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 15 });
