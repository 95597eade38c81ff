/** Tells the line, from 1, of offsets into a text. Cheap when the offsets are asked for in order. */
export function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let start = 0;
  return (offset) => {
    if (offset < start) [line, start] = [1, 0];
    for (let feed = text.indexOf('\n', start); feed !== -1 && feed < offset; feed = text.indexOf('\n', start)) {
      line += 1;
      start = feed + 1;
    }
    return line;
  };
}
