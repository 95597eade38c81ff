import { defineConfig } from 'vitest/config';

/** What reads and writes the database runs on both engines. */
const ON_BOTH = ['store', 'ingest', 'topics', 'summaries', 'outbox', 'e2e'].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({
  test: {
    setupFiles: ['test/helpers/property-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
    projects: [
      { extends: true, test: { name: 'sqlite', include: ['test/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ON_BOTH,
          // No database in there.
          exclude: ['test/summaries/gist/**'],
          env: { TEST_ENGINE: 'postgres' },
          globalSetup: ['test/helpers/postgres-setup.ts'],
          setupFiles: ['test/helpers/without-postgres.ts'],
        },
      },
    ],
  },
});
