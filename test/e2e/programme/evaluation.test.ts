import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { plan, runIn, type Programme } from '../network/run-programme.js';

const query = `query ($id: ID!) { programme(id: $id) {
  evaluation { status summary findings { title } recommendations version signOffs { organisation } }
  officeEvaluationSummary officeEvaluationVersion
  officeEvaluation { summary findings { title } recommendations version signedOn } } }`;
const finding = { title: 'Shelters', text: 'They share a number.', sector: 'NGO' };
const drafted = { summary: 'Seen.', findings: [{ title: 'Shelters' }], recommendations: ['More.'] };
const nothing = { summary: null, findings: null, recommendations: null };

describe('an evaluation by two organisations', () => {
  let network: OpenNetwork;
  let programme: Programme;
  let id: string;
  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true });
    programme = runIn(network);
    ({ id } = await programme.done('nbnp', 'createProgramme', plan));
    const group = await programme.done('nbnp', 'createGroup', {
      programme: id,
      name: 'Cancelled',
      direction: 'NORTH_WEST_RUSSIA_TO_NORDIC',
      plannedSize: 2,
    });
    const cancelled = { group: group.id, on: '2031-01-01', reason: 'No host.', version: 1 };
    await programme.done('nbnp', 'cancelGroup', cancelled);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const readBy = async (organisation: string, role: 'coordinator' | 'analyst' = 'coordinator') => {
    const { data } = await network.ask(query, { id }, { organisation, role });
    return data.programme;
  };

  it('is written by both, read by others when both have signed, and then cannot change', async () => {
    const onOffices = { programme: id, on: '2032-01-10' };
    await programme.done('nbnp', 'draftEvaluation', {
      programme: id,
      summary: 'Seen.',
      findings: [finding],
      recommendations: ['More.'],
      version: 0,
    });
    const draft = { programme: id, summary: 'Again.', version: 0 };
    const lists = { findings: [finding], recommendations: ['More.'] };
    await programme.done('ncm', 'draftOfficeEvaluation', { ...draft, ...lists });
    for (const writer of ['nbnp', 'ncm'])
      expect(await readBy(writer)).toEqual({
        evaluation: { ...drafted, status: 'DRAFT', version: 1, signOffs: [] },
        officeEvaluationSummary: 'Again.',
        officeEvaluationVersion: 1,
        officeEvaluation: { ...drafted, summary: 'Again.', version: 1, signedOn: null },
      });
    const unseen = { officeEvaluationSummary: null, officeEvaluationVersion: null };
    expect(await readBy('dk')).toEqual({ evaluation: null, ...unseen, officeEvaluation: null });

    await programme.done('ncm', 'signOfficeEvaluation', onOffices);
    expect(await readBy('dk')).toEqual({
      evaluation: {
        ...nothing,
        status: 'SIGNED_BY_OFFICES',
        version: 0,
        signOffs: [{ organisation: 'ncm' }],
      },
      ...unseen,
      officeEvaluation: { ...nothing, version: 0, signedOn: '2032-01-10' },
    });
    const stale = { ...onOffices, version: 2 };
    expect(await programme.call('ncm', 'withdrawOfficeSignature', stale)).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
    });
    await programme.done('ncm', 'withdrawOfficeSignature', onOffices);
    const changed = { ...draft, summary: 'Once more.', version: 1 };
    await programme.done('ncm', 'draftOfficeEvaluation', changed);
    await programme.done('ncm', 'signOfficeEvaluation', onOffices);
    await programme.done('nbnp', 'signEvaluation', { programme: id, on: '2032-01-12' });
    expect(await readBy('dk', 'analyst')).toEqual({
      evaluation: {
        ...drafted,
        status: 'COMPLETE',
        version: 2,
        signOffs: [{ organisation: 'nbnp' }, { organisation: 'ncm' }],
      },
      officeEvaluationSummary: 'Once more.',
      officeEvaluationVersion: 2,
      // What the second draft left out stays.
      officeEvaluation: {
        ...drafted,
        summary: 'Once more.',
        version: 2,
        signedOn: '2032-01-10',
      },
    });
    const withdraw = { id, on: '2032-02-01', version: 2 };
    expect(await programme.call('nbnp', 'withdrawEvaluationSignature', withdraw)).toMatchObject({
      rule: 'EVALUATED',
    });
    expect(await programme.call('ncm', 'withdrawOfficeSignature', onOffices)).toMatchObject({
      rule: 'EVALUATED',
    });
  });

  it('has an unknown state while the offices are unavailable, and cannot be withdrawn', async () => {
    await network.stop('ncm');
    const unknown = { status: null, signOffs: [{ organisation: 'nbnp' }] };
    expect(await readBy('nbnp')).toMatchObject({ evaluation: { ...drafted, ...unknown } });
    expect(await readBy('dk')).toMatchObject({ evaluation: { ...nothing, ...unknown } });
    const withdraw = { id, on: '2032-02-01', version: 2 };
    expect(await programme.call('nbnp', 'withdrawEvaluationSignature', withdraw)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
    });
    await network.start('ncm');
  });
});
