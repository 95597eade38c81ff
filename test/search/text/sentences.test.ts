import { expect, it } from 'vitest';
import { sentences } from '../../../src/search/text/sentences.ts';

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

it.each([
  ['full stops', ['Lanterns burn.', 'Storms blow!', 'Who wins?', 'We do.']],
  ['abbreviations', ['We follow Lee et al. (2019), e.g. Fig. 3, cf. Eq. 2.', 'It burns.']],
  ['decimals, addresses and initials', ['J. Smith needs 2.5 s.', 'See https://example.org/a.b for more.']],
  ['a capital that is no initial', ['They draw from D. Later more.', 'We draw from D.', 'We learn.']],
  ['quotes and brackets', ['It says “burn.”', '(It does.)', 'We see.']],
  ['bullets', ['Lanterns burn.', '- They go out.', '• They come back.']],
])('ends sentences at %s as readers do', (_, expected) => {
  expect(split(expected.join(' '))).toEqual(expected);
});

it.each([
  ['the space is missing', 'Lanterns go out in storms.We light them.They burn.', 3],
  ['a name has a stop', 'We use Node.js and ASP.NET here.', 1],
  ['the script has no spaces', '灯笼很贵。我们点灯！', 2],
  ['there is only white space', ' \n ', 0],
])('copes where %s', (_, text, count) => {
  expect(split(text)).toHaveLength(count);
});
