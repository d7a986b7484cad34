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

  it('refuses both sides alike', async () => {
    const { id: other } = await programme.done('nbnp', 'createProgramme', plan);
    const ofGroup = { direction: 'NORTH_WEST_RUSSIA_TO_NORDIC', plannedSize: 2 } as const;
    const group = { programme: other, name: 'Waits', ...ofGroup };
    const { id: waiting } = await programme.done('nbnp', 'createGroup', group);
    const sides = {
      nbnp: ['draftEvaluation', 'signEvaluation', 'withdrawEvaluationSignature'],
      ncm: ['draftOfficeEvaluation', 'signOfficeEvaluation', 'withdrawOfficeSignature'],
    } as const;
    type Step = 0 | 1 | 2;
    const give = (side: 'nbnp' | 'ncm', step: Step, more: Record<string, unknown>) => {
      const { programme: of = other, ...rest } = more;
      const own = side === 'nbnp' && step === 2 ? { id: of } : { programme: of };
      return programme.call(side, sides[side][step], { ...own, ...rest });
    };
    const both = ['nbnp', 'ncm'] as const;
    const refuse = async (
      step: Step,
      more: Record<string, unknown>,
      expected: object,
      by: readonly ('nbnp' | 'ncm')[] = both,
    ) => {
      for (const side of by) {
        const { code, rule, argument, currentVersion } = await give(side, step, more);
        const found = { code, rule, argument: argument?.replace('.id', '.programme') };
        expect({ ...found, currentVersion }, sides[side][step]).toMatchObject(expected);
      }
    };
    const rule = (name: string, argument = 'input.programme') => ({ rule: name, argument });
    const notFound = { code: 'NOT_FOUND', argument: 'input.programme' };
    const conflict = (currentVersion: number) => ({
      code: 'CONFLICT',
      argument: 'input.version',
      currentVersion,
    });
    const [draft, sign, withdraw] = [0, 1, 2] as const;
    const written = { summary: 'Seen.', version: 0 };
    const on = '2032-01-10';
    await refuse(draft, { ...written, programme: 'nbnp:none' }, notFound);
    await refuse(draft, { ...written, version: 1 }, conflict(0));
    await refuse(draft, { ...written, summary: ' ' }, { argument: 'input.summary' });
    const finding = { title: 'Shelters', text: ' ' };
    const blank = { code: 'BAD_USER_INPUT', argument: 'input.findings.0.text' };
    await refuse(draft, { ...written, findings: [finding] }, blank);
    await refuse(sign, { on, programme: 'nbnp:none' }, notFound);
    await refuse(sign, { on }, rule('UNDER_WAY'));
    await refuse(withdraw, { on, version: 0 }, rule('NOT_SIGNED'));
    const cancelled = { group: waiting, on: '2031-01-01', reason: 'No host.', version: 1 };
    await programme.done('nbnp', 'cancelGroup', cancelled);
    await refuse(sign, { on: '2030-12-31' }, rule('OUTSIDE_PROGRAMME', 'input.on'));
    await refuse(sign, { on: '2999-01-01' }, rule('FUTURE', 'input.on'));
    await refuse(sign, { on, version: 1 }, conflict(0));
    for (const side of both) {
      expect((await give(side, draft, written)).payload).not.toBeNull();
      expect((await give(side, sign, { on, version: 1 })).payload).not.toBeNull();
      // NBNP’s version counts its signature too.
      const version = side === 'nbnp' ? 2 : 1;
      await refuse(draft, { ...written, version }, rule('ALREADY_SIGNED'), [side]);
      await refuse(sign, { on: '2032-01-11' }, rule('ALREADY_SIGNED'), [side]);
      await refuse(withdraw, { on, version: 0 }, conflict(version), [side]);
      const early = { on: '2032-01-09', version };
      await refuse(withdraw, early, rule('DATE_ORDER', 'input.on'), [side]);
      expect((await give(side, withdraw, { on, version })).payload).not.toBeNull();
    }
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
