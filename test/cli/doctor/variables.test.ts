import { describe, expect, it } from 'vitest';
import { doctor } from '../../../src/cli/doctor/doctor.ts';
import { UserError } from '../../../src/core/errors.ts';
import { recorder } from '../terminal.ts';
import { inFolders, wellMachine, examine } from './world.ts';

inFolders();

describe('the doctor on variables', () => {
  it('says which names are typing errors', async () => {
    const given = { PAPERBOY_TIMEZON: 'UTC', PAPERBOY_FAVOURITE_COLOUR: 'blue', DATABASEURL: 'x' };
    const { of, code } = await examine({ PAPERBOY_ARXIV_CATEGORY: 'cs.CL' }, {}, { ...given, MY_OTHER_PROGRAM: '1' });
    expect(code).toBe(0);
    expect(of('configuration')).toEqual([
      [
        'warning',
        expect.stringContaining('PAPERBOY_TIMEZON is no variable that Paperboy reads. Did you mean PAPERBOY_TIMEZONE?'),
      ],
      ['warning', expect.stringContaining('PAPERBOY_FAVOURITE_COLOUR is no variable')],
      ['warning', expect.stringContaining('Did you mean DATABASE_URL?')],
      ['warning', expect.stringContaining('Did you mean PAPERBOY_ARXIV_CATEGORIES?')],
    ]);
  });

  it('says when .env cannot be read', async () => {
    const { terminal, lines } = recorder();
    const read = () => {
      throw new UserError('.env cannot be read: it is a folder.');
    };
    expect(await doctor(read, {}, terminal, wellMachine)).toBe(1);
    expect(lines[0]).toMatch(/^fault {4}configuration {2}.*it is a folder/);
  });
});
