import { createContext } from 'preact';

/** What the hub says of a partner. */
export interface KnownPartner {
  readonly code: string;
  readonly name: string;
  /** The contract that it serves. */
  readonly subgraph: string;
  readonly lastAnsweredAt: string | null;
}

/** The partners of the network, for all parts of the page. */
export const Partners = createContext<readonly KnownPartner[]>([]);
