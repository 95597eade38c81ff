import { describe, expect, it } from 'vitest';
import type { PressRequest } from '../../../src/discord/command.ts';
import { pageCount, pageFooter, pageIn, pagingRow, turn } from '../../../src/discord/render/paging.ts';

const buttons = (page: number, pages: number) =>
  pagingRow(page, pages, (target, name) => `${target}:${name}`)?.components.map((one) =>
    'custom_id' in one ? `${one.custom_id}${one.disabled ? ' off' : ''}` : '',
  ) ?? null;

function by(id: string, ownerId: string | null): PressRequest {
  return { reader: { id, name: '' }, ownerId } as unknown as PressRequest;
}

describe('paging', () => {
  it('needs no buttons for one page, two for two, four for more', () => {
    expect(buttons(0, 1)).toBeNull();
    expect(buttons(0, 2)).toEqual(['0:back off', '1:next']);
    expect(buttons(1, 3)).toEqual(['0:first', '0:back', '2:next', '2:last']);
  });

  it('switches off what leads nowhere', () => {
    expect(buttons(0, 3)).toEqual(['0:first off', '0:back off', '1:next', '2:last']);
    expect(buttons(2, 3)).toEqual(['0:first', '1:back', '2:next off', '2:last off']);
  });

  it('counts pages from one for people', () => {
    expect([pageCount(0, 5), pageCount(5, 5), pageCount(6, 5)]).toEqual([1, 1, 2]);
    expect(pageFooter(1, 14)).toEqual({ footer: { text: 'Page 2 of 14' } });
    expect(pageFooter(0, 1)).toEqual({});
  });

  it('takes nonsense for the first page', () => {
    expect([pageIn('3'), pageIn('-1'), pageIn('x'), pageIn(undefined), pageIn('9'.repeat(40))]).toEqual([
      3, 0, 0, 0, 0,
    ]);
  });

  it('turns the page for its owner, and gives anybody else a private copy', () => {
    const page = { content: 'page 2' };
    expect(turn(by('a', 'a'), page)).toEqual({ update: page });
    expect(turn(by('b', 'a'), page)).toEqual({ reply: { ...page, private: true } });
    expect(turn(by('a', null), page)).toEqual({ reply: { ...page, private: true } });
  });
});
