/** A local Discord in a process of its own, with its limits on: `CHANNELS LATENCY`. Says where it is, and when asked what came. */
import { startPreview } from '../src/preview/preview.ts';

const [channels = 0, latency = 0] = process.argv.slice(2).map(Number);
const preview = await startPreview({ port: 0 });
preview.faults.add({ delay: latency, applied: true, times: Infinity });
const ids = Array.from({ length: channels }, (_, index) => preview.world.addChannel({ name: `channel-${index}` }));
const { apiUrl, token } = preview;
process.send?.({ apiUrl, token, ids });

/** What came so far; times in milliseconds. */
function report() {
  const times = preview.requests.map(({ time }) => time.getTime());
  return {
    posted: ids.filter((id) => preview.world.messages(id).length === 1).length,
    doubled: ids.filter((id) => preview.world.messages(id).length > 1).length,
    tooMany: preview.requests.filter(({ status }) => status === 429).length,
    took: Math.max(...times) - Math.min(...times),
  };
}
process.on('message', () => process.send?.(report()));
