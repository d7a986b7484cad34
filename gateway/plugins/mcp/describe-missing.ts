import { catalogue, isErrorCode } from '@hub/shared/errors';
import type { GraphQLFormattedError } from 'graphql';

/** `extensions.completeness` of a response. */
export interface Completeness {
  readonly complete: boolean;
  readonly partners: Readonly<
    Record<string, { readonly status: string; readonly ageSeconds?: number }>
  >;
  readonly uncovered?: readonly string[];
}

/** What a result lacks, as the hub’s response says it. */
interface Lacking {
  readonly completeness: Completeness;
  readonly errors: readonly GraphQLFormattedError[];
}

/** The most sentences of one result. */
const mostSentences = 50;

/** The path of a field, without the positions in lists: `groups.nodes.name`. */
const pathOf = ({ path = [] }: GraphQLFormattedError): string =>
  path.filter((step) => typeof step === 'string').join('.');

/** What is wrong, and the next step. */
function explain(code: unknown, message?: string): string {
  if (!isErrorCode(code)) return message ?? '';
  return `${message ?? catalogue[code].message} ${catalogue[code].howToFix}`;
}

const list = (paths: Iterable<string>): string =>
  [...paths].map((path) => `\`${path}\``).join(', ');

/** A sentence for each partner that was needed and is not all there. */
function describePartners(
  { completeness: { partners }, errors }: Lacking,
  nameOf: (code: string) => string,
): string[] {
  return Object.entries(partners).flatMap(([code, { status, ageSeconds }]) => {
    if (status === 'ANSWERED') return [];
    const who = `${nameOf(code)} (${code})`;
    if (status === 'STALE')
      return [`${who} is unavailable. Its facts are ${ageSeconds ?? '?'} seconds old.`];
    const own = errors.filter(({ extensions }) => extensions?.['partner'] === code);
    const paths = new Set(own.map(pathOf).filter((path) => path !== ''));
    const where = paths.size > 0 ? ` Its data is missing at ${list(paths)}.` : '';
    return [`${who}: PARTNER_${status}.${where} ${explain(`PARTNER_${status}`)}`.trim()];
  });
}

/** A sentence for each path and code of the other errors. */
function describeErrors({ completeness: { partners }, errors }: Lacking): string[] {
  const counts = new Map<string, { count: number; path: string; what: string; text: string }>();
  for (const error of errors) {
    const { code, partner, argument } = error.extensions ?? {};
    const isOfPartner = String(code).startsWith('PARTNER_') && String(partner) in partners;
    if (isOfPartner) continue;
    const path = pathOf(error);
    const given = argument === undefined ? '' : `, argument \`${String(argument)}\``;
    const what = `${String(code)}${given}`;
    const key = `${what} ${path}`;
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { count: 1, path, what, text: explain(code, error.message) });
  }
  return [...counts.values()].map(({ count, path, what, text }) => {
    const times = count === 1 ? '' : `, ${count} times`;
    return `\`${path}\` is null${times}: ${what}. ${text}`;
  });
}

/** What a result lacks and why, in words, the partners first. Empty if it is complete and covered. */
export function describeMissing(lacking: Lacking, nameOf: (code: string) => string): string[] {
  const { uncovered = [] } = lacking.completeness;
  const sentences = [
    ...describePartners(lacking, nameOf),
    ...uncovered.map(
      (value) => `No organisation of the network covers ${value}: nobody was asked.`,
    ),
    ...describeErrors(lacking),
  ];
  const more = sentences.length - mostSentences;
  return more > 0 ? [...sentences.slice(0, mostSentences), `And ${more} more.`] : sentences;
}
