import { parentPort, workerData } from 'node:worker_threads';
import { startThread } from '../../core/thread.ts';
import type { Chart } from './chart.ts';
import { loadRasteriser } from './rasterise.ts';
import { chartSvg } from './svg.ts';
import { type ThemeName, THEMES } from './themes.ts';

interface Task {
  chart: Chart;
  theme: ThemeName;
}

/** Charts under way: one after the other, for each thread needs about 100 MB. */
let queue: Promise<unknown> = Promise.resolve();

/**
 * The chart as a PNG of 2400 × 1350 pixels, drawn in a thread of its own.
 * @throws Error when the thread fails.
 */
export function drawChart(chart: Chart, theme: ThemeName): Promise<Buffer> {
  const picture = queue.then(() => inThread({ chart, theme }));
  queue = picture.catch(() => {});
  return picture;
}

function inThread(task: Task): Promise<Buffer> {
  const thread = startThread(import.meta.url, task);
  return new Promise((resolve, reject) => {
    thread.once('message', (png: Uint8Array) => resolve(Buffer.from(png)));
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread that draws a chart ended with ${code}`)));
  });
}

async function draw({ chart, theme }: Task): Promise<void> {
  const rasteriser = await loadRasteriser();
  const png = rasteriser.png(chartSvg(chart, THEMES[theme], rasteriser.measure));
  parentPort?.postMessage(png, []);
}

if (parentPort && isTask(workerData)) await draw(workerData);

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'chart' in data && 'theme' in data;
}
