import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

/** The order to a profiled process: to begin, or to end and write a file. */
export type ProfileOrder =
  { readonly profile: 'begin' } | { readonly profile: 'end'; readonly file: string };

const everyMicroseconds = 500;

/** Lets the bench profile this process between its warm-up and its last turn. */
export function profileSelf(): void {
  const session = new Session();
  session.connect();
  const obey = async (order: ProfileOrder): Promise<void> => {
    if (order.profile === 'begin') {
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: everyMicroseconds });
      await session.post('Profiler.start');
    } else {
      const { profile } = await session.post('Profiler.stop');
      writeFileSync(order.file, JSON.stringify(profile));
    }
    process.send?.({ profiled: order.profile });
  };
  process.on('message', (order) => void obey(order as ProfileOrder));
}
