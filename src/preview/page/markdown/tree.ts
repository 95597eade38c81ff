/** Text with Discord's Markdown read: what stands within a line. */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler'; content: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string; title: string | null; content: Inline[] }
  | { type: 'time'; seconds: number; style: string }
  | { type: 'channel' | 'user' | 'role'; id: string }
  | { type: 'command'; path: string; id: string }
  | { type: 'everyone'; text: string };

/** What stands on lines of its own. Line breaks within a paragraph are kept as `\n`. */
export type Block =
  | { type: 'paragraph' | 'subtext'; content: Inline[] }
  | { type: 'heading'; level: number; content: Inline[] }
  | { type: 'code'; language: string; text: string }
  | { type: 'quote'; content: Block[] }
  | ListBlock;

export interface ListBlock {
  type: 'list';
  /** The first number of an ordered list; `null` for bullets. */
  start: number | null;
  items: { content: Inline[]; nested: ListBlock[] }[];
}

/** The words alone, for live regions and one-line previews. */
export function plainText(blocks: Block[]): string {
  return blocks.map(blockText).join(' ').replaceAll(/\s+/g, ' ').trim();
}

function blockText(block: Block): string {
  if (block.type === 'code') return block.text;
  if (block.type === 'quote') return plainText(block.content);
  if (block.type === 'list') {
    return block.items.map((item) => `${inlineText(item.content)} ${plainText(item.nested)}`).join(' ');
  }
  return inlineText(block.content);
}

function inlineText(content: Inline[]): string {
  return content
    .map((node) => {
      if (node.type === 'text' || node.type === 'code' || node.type === 'everyone') return node.text;
      if (node.type === 'spoiler') return 'spoiler';
      if (node.type === 'command') return `/${node.path}`;
      return 'content' in node ? inlineText(node.content) : '';
    })
    .join('');
}
