import * as fc from 'fast-check';

const PIECES = [
  '@everyone',
  '@here',
  '<@123456789012345678>',
  '<@!123456789012345678>',
  '<@&123456789012345678>',
  '<#123456789012345678>',
  '</search:123456789012345678>',
  '<:boom:123456789012345678>',
  '<t:1700000000:R>',
  '<id:guide>',
  '[click](https://evil.example)',
  '](https://evil.example)',
  '[',
  ']',
  '(',
  ')',
  'https://evil.example/a_b_c?d=*e*',
  'http://user:pass@evil.example',
  '<https://evil.example>',
  '**bold**',
  '__under__',
  '*i*',
  '_i_',
  '~~s~~',
  '||spoiler||',
  '`code`',
  '```\nfence\n```',
  '\\',
  '# heading',
  '-# small',
  '> quote',
  '>>> quote',
  '- item',
  '* item',
  '1. item',
  '\n',
  '\n\n',
  ' ',
  '\u202E',
  '\u200B',
  '\u2066',
  '\uFEFF',
  '\u00AD',
  '\u2800',
  '\u3164',
  '\u0000',
  '\u001B',
  '\uD83D',
  '👨‍👩‍👧‍👦',
  '🏳️‍🌈',
  'e\u0301',
  `o${'\u0300'.repeat(60)}`,
  'Ünïcode',
  '深度学习',
  'العربية',
  'words',
  'Attention',
] as const;

/** Text made of everything that has ever broken a message. */
export const hostile = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

/** The same, longer than any limit. */
export const long = fc
  .tuple(hostile, fc.integer({ min: 1, max: 400 }))
  .map(([text, times]) => text.repeat(times).slice(0, 9000));
