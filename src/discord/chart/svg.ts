import { shortDay } from '../render/days.ts';
import { label } from '../text.ts';
import { type Chart, HEIGHT, type Measure, type Weight, WIDTH } from './chart.ts';
import { placed, wrapped } from './labels.ts';
import { percent } from './percent.ts';
import type { Theme } from './themes.ts';
import { shareTicks, weekTicks } from './ticks.ts';

const MARGIN = 44;
const TITLE = { size: 32, weight: 600, most: 2 } as const;
const SUBTITLE = 21;
const AXIS = 19;
const NAME = { size: 22, weight: 600, most: 2 } as const;
const VALUE = 20;
const FOOTER = { size: 17, weight: 400, most: 2 } as const;
const LINE_HEIGHT = 1.25;
/** Names at the ends of lines are at most so wide. */
const WIDEST_NAME = 262;
const SPACE_BEFORE_NAME = 26;
const MOST_WEEK_LABELS = 7;
/** A name that had to move further than this from its line's end is led to it. */
const NEAR = 5;
const MOST_CHARACTERS = 200;
/** Characters of ` 2025` after a day. */
const YEAR = 5;

/** The chart as SVG, in a font called Inter. */
export function chartSvg(chart: Chart, theme: Theme, measure: Measure): string {
  const title = wrapped(label(chart.title, MOST_CHARACTERS), { width: WIDTH - 2 * MARGIN, ...TITLE }, measure);
  const footer = wrapped(label(chart.footer, MOST_CHARACTERS), { width: WIDTH - 2 * MARGIN, ...FOOTER }, measure);
  const subtitleAt = MARGIN + 30 + (title.length - 1) * TITLE.size * LINE_HEIGHT + 34;
  const names = chart.lines.map(({ name }) =>
    wrapped(label(name, MOST_CHARACTERS), { width: WIDEST_NAME, ...NAME }, measure),
  );
  const frame = frameOf(chart, subtitleAt, footer.length, widthOf(names, measure), measure);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="Inter">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${theme.background}"/>`,
    ...title.map((line, index) =>
      text(line, MARGIN, MARGIN + 28 + index * TITLE.size * LINE_HEIGHT, TITLE, theme.text),
    ),
    text(chart.subtitle, MARGIN, subtitleAt, { size: SUBTITLE, weight: 400 }, theme.muted),
    ...grid(chart, frame, theme),
    ...(chart.lines.length === 1 ? area(chart, frame, theme) : []),
    ...chart.lines.flatMap((_, index) => line(chart, index, frame, theme)),
    ...ends(chart, names, frame, theme),
    ...footer.map((each, index) => {
      const y = HEIGHT - 28 - (footer.length - 1 - index) * FOOTER.size * LINE_HEIGHT;
      return text(each, MARGIN, y, FOOTER, theme.muted);
    }),
    '</svg>',
  ].join('\n');
}

/** Where the lines are drawn. */
interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  ticks: number[];
  x: (week: number) => number;
  y: (share: number) => number;
}

function frameOf(chart: Chart, subtitleAt: number, footerLines: number, names: number, measure: Measure): Frame {
  const known = chart.lines.flatMap(({ shares }) => shares.filter((share) => share !== null));
  const ticks = shareTicks(Math.max(0, ...known));
  const left = MARGIN + Math.max(...ticks.map((tick) => measure(percent(tick), AXIS, 400))) + 14;
  const right = WIDTH - MARGIN - names - SPACE_BEFORE_NAME;
  const top = subtitleAt + 36;
  const bottom = HEIGHT - 98 - (footerLines - 1) * FOOTER.size * LINE_HEIGHT;
  const [first = 0, last = 1] = [ticks[0], ticks.at(-1)];
  return {
    left,
    right,
    top,
    bottom,
    ticks,
    x: (week) => left + ((right - left) * week) / Math.max(1, chart.mondays.length - 1),
    y: (share) => bottom - ((bottom - top) * (share - first)) / (last - first),
  };
}

function widthOf(names: readonly string[][], measure: Measure): number {
  return Math.max(90, ...names.flat().map((name) => measure(name, NAME.size, NAME.weight)));
}

function grid(chart: Chart, frame: Frame, theme: Theme): string[] {
  const { left, right, bottom, ticks, x, y } = frame;
  const style = { size: AXIS, weight: 400 } as const;
  const shares = ticks.flatMap((tick) => [
    `<path class="grid" d="M${left} ${px(y(tick))}H${px(right)}" stroke="${tick === 0 ? theme.baseline : theme.grid}" stroke-width="${tick === 0 ? 2 : 1.5}"/>`,
    text(percent(tick), left - 14, y(tick) + 7, style, theme.muted, 'end'),
  ]);
  const weeks = weekTicks(chart.mondays.length, MOST_WEEK_LABELS).flatMap((week) => [
    `<path class="tick" d="M${px(x(week))} ${px(bottom)}v8" stroke="${theme.baseline}" stroke-width="2"/>`,
    text(shortDay(chart.mondays[week]!).slice(0, -YEAR), x(week), bottom + 32, style, theme.muted, 'middle'),
  ]);
  return [...shares, ...weeks];
}

/** A light ground below a single line, so that it is not lost in the picture. */
function area(chart: Chart, { x, y, bottom }: Frame, theme: Theme): string[] {
  return runs(chart.lines[0]!.shares)
    .filter((run) => run.length > 1)
    .map((run) => {
      const [from, until] = [px(x(run[0]![0])), px(x(run.at(-1)![0]))];
      const top = run.map(([week, share]) => `L${px(x(week))} ${px(y(share))}`).join('');
      return `<path class="area" d="M${from} ${px(bottom)}${top}L${until} ${px(bottom)}Z" fill="${theme.lines[0]}" opacity="0.13"/>`;
    });
}

/** A line with its gaps; what belongs to a week that goes on is dashed, and a week without neighbours is a dot. */
function line({ mondays, lines, isUnfinished }: Chart, index: number, { x, y }: Frame, theme: Theme): string[] {
  const colour = theme.lines[index % theme.lines.length]!;
  const last = mondays.length - 1;
  const path = (points: Point[], dashed: boolean) => {
    const d = points.map(([week, share], at) => `${at === 0 ? 'M' : 'L'}${px(x(week))} ${px(y(share))}`).join('');
    const dashes = dashed ? ' stroke-dasharray="3 9"' : '';
    return `<path class="line" d="${d}" fill="none" stroke="${colour}" stroke-width="4.5" stroke-linejoin="round" stroke-linecap="round"${dashes}/>`;
  };
  return runs(lines[index]!.shares).flatMap((run) => {
    const isOpen = isUnfinished && run.at(-1)![0] === last;
    const sure = isOpen ? run.slice(0, -1) : run;
    return [
      ...(sure.length > 1 ? [path(sure, false)] : []),
      ...(isOpen && run.length > 1 ? [path(run.slice(-2), true)] : []),
      ...(run.length === 1 ? [dot(x(run[0]![0]), y(run[0]![1]), 4, colour)] : []),
    ];
  });
}

/** Names and latest shares beside the ends of the lines. */
function ends(chart: Chart, names: readonly string[][], frame: Frame, theme: Theme): string[] {
  const known = chart.lines.map(({ shares }) => runs(shares).at(-1)?.at(-1) ?? ([0, 0] satisfies Point));
  const height = (lines: number) => lines * NAME.size * LINE_HEIGHT + VALUE * LINE_HEIGHT + 10;
  const blocks = known.map(([, share], index) => ({ wanted: frame.y(share), height: height(names[index]!.length) }));
  const middles = placed(blocks, frame.top - 24, frame.bottom + 16);
  const left = frame.right + SPACE_BEFORE_NAME;
  return known.flatMap(([week, share], index) => {
    const colour = theme.lines[index % theme.lines.length]!;
    const [x, y, middle] = [frame.x(week), frame.y(share), middles[index]!];
    const first = middle - blocks[index]!.height / 2 + NAME.size;
    const isNear = Math.abs(middle - y) < NEAR && week === chart.mondays.length - 1;
    const lead = `<path class="lead" d="M${px(x + 9)} ${px(y)}L${px(left - 6)} ${px(middle)}" stroke="${colour}" stroke-width="1.5" opacity="0.7"/>`;
    return [
      ...(isNear ? [] : [lead]),
      dot(x, y, 7, colour, theme.background),
      ...names[index]!.map((name, at) => text(name, left, first + at * NAME.size * LINE_HEIGHT, NAME, colour)),
      text(
        percent(share),
        left,
        first + names[index]!.length * NAME.size * LINE_HEIGHT,
        { size: VALUE, weight: 400 },
        theme.text,
      ),
    ];
  });
}

type Point = [week: number, share: number];

/** The weeks that follow each other without a gap. */
function runs(shares: readonly (number | null)[]): Point[][] {
  const all: Point[][] = [];
  for (const [week, share] of shares.entries()) {
    if (share === null) continue;
    const run = all.at(-1);
    if (run?.at(-1)?.[0] === week - 1) run.push([week, share]);
    else all.push([[week, share]]);
  }
  return all;
}

function dot(x: number, y: number, radius: number, fill: string, edge = fill): string {
  return `<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="${fill}" stroke="${edge}" stroke-width="3"/>`;
}

function text(
  words: string,
  x: number,
  y: number,
  { size, weight }: { size: number; weight: Weight },
  fill: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

function px(number: number): string {
  return String(Math.round(number * 10) / 10);
}

/** What XML 1.0 may hold; see https://www.w3.org/TR/xml/#charsets. */
export function escaped(words: string): string {
  return words
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
