import { buildSubgraphSchema } from '@apollo/subgraph';
import { DateTimeScalar } from '@hub/shared/scalars';
import { parse, type GraphQLSchema } from 'graphql';
import { hubSubgraph, readContract } from './contracts.js';
import type { Network, Partner } from './network.js';
import type { PartnerStatus } from './partner-status.js';

/** A partner in this subgraph. */
interface PartnerRow {
  readonly code: string;
  readonly name: string;
  readonly subgraph: string;
  readonly status: string;
  readonly statusSince: string | undefined;
  readonly lastAnsweredAt: string | undefined;
  readonly quarantineReason: null;
  readonly maintenance: readonly never[];
}

/**
 * The hub’s own subgraph: the partners of the network and their status. It runs in the hub’s
 * process.
 */
export function createHubSubgraph(status: PartnerStatus, { partners }: Network): GraphQLSchema {
  const byCode = new Map(partners.map((partner) => [partner.code, partner]));
  const inOrder = [...byCode.keys()].toSorted();

  const find = (code: unknown): PartnerRow | null => {
    const partner = byCode.get(String(code));
    return partner ? readRow(partner, status) : null;
  };
  return buildSubgraphSchema({
    typeDefs: parse(readContract(hubSubgraph).sdl),
    resolvers: {
      DateTime: DateTimeScalar,
      Query: {
        partners: () => inOrder.map(find),
        partner: (_root: unknown, { code }: { code: string }) => find(code),
      },
      Partner: {
        // An unknown partner is null: the hub owns all of them.
        __resolveReference: ({ code }: { code: unknown }) => find(code),
      },
    },
  });
}

function readRow({ code, name, subgraph }: Partner, status: PartnerStatus): PartnerRow {
  const state = status.read(code);
  return {
    code,
    name,
    subgraph,
    status: state?.status ?? 'UNAVAILABLE',
    statusSince: state?.statusSince?.toISOString(),
    lastAnsweredAt: state?.lastAnsweredAt?.toISOString(),
    quarantineReason: null,
    maintenance: [],
  };
}
