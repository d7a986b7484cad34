import type { WhyNull } from '../client/why-null.ts';
import { t } from '../words/language.ts';

/** The name of a person, or why there is none. Ids of people are never shown. */
export function PersonName({ name, why }: { name: string | null | undefined; why: WhyNull }) {
  return name ? <>{name}</> : <span class="no-value">{t(`unnamed.${why}`)}</span>;
}
