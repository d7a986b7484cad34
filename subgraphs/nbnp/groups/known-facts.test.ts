import { Loaders } from '@hub/shared/database';
import { limitAskHub, type AskHub, type PartnerContext } from '@hub/shared/policy';
import { inner, readerOf, sqlite } from '@hub/shared/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { Group } from '../entities/group.entity.js';
import { openTestNetwork } from '../testing/test-partner.js';
import { deriveGroupState } from './derive-group-state.js';
import { addKnownFacts } from './known-facts.js';
import { loadGroupFacts } from './load-group-facts.js';

afterEach(() => void vi.useRealTimers());

/** The time that a partner has in the network is 20 times as long while its machine is busy. */
it.each([4_000, 80_000])(
  'the state of a group counts what police forces say in a quarter of %i ms',
  async (leftMs) => {
    await using network = await openTestNetwork(sqlite);
    vi.useFakeTimers({ toFake: ['performance'] });
    const limits: number[] = [];
    const askHub: AskHub = (_query, variables, options) => {
      limits.push((options?.until ?? Infinity) - performance.now());
      const id = variables?.id0;
      const acceptedOfficers = [{ report: { group: id } }, null];
      return Promise.resolve({ f0: { id, officerNominations: [], acceptedOfficers } });
    };
    const context: PartnerContext = {
      partner: 'nbnp',
      source: network.source,
      loaders: new Loaders(network.source),
      clock: () => new Date('2026-11-25T12:00:00Z'),
      countThreshold: 5,
      reader: readerOf('nbnp', 'coordinator'),
      requestId: 'known-facts',
      disclosures: inner.createDisclosureNote(),
      missing: inner.createMissingNote(),
      askHub: limitAskHub(askHub, performance.now() + leftMs),
    };
    const found = await network.source.manager.findOneByOrFail(Group, {
      id: 'nbnp:demo-group-4',
    });
    const group = Object.assign(new Group(), found, {
      officerNominationCount: null,
      officerReportsReceived: null,
      officeSignatureCount: 1,
    });
    const facts = await loadGroupFacts(group, context);
    expect(deriveGroupState(facts)).toBe('DEBRIEFED');
    expect(deriveGroupState(await addKnownFacts(facts, group, context))).toBe('EVALUATED');
    expect(limits).toEqual([leftMs / 4]);
  },
);
