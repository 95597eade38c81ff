import { walkMarkup } from './markup.ts';

/** An element of an XML document. */
export interface XmlElement {
  /** With its prefix, unless that is `atom:`. */
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Line of its tag in the document, from 1. */
  line: number;
  /** Texts and elements in it, in order. */
  content: (string | XmlElement)[];
  /** Whether it ends by itself, not by the end of what is around it. */
  whole: boolean;
}

/**
 * An element without name that holds those of an XML document.
 *
 * @throws UnreadableDigestError when elements are nested too deep, or are too many.
 */
export function parseXml(document: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, line: 1, content: [], whole: true };
  const open = [root];
  walkMarkup(document, 'xml', {
    open: (name, attributes, line) => {
      const plain = name.replace(/^atom:/, '');
      const element: XmlElement = { name: plain, attributes, line: line(), content: [], whole: false };
      open.at(-1)?.content.push(element);
      open.push(element);
    },
    text: (text) => open.at(-1)?.content.push(text),
    close: (_name, closed) => {
      const element = open.pop();
      if (element) element.whole = closed || element.content.length === 0;
    },
  });
  return root;
}

export function childrenOf(element: XmlElement): XmlElement[] {
  return element.content.filter((each) => typeof each !== 'string');
}

/** The first child of one of these names, in the order of the names. */
export function childOf(element: XmlElement, ...names: readonly string[]): XmlElement | null {
  const children = childrenOf(element);
  for (const name of names) {
    const child = children.find((each) => each.name === name);
    if (child) return child;
  }
  return null;
}

/** The text in an element and the elements in it, or `''` where there is none. */
export function textOf(element: XmlElement | null): string {
  return element ? joined(element).trim() : '';
}

/** Every element of one of these names, in the order of the document. */
export function allOf(element: XmlElement, names: readonly string[]): XmlElement[] {
  return childrenOf(element).flatMap((child) => [
    ...(names.includes(child.name) ? [child] : []),
    ...allOf(child, names),
  ]);
}

function joined({ content }: XmlElement): string {
  return content.map((each) => (typeof each === 'string' ? each : joined(each))).join('');
}
