import type { PartnerContent } from '@hub/shared/partner';
import {
  createFactsHub,
  openTestPartner,
  type TestDatabaseKind,
  type TestPartner,
  type TestPartnerOptions,
} from '@hub/shared/testing';
import { definition } from '../partner.js';

/**
 * A hub in which the offices co-ordinate every group, so that their own co-ordinator may read
 * everything.
 */
const { askHub } = createFactsHub(() => ({
  visit: { group: { coordinatingOffice: { id: 'ncm:led' } } },
}));

/** The offices’ server. The caller is their own co-ordinator unless a test names another one. */
export const openTestOffices = (
  kind: TestDatabaseKind,
  content: PartnerContent,
  options: Partial<TestPartnerOptions> = {},
): Promise<TestPartner> =>
  openTestPartner(definition, kind, { partner: 'ncm', content, askHub, ...options });
