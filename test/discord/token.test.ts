import { describe, expect, it } from 'vitest';
import { pastedToken, tokenProblem } from '../../src/discord/token.ts';

const TOKEN = 'MTE4MDAwMDAwMDAwMDAwMDAwMA.G1x_2y.abc-DEF_ghi';

describe('pastedToken', () => {
  it.each([
    TOKEN,
    ` ${TOKEN}\r\n`,
    `"${TOKEN}"`,
    `'${TOKEN}' `,
    `Bot ${TOKEN}`,
    `"Bot ${TOKEN}"`,
    `DISCORD_TOKEN=${TOKEN}`,
    `export DISCORD_TOKEN="${TOKEN}"\n`,
    `\u200b${TOKEN}\ufeff`,
  ])('finds the token in %j', (text) => {
    expect(pastedToken(text)).toBe(TOKEN);
    expect(tokenProblem(pastedToken(text))).toBeNull();
  });
});

describe('tokenProblem', () => {
  it.each([
    ['', /no token/],
    ['1180000000000000000', /an id/],
    ['0f'.repeat(32), /public key/],
    ['aB3_'.repeat(8), /client secret/],
    ['https://discord.com/oauth2/authorize?client_id=1', /web address/],
    ['MTE4MDAw\nMDAw.G1x_2y.abc', /line breaks/],
    ['one.two', /three parts/],
    ['ein.wört.chen', /three parts/],
  ])('says what %j is, without saying it', (text, words) => {
    const problem = tokenProblem(pastedToken(text));
    expect(problem).toMatch(words);
    expect(problem).toMatch(/Reset Token/);
    if (text) expect(problem).not.toContain(text);
  });
});
