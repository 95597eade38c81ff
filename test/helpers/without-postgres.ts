import { beforeEach, inject } from 'vitest';

beforeEach(({ skip }) => skip(inject('postgres') === null, 'There is no PostgreSQL server.'));
