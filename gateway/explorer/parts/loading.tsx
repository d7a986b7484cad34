import { useEffect, useState } from 'preact/hooks';
import { awaited } from '../client/awaited.ts';
import { nameOfPartner } from '../frame/settings.ts';
import { t } from '../words/language.ts';
import { joinNames } from '../words/names.ts';

/** From the first tenth of a second on it says that it loads: a fast response does not flicker. */
const delayMs = 100;
/** From then on it says for whom it waits. */
const longMs = 4_000;

function describeWait(): string {
  const names = joinNames(awaited.value.map(nameOfPartner));
  return names === '' ? t('frame.loadingLong') : t('response.awaited', { partners: names });
}

/** In place of what is not there yet. */
export function Loading() {
  const [waitedMs, wait] = useState(0);
  useEffect(() => {
    const timers = [delayMs, longMs].map((ms) => setTimeout(() => wait(ms), ms));
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <p class="loading" role="status">
      {waitedMs >= delayMs && t('frame.loading')} {waitedMs >= longMs && describeWait()}
    </p>
  );
}
