import type { ComponentChildren } from 'preact';
import type { WhyNull } from '../client/why-null.ts';
import { t } from '../words/language.ts';

/** In place of a value: that it is unknown, withheld from the reader, or not available now. */
export function NoValue({ why }: { why: WhyNull }) {
  return <span class={`no-value ${why}`}>{t(`response.${why}`)}</span>;
}

/** A value, or why there is none. */
export function Known({ value, why }: { value: ComponentChildren; why: WhyNull }) {
  return value === null || value === undefined ? <NoValue why={why} /> : <>{value}</>;
}
