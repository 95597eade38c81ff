/** Tells the line, from 1, of offsets into a text. Cheap when the offsets are asked for in order. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let start = 0;
  let feed = text.indexOf('\n');
  return (offset) => {
    if (offset < start) [line, start, feed] = [1, 0, text.indexOf('\n')];
    while (feed !== -1 && feed < offset) {
      line += 1;
      start = feed + 1;
      feed = text.indexOf('\n', start);
    }
    return line;
  };
}
