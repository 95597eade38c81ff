import { defineConfig } from 'vitest/config';

/** What reads and writes the database runs on both engines. */
const ON_BOTH = ['test/store/**/*.test.ts'];

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
          env: { TEST_ENGINE: 'postgres' },
          globalSetup: ['test/helpers/postgres-server.ts'],
        },
      },
    ],
  },
});
