import { defineConfig } from 'vitest/config';

/** What reads and writes the database runs on both engines. */
const ON_BOTH = ['store', 'ingest', 'topics', 'summaries', 'outbox', 'e2e', 'cli']
  .map((room) => `test/${room}/**/*.test.ts`)
  .concat('test/search/archive.test.ts');

/** What shows that interactions over HTTP are answered as those over the gateway: commands, buttons, forms, suggestions, files. */
const OVER_HTTP = ['search', 'subscribe', 'trends'].map((name) => `test/e2e/${name}.test.ts`);

export default defineConfig({
  test: {
    setupFiles: ['test/helpers/property-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
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
            'test/cli/{doctor,gist,ingest-thread,operator,search}.test.ts',
          ],
          env: { TEST_ENGINE: 'postgres' },
          // What isolation would show was tried on SQLite; without it modules are read once, and databases are used again.
          isolate: false,
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
