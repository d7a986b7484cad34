import { buildSubgraphSchema } from '@apollo/subgraph';
import { HubError } from '@hub/shared/errors';
import { DateScalar, DateTimeScalar } from '@hub/shared/graphql';
import { hubIssuer, type tokens } from '@hub/shared/identity';
import { usualRetention, type Retention } from '@hub/shared/records';
import { parse, type GraphQLSchema } from 'graphql';
import type { LocalContext } from '../fan-out/partners/local-port.js';
import type { PartnerPort } from '../fan-out/partners/partner-port.js';
import type { CallHistory, PartnerStatus, RecentFailure, Status } from './calls/partner-status.js';
import { hubSubgraph, readContract } from './contracts.js';
import type { Network, Partner } from './network.js';
import type { ListProposals } from './proposals/proposal-list.js';
import type { VerifiedConformance } from './publications/publication.js';
import type { PublishedFacts } from './publications/published-facts.js';
import type { ListedRelease } from './releases/release-list.js';
import type { ReadUsage, UsageRequest } from './usage/own-usage.js';

/** A partner in this subgraph. */
interface PartnerRow {
  readonly code: string;
  readonly name: string;
  readonly subgraph: string;
  readonly status: string;
  readonly statusSince: string | undefined;
  readonly lastAnsweredAt: string | undefined;
  readonly membership: 'MEMBER' | 'SUSPENDED' | 'REMOVED';
  readonly membershipSince: string | undefined;
  readonly membershipReason: string | undefined;
  readonly quarantineReason: string | undefined;
  readonly conformance: VerifiedConformance | undefined;
  readonly maintenance: readonly {
    readonly from: string;
    readonly to: string;
    readonly message: string;
  }[];
  readonly retention:
    | readonly { readonly kind: string; readonly days: number; readonly isUsual: boolean }[]
    | undefined;
}

export interface HubSubgraphOptions {
  readonly network: Network;
  readonly status: PartnerStatus;
  readonly history: CallHistory;
  readonly keysChangedAt: KeysChangedAt;
  /** @default usage is not counted */
  readonly readUsage?: ReadUsage | undefined;
  /** @default nothing is known of it */
  readonly published?: PublishedFacts | undefined;
  /** Lists proposed next versions of contracts. @default there are none */
  readonly proposals?: ListProposals | undefined;
  /** Lists the releases of the graph. @default there are none */
  readonly releases?: (() => readonly ListedRelease[]) | undefined;
  /** Finds the way to a partner. @default what partners hold is taken for granted */
  readonly findPort?: ((code: string) => PartnerPort | undefined) | undefined;
  /** Ends the access of one person. @default the hub identifies nobody */
  readonly revokeAccess?: RevokeAccess | undefined;
}

/** Returns when, in ms since the epoch. */
export type RevokeAccess = (
  person:
    | { readonly organisation: string; readonly subject: string }
    | { readonly organisation: string; readonly person: string },
) => Promise<{ readonly at: number }>;

/** Who may end the access of the people of her organisation. */
const revokers: readonly tokens.Role[] = ['coordinator', 'auditor'];

/** The types of the records of people who travel, by the contract of their owner. */
const recordTypes: ReadonlyMap<string, string> = new Map([
  ['national-police', 'Officer'],
  ['ncm-offices', 'Delegate'],
]);

/**
 * Whether an owner says to the caller that it has no such record, as of an expert. Of an owner that
 * does not respond, the fields of the record say so.
 */
async function isMissing(
  port: PartnerPort,
  record: { readonly __typename: string; readonly id: string },
  context: LocalContext,
): Promise<boolean> {
  const asked = {
    query: 'query OwnRecord($of: [_Any!]!) { _entities(representations: $of) { __typename } }',
    variables: { of: [record] },
    operationName: 'OwnRecord',
  };
  const response = await port.ask({
    ...context,
    ...asked,
    body: JSON.stringify(asked),
    isRepeatable: true,
  });
  if ('failure' in response) return false;
  const { data } = response.json as { data?: { _entities?: readonly unknown[] } | null };
  return data?._entities?.[0] === null;
}

/** When an organisation’s keys were last changed. Undefined if that is unknown. */
export type KeysChangedAt = (organisation: string) => Promise<Date | undefined>;

/**
 * The hub’s own subgraph: the partners of the network and their status. It runs in the hub’s
 * process.
 */
export function createHubSubgraph({
  network: { partners },
  status,
  history,
  keysChangedAt,
  readUsage,
  published,
  proposals = () => [],
  releases = () => [],
  findPort,
  revokeAccess,
}: HubSubgraphOptions): GraphQLSchema {
  const byCode = new Map(partners.map((partner) => [partner.code, partner]));
  const inOrder = [...byCode.keys()].toSorted();

  const find = (code: unknown): PartnerRow | null => {
    const partner = byCode.get(String(code));
    return partner ? readRow(partner, status, published) : null;
  };
  /** The type of her record is that of her organisation’s contract: one of a later kind is not known here. */
  const findOwnRecord = async (context: LocalContext) => {
    const { reader } = context;
    if (reader.kind !== 'participant') return null;
    const __typename = recordTypes.get(byCode.get(reader.organisation)?.subgraph ?? '');
    if (__typename === undefined) return null;
    const record = { __typename, id: reader.person };
    const port = findPort?.(reader.organisation);
    return port && (await isMissing(port, record, context)) ? null : record;
  };
  const readKeysDate = async (organisation: string) =>
    (await keysChangedAt(organisation))?.toISOString();
  const operations = {
    hubKeysChangedAt: () => readKeysDate(hubIssuer),
    releases: () => releases(),
    contractProposals: () => proposals().map(printProposal),
    usage(_root: unknown, request: UsageRequest, context: unknown) {
      if (!readUsage) throw new HubError('FORBIDDEN');
      return readUsage((context as LocalContext).reader, request);
    },
  };
  const partnerOperations = {
    responseTimes: ({ code }: PartnerRow) => history.responseTimesOf(code),
    recentFailures: ({ code }: PartnerRow) => history.failuresOf(code).map(printDates),
    keysChangedAt: ({ code }: PartnerRow) => readKeysDate(code),
  };
  return buildSubgraphSchema({
    typeDefs: parse(readContract(hubSubgraph).sdl),
    resolvers: {
      Date: DateScalar,
      DateTime: DateTimeScalar,
      Query: {
        partners: () => inOrder.map(find),
        partner: (_root: unknown, { code }: { code: string }) => find(code),
        operations: () => ({}),
        ...operations,
        me: (_root: unknown, _none: unknown, context: unknown) =>
          findOwnRecord(context as LocalContext),
      },
      Operations: { ...operations, partners: () => inOrder.map(find) },
      PartnerOperations: { ...partnerOperations, partner: (row: PartnerRow) => row },
      Mutation: {
        async revokeAccess(_root: unknown, { input }: RevokeAccessArguments, context: unknown) {
          const { reader } = context as LocalContext;
          if (!revokeAccess || reader.kind !== 'person') throw new HubError('FORBIDDEN');
          const { organisation, role } = reader;
          const whose = readRevoked(input, organisation);
          // A server ends what its participants have, and nothing of those who work there.
          const isAllowed = 'person' in whose ? ['service', ...revokers] : revokers;
          if (!isAllowed.includes(role)) throw new HubError('FORBIDDEN');
          const { at } = await revokeAccess({ organisation, ...whose });
          const subject = 'person' in whose ? whose.person : whose.subject;
          return { organisation, subject, revokedAt: new Date(at).toISOString() };
        },
      },
      Partner: {
        // An unknown partner is null: the hub owns all of them.
        __resolveReference: ({ code }: { code: unknown }) => find(code),
        ...partnerOperations,
      },
    },
  });
}

/** As long as the subject of a token may be. */
const longestSubject = 256;

interface RevokeAccessArguments {
  readonly input: { readonly subject?: string | null; readonly person?: string | null };
}

/**
 * Whose access ends: one of the two.
 * @throws HubError `BAD_USER_INPUT`, also for a record of another organisation
 */
function readRevoked(
  { subject, person }: RevokeAccessArguments['input'],
  organisation: string,
): { readonly subject: string } | { readonly person: string } {
  const argument = person == null ? 'input.subject' : 'input.person';
  const given = person ?? subject ?? '';
  const isForm = given !== '' && given.length <= longestSubject;
  const isOwn = person == null || person.startsWith(`${organisation}:`);
  if (!isForm || !isOwn || (person != null && subject != null))
    throw new HubError('BAD_USER_INPUT', { argument });
  return person == null ? { subject: given } : { person };
}

const printProposal = ({ changes, ...proposal }: ReturnType<ListProposals>[number]) => ({
  ...proposal,
  changes: changes.map(({ severity, ...change }) => ({
    ...change,
    severity: severity.toUpperCase(),
  })),
});

const printDates = ({ firstAt, lastAt, ...failure }: RecentFailure) => ({
  ...failure,
  firstAt: firstAt.toISOString(),
  lastAt: lastAt.toISOString(),
});

function readRow(
  { code, name, subgraph, membership }: Partner,
  status: PartnerStatus,
  published: PublishedFacts | undefined,
): PartnerRow {
  const state = status.read(code);
  const quarantineReason = published?.quarantineReasonOf(code);
  return {
    code,
    name,
    subgraph,
    status: readStatus(code, state?.status, published),
    statusSince: state?.statusSince?.toISOString(),
    lastAnsweredAt: state?.lastAnsweredAt?.toISOString(),
    membership: membership?.state ?? 'MEMBER',
    membershipSince: membership?.since,
    membershipReason: membership?.reason,
    quarantineReason,
    conformance: published?.conformanceOf(code),
    maintenance: published?.windowsOf(code) ?? [],
    retention: published && printRetention(published.retentionOf(code)),
  };
}

const isKind = (kind: string): kind is keyof Retention => Object.hasOwn(usualRetention, kind);

const printRetention = (retention: Partial<Retention> | undefined): PartnerRow['retention'] =>
  retention &&
  Object.entries(retention).flatMap(([kind, days]) =>
    isKind(kind) ? { kind, days, isUsual: days === usualRetention[kind] } : [],
  );

/** An announced maintenance comes first. A partner in quarantine still responds, by its last good schema. */
export function readStatus(
  code: string,
  status: Status = 'UNAVAILABLE',
  published?: PublishedFacts,
): Status {
  if (published?.openWindowOf(code)) return 'MAINTENANCE';
  const isQuarantined = published?.quarantineReasonOf(code) !== undefined;
  return isQuarantined && status !== 'UNAVAILABLE' ? 'QUARANTINED' : status;
}
