import type { PartnerContent } from '@hub/shared/partner';
import { type AskHub, codes } from '@hub/shared/policy';
import {
  createFactsHub,
  openTestPartner,
  type TestDatabaseKind,
  type TestPartner,
  type TestPartnerOptions,
} from '@hub/shared/testing';
import { definition } from '../partner.js';

/**
 * A hub in which this police force hosts every visit, so that its own co-ordinator may read
 * everything.
 */
function createHostsHub(partner: codes.PoliceCode): AskHub {
  const hosts = [{ country: codes.countryOf(partner), owner: partner }];
  const visit = { hosts, group: { senders: [] } };
  return createFactsHub((field) => (field === 'itineraryStop' ? { visit } : visit)).askHub;
}

/**
 * One police force’s server. The caller is its own co-ordinator unless a test names another one.
 */
export const openTestPolice = (
  kind: TestDatabaseKind,
  partner: codes.PoliceCode,
  content: PartnerContent = 'demonstration',
  options: Partial<TestPartnerOptions> = {},
): Promise<TestPartner> =>
  openTestPartner(definition, kind, {
    partner,
    content,
    askHub: createHostsHub(partner),
    ...options,
  });
