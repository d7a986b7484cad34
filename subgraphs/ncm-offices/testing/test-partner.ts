import type { PartnerContent } from '@hub/shared/partner';
import {
  createFactsHub,
  openTestPartner,
  type TestDatabaseKind,
  type TestPartner,
  type TestPartnerOptions,
} from '@hub/shared/testing';
import { definition } from '../partner.js';

/** A hub by which the offices co-ordinate every group: their own co-ordinator reads all that there is. */
const { askHub } = createFactsHub(() => ({
  visit: { group: { coordinatingOffice: { id: 'ncm:led' } } },
}));

/** The offices’ server. The reader is a co-ordinator of theirs unless a test names another. */
export const openTestOffices = (
  kind: TestDatabaseKind,
  content: PartnerContent,
  options: Partial<TestPartnerOptions> = {},
): Promise<TestPartner> =>
  openTestPartner(definition, kind, { partner: 'ncm', content, askHub, ...options });
