import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Measure } from './chart.ts';
import { escaped } from './svg.ts';

/** Pixels of the picture for one of the drawing: phones have so many. */
const SCALE = 2;

const require = createRequire(import.meta.url);
const FONTS = [
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
];

/** Turns drawings into pictures with the font that comes along; needs neither a network nor fonts of the system. */
export interface Rasteriser {
  readonly measure: Measure;
  /** An SVG drawing as PNG, twice as large. */
  png(svg: string): Uint8Array;
}

/** Loads the rasteriser: once in a thread. */
export async function loadRasteriser(): Promise<Rasteriser> {
  await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fontBuffers = await Promise.all(FONTS.map((path) => readFile(require.resolve(path))));
  const font = { fontBuffers, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' };
  return {
    measure(text, size, weight) {
      const style = `font-family="Inter" font-size="${size}" font-weight="${weight}"`;
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><text ${style}>${escaped(text)}</text></svg>`;
      return new Resvg(svg, { font }).getBBox()?.width ?? 0;
    },
    png: (svg) => new Resvg(svg, { font, fitTo: { mode: 'zoom', value: SCALE } }).render().asPng(),
  };
}
