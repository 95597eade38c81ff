import { defineConfig } from 'vitest/config';

/** What reads and writes the database runs on both engines. */
const ON_BOTH = ['store', 'ingest', 'topics', 'summaries', 'outbox', 'e2e', 'cli']
  .map((room) => `test/${room}/**/*.test.ts`)
  .concat('test/search/archive.test.ts');

/** Minutes of waiting, for what other tests see on PostgreSQL too: `npm run test:engines` has them. */
const ONLY_WHEN_ASKED = [
  'test/ingest/crash.test.ts',
  'test/outbox/{crash,faults,forms}.test.ts',
  'test/cli/start/{http,schedules,suspended}.test.ts',
];

/** What shows that interactions over HTTP are answered as those over the gateway: commands, buttons, forms, suggestions, files. */
const OVER_HTTP = ['search', 'subscribe', 'trends'].map((name) => `test/e2e/${name}.test.ts`);

export default defineConfig({
  test: {
    setupFiles: ['test/helpers/property-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // More than most machines of CI have cores: a third of the tests wait for time-outs, processes and Discord’s pace.
    maxWorkers: 3,
    // Modules are read once for all files of a worker, and databases are used again: that halves the time.
    isolate: false,
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
    projects: [
      {
        extends: true,
        test: { name: 'sqlite', include: ['test/**/*.test.ts'], exclude: ['test/**/postgres-*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ON_BOTH,
          // No database in there, or one of their own.
          exclude: [
            'test/summaries/gist/**',
            'test/cli/setup/**',
            'test/cli/doctor/**',
            'test/cli/{gist,ingest-thread,operator,search}.test.ts',
            ...(process.env['TEST_ENGINES'] === 'all' ? [] : ONLY_WHEN_ASKED),
          ],
          env: { TEST_ENGINE: 'postgres' },
          globalSetup: ['test/helpers/postgres-setup.ts'],
          setupFiles: ['test/helpers/without-postgres.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'http', include: OVER_HTTP, env: { TEST_INTERACTIONS: 'http' } },
      },
    ],
  },
});
