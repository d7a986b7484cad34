import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { awaited, refused } from '../client/awaited.ts';
import { NotLoaded } from '../frame/not-loaded.tsx';
import { nameOfPartner } from '../frame/settings.ts';
import { isAsking } from '../session/keep-session.ts';
import { t } from '../words/language.ts';
import { joinNames } from '../words/names.ts';

/** From the first tenth of a second on it says that it loads: a fast response does not flicker. */
const delayMs = 100;
/** From then on it says for whom it waits. */
const longMs = 4_000;

function describeWait(): string {
  if (refused.value > 0) return t('frame.loadingBusy');
  const names = joinNames(awaited.value.map(nameOfPartner));
  return names === '' ? t('frame.loadingLong') : t('response.awaited', { partners: names });
}

const Nothing = () => null;
type Load = () => Promise<unknown>;

/** What loads the files that did not come. */
const lost = signal<readonly Load[]>([]);

async function loadLost(): Promise<typeof Nothing> {
  await Promise.all(lost.peek().map((load) => load()));
  return Nothing;
}

/**
 * Loads a file without which a part of the page cannot be shown. If it does not come, `Loading`
 * says so in its place, and the reader can try again.
 */
export function useFile(name: string, isHere: boolean, load: Load): void {
  useEffect(() => {
    if (isHere) return;
    let isWanted = true;
    load().catch(() => {
      if (isWanted) lost.value = [...lost.peek(), load];
    });
    return () => {
      isWanted = false;
      if (lost.peek().includes(load)) lost.value = lost.peek().filter((one) => one !== load);
    };
  }, [name, isHere]);
}

interface LoadingProps {
  /** Whether the page itself is at work: it waits for nobody. */
  readonly isLocal?: boolean;
}

/** In place of what is not there yet. */
export function Loading({ isLocal = false }: LoadingProps) {
  const [waitedMs, wait] = useState(0);
  useEffect(() => {
    const timers = [delayMs, longMs].map((ms) => setTimeout(() => wait(ms), ms));
    return () => timers.forEach(clearTimeout);
  }, []);
  if (lost.value.length > 0) return <NotLoaded load={loadLost} />;
  const isLong = waitedMs >= longMs || awaited.value.length > 0;
  // Behind the dialog that asks her to sign in again, the page waits for the reader.
  const isForOthers = !isLocal && !isAsking.value;
  return (
    <p class="loading" role="status">
      {waitedMs >= delayMs && t('frame.loading')} {isLong && isForOthers && describeWait()}
    </p>
  );
}
