import type { AskHub } from '@hub/shared/context';
import type { PartnerContent } from '@hub/shared/partner';
import {
  createFactsHub,
  openTestPartner,
  type TestDatabaseKind,
  type TestPartner,
  type TestPartnerOptions,
} from '@hub/shared/testing';
import { countryOf } from '@hub/shared/vocabulary';
import { definition, type PoliceCode } from '../partner.js';

/** A hub by which every visit is hosted by this police: its own co-ordinator reads all that there is. */
function createHostsHub(partner: PoliceCode): AskHub {
  const visit = { hostCountries: [countryOf(partner)], group: { members: [] } };
  return createFactsHub((field) => (field === 'itineraryStop' ? { visit } : visit)).askHub;
}

/** One police’s server. The reader is a co-ordinator of its own unless a test names another. */
export const openTestPolice = (
  kind: TestDatabaseKind,
  partner: PoliceCode,
  content: PartnerContent = 'demonstration',
  options: Partial<TestPartnerOptions> = {},
): Promise<TestPartner> =>
  openTestPartner(definition, kind, {
    partner,
    content,
    askHub: createHostsHub(partner),
    ...options,
  });
