import type { PartnerContent } from '@hub/shared/partner';
import type { AskHub } from '@hub/shared/policy';
import {
  lateClock,
  openTestPartner,
  type TestDatabaseKind,
  type TestPartner,
  type TestPartnerOptions,
} from '@hub/shared/testing';
import { definition } from '../partner.js';

/**
 * The network’s server. The caller is a co-ordinator of the network unless a test names another
 * one.
 */
export const openTestNetwork = (
  kind: TestDatabaseKind,
  content: PartnerContent = 'demonstration',
  now = lateClock().toISOString(),
  askHub?: AskHub,
  prepare?: TestPartnerOptions['prepare'],
): Promise<TestPartner> =>
  openTestPartner(definition, kind, {
    partner: 'nbnp',
    content,
    clock: () => new Date(now),
    ...(askHub && { askHub }),
    ...(prepare && { prepare }),
  });
