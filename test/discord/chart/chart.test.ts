import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/core/dates.ts';
import type { Chart, Measure } from '../../../src/discord/chart/chart.ts';
import { drawChart } from '../../../src/discord/chart/draw.ts';
import { percent } from '../../../src/discord/chart/percent.ts';
import { chartSvg } from '../../../src/discord/chart/svg.ts';
import { THEMES } from '../../../src/discord/chart/themes.ts';
import { chartInWords } from '../../../src/discord/render/trend-chart.ts';

/** Every letter as wide as another. */
const measure: Measure = (text, size) => text.length * size * 0.55;
const weeks = (count: number) => Array.from({ length: count }, (_, week) => addDays('2026-01-05', week * 7));

function chart(lines: Chart['lines'], count = lines[0]?.shares.length ?? 0): Chart {
  const words = { title: 'How often', subtitle: 'Share of each week’s papers', footer: '100 papers' };
  return { ...words, mondays: weeks(count), isUnfinished: false, lines };
}

const svgOf = (given: Chart) => chartSvg(given, THEMES.dark, measure);
const countOf = (svg: string, kind: string) => svg.split(`class="${kind}"`).length - 1;

describe('chartSvg', () => {
  it('draws a line with a gap where nothing is known, and names it at its end', () => {
    const svg = svgOf(chart([{ name: 'owls & <cats>', shares: [0.1, 0.2, null, 0.3, 0.25] }]));
    expect(countOf(svg, 'line')).toBe(2);
    expect(svg).toContain('owls &amp; &lt;cats&gt;');
    expect(svg).toContain('>25%<');
    expect(svg).toContain('5 Jan');
  });

  it('dashes what belongs to a week that goes on, and shows a week without neighbours as a dot', () => {
    const open = { ...chart([{ name: 'a', shares: [0.1, null, 0.2, 0.3] }]), isUnfinished: true };
    const svg = svgOf(open);
    expect(svg).toContain('stroke-dasharray');
    expect(svg.split('<circle')).toHaveLength(3);
  });

  it('keeps the names at the ends apart and in the picture, whatever the lines', () => {
    const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 5 });
    const line = fc.record({
      name: fc.string({ maxLength: 60 }),
      shares: fc.array(share, { minLength: 6, maxLength: 6 }),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), (lines) => {
        const svg = svgOf(chart(lines));
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        const values = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)" font-size="20"/g)].map(([, y]) => Number(y));
        expect(values).toHaveLength(lines.length);
        const sorted = values.toSorted((a, b) => a - b);
        for (const [index, y] of sorted.slice(1).entries()) expect(y - sorted[index]!).toBeGreaterThan(20);
        expect(sorted.at(-1)).toBeLessThan(675);
      }),
      { numRuns: 200 },
    );
  });
});

it.each([
  [0, '0%'],
  [0.0005, '0.05%'],
  [0.034, '3.4%'],
  [0.1, '10%'],
  [1, '100%'],
])('the share %d is %s', (share, words) => {
  expect(percent(share)).toBe(words);
});

it('says in words what a chart shows', () => {
  const given = chart([
    { name: 'owls', shares: [null, 0.1, 0.4, 0.2] },
    { name: 'cats', shares: [null, null, null, null] },
  ]);
  expect(chartInWords(given)).toBe(
    'Line chart: How often. owls: 10% in the week of 12 Jan 2026, 20% in the week of 26 Jan 2026; highest 40% in the week of 19 Jan 2026. cats: too few papers to tell.',
  );
});

it('draws a picture in either theme, without a font of the system', async () => {
  const given = chart([{ name: 'diffusion models', shares: [0.1, 0.2, 0.15] }]);
  for (const theme of ['dark', 'light'] as const) {
    const png = await drawChart(given, theme);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2400, 1350]);
    // A picture of one colour would be smaller.
    expect(png.length).toBeGreaterThan(20_000);
  }
});
