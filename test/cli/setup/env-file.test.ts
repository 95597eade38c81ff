import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { changedEnv, readEnvFile, writeEnvFile } from '../../../src/cli/setup/env-file.ts';
import { temporaryFolder } from '../../sources/folder.ts';

describe('changedEnv', () => {
  it('begins a file', () => {
    expect(changedEnv('', { A: '1', B: 'two words' })).toBe('A=1\nB=two words\n');
  });

  it('keeps every line, comment and unknown variable', () => {
    const before = '# mine\r\nexport A = old   # why\r\n\r\nOTHER="a\nA=not this\n"\r\n#A=nor this\r\nB=\r\n';
    expect(changedEnv(before, { A: 'new', B: '2', C: '3' })).toBe(
      '# mine\r\nexport A = new   # why\r\n\r\nOTHER="a\nA=not this\n"\r\n#A=nor this\r\nB=2\r\nC=3\n',
    );
  });

  it('changes the line that counts, and ends a last line that has no end', () => {
    expect(changedEnv('A=1\nA=2', { A: '3', B: '4' })).toBe('A=1\nA=3\nB=4\n');
  });

  it('empties a variable', () => {
    expect(changedEnv('A="x" # a\nB=1\n', { A: '' })).toBe('A= # a\nB=1\n');
  });

  it.each(['a#b', ' spaced ', '"quoted"', "it's", 'a"b', '\\n', '${A}', 'postgres://u:p%23"@h/d?x=#1'])(
    'writes %j so that it is read again',
    (value) => {
      expect(parseEnv(changedEnv('B=1\n', { A: value, C: '2' }))).toEqual({ B: '1', A: value, C: '2' });
    },
  );

  it.each(['a\nb', '#"\'`'])('refuses what cannot be written: %j', (value) => {
    expect(() => changedEnv('', { A: value })).toThrow(UserError);
  });

  it('changes nobody’s other settings where a quote has no end', () => {
    expect(changedEnv('A="x\nB=1\nC=2\n', { C: '3' })).toBe('A="x\nB=1\nC=3\n');
    expect(() => changedEnv('A="x\n', { B: '"' })).toThrow(/A, for example/);
    expect(() => changedEnv('a shopping list\n', { B: '1' })).toThrow(/B, for example/);
  });

  it('changes what it is told and nothing else, in whatever file', () => {
    const line = fc.constantFrom('A=1', 'export B = "x # y" # c', '# A=1', '', "C='a\nb'", 'D=`"`', 'A="1"', '  E=2 ');
    const value = fc.string({ unit: fc.constantFrom('a', ' ', '#', '"', '=', '\\', 'n', '/') });
    fc.assert(
      fc.property(
        fc.array(line),
        fc.constantFrom('A', 'B', 'E', 'N'),
        value,
        fc.constantFrom('\n', '\r\n'),
        (lines, name, text, end) => {
          const before = lines.join(end);
          const after = changedEnv(before, { [name]: text });
          expect(parseEnv(after)).toEqual({ ...parseEnv(`${before}\n`), [name]: text });
          expect(after.length).toBeGreaterThanOrEqual(before.length - 12);
        },
      ),
    );
  });
});

describe('writeEnvFile', () => {
  it('writes what its owner alone may read, and leaves nothing beside it', () => {
    const folder = temporaryFolder();
    const file = join(folder, '.env');
    expect(readEnvFile(file)).toBeNull();
    writeFileSync(file, 'A=1\n', { mode: 0o644 });
    writeEnvFile(file, 'A=2\n');
    expect(readEnvFile(file)).toBe('A=2\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['.env']);
  });

  it('keeps a link a link', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'real'), 'A=1\n');
    symlinkSync('real', join(folder, '.env'));
    writeEnvFile(join(folder, '.env'), 'A=2\n');
    expect(lstatSync(join(folder, '.env')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('A=2\n');
  });

  it('says when it cannot be written', () => {
    expect(() => writeEnvFile('/proc/1/.env', 'A=1\n')).toThrow(/Nothing was changed/);
    expect(() => readEnvFile(temporaryFolder())).toThrow(UserError);
  });
});
