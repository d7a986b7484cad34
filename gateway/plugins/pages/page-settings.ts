import { tokens } from '@hub/shared/identity';
import type { Network } from '../../registry/network.js';

/** The settings that the pages read before a user signs in. None of them is restricted. */
export interface PageSettings {
  /** All organisations of the network, also those that are unavailable, and whom readers write to. */
  readonly partners: readonly {
    readonly code: string;
    readonly name: string;
    readonly contact: string;
  }[];
  /** The roles of people. */
  readonly roles: readonly string[];
  /** Whether `/graphql/schema.graphql` is served. */
  readonly hasSchema: boolean;
  /** Whether anybody may sign in as anybody: the embedded start alone. */
  readonly hasTrialSignIn: boolean;
  /** The organisations whose people sign in with their OpenID Connect provider. */
  readonly providers: readonly string[];
}

export function describePageSettings(
  { partners }: Network,
  offers: Pick<PageSettings, 'hasSchema' | 'hasTrialSignIn' | 'providers'>,
): PageSettings {
  return {
    ...offers,
    partners: partners.map(({ code, name, contact }) => ({ code, name, contact })),
    // A partner’s own server signs in by itself.
    roles: [...tokens.roles.filter((role) => role !== 'service'), 'participant'],
  };
}
