import type { PressRequest, PressResult, Reply } from '../command.ts';
import { button, row, type Row } from './components.ts';

/** How many pages `total` things fill; at least one. */
export function pageCount(total: number, pageSize: number): number {
  return Math.max(1, Math.ceil(total / pageSize));
}

/**
 * Buttons to the other pages, `null` when there is one page. `page` counts from 0; `id` makes the `custom_id` of the button
 * that leads to a page, with the button's name in it, for two of them may lead to the same.
 */
export function pagingRow(page: number, pages: number, id: (page: number, name: string) => string): Row | null {
  if (pages <= 1) return null;
  const atStart = page <= 0;
  const atEnd = page >= pages - 1;
  const back = button(id(Math.max(page - 1, 0), 'back'), '‹ Back', atStart);
  const next = button(id(Math.min(page + 1, pages - 1), 'next'), 'Next ›', atEnd);
  if (pages === 2) return row(back, next);
  return row(button(id(0, 'first'), '« First', atStart), back, next, button(id(pages - 1, 'last'), 'Last »', atEnd));
}

/** `Page 2 of 14`; nothing when there is one page. */
export function pageFooter(page: number, pages: number): { footer?: { text: string } } {
  return pages > 1 ? { footer: { text: `Page ${page + 1} of ${pages}` } } : {};
}

/** The page number in an action; 0 for anything else. */
export function pageIn(text: string | undefined): number {
  return /^\d{1,6}$/.test(text ?? '') ? Number(text) : 0;
}

/** Turns the page for whoever asked for the list; anybody else gets a private copy and leaves theirs as it is. */
export function turn(request: PressRequest, page: Reply): PressResult {
  return request.ownerId === request.reader.id ? { update: page } : { reply: { ...page, private: true } };
}
