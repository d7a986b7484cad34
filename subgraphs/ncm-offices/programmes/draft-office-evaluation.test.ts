import 'reflect-metadata';

import type { tokens } from '@hub/shared/identity';
import { readerOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { EvaluationText } from '../entities/evaluation-text.entity.js';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';
import { away, expectRefusals, openWrittenOffices, rule } from '../testing/test-mutations.js';

const programmeId = 'nbnp:p';
const draft = { programme: programmeId, summary: 'It went well.', version: 0 };
const selection = 'officeEvaluationSummary officeEvaluationVersion';
const signedOn = '2010-12-01';
const signed = { programmeId, signedOn };
const underWay = { id: programmeId, groups: [], evaluation: null };
const signedByNetwork = {
  ...underWay,
  evaluation: { signOffs: [{ organisation: 'nbnp' }] },
};

describe.each(testDatabases)('Mutation.draftOfficeEvaluation on $name', (database) => {
  it('writes the text again and again until the offices sign', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set(programmeId, underWay);
    expect(await offices.call('draftOfficeEvaluation', draft, selection)).toEqual({
      value: { officeEvaluationSummary: 'It went well.', officeEvaluationVersion: 1 },
      refusal: undefined,
    });
    const second = { ...draft, summary: 'Again.', version: 1 };
    expect((await offices.call('draftOfficeEvaluation', second, selection)).value).toEqual({
      officeEvaluationSummary: 'Again.',
      officeEvaluationVersion: 2,
    });
    await offices.partner.source.manager.insert(ProgrammeSignature, { ...signed });
    await expectRefusals(offices, 'draftOfficeEvaluation', { ...draft, version: 2 }, [
      { as: rule('ALREADY_SIGNED', 'input.programme') },
    ]);
  });

  it('keeps the lists that are left out, and removes those that are null', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set(programmeId, underWay);
    const finding = { title: 'Shelters', text: 'They share a number.', sector: 'NGO' };
    const recommendations = ['More time.', 'Fewer stops.'];
    const selection =
      'officeEvaluation { summary findings { title text sector } recommendations version signedOn }';
    const write = async (more: object, version: number) => {
      const input = { ...draft, ...more, version };
      const { value } = await offices.call('draftOfficeEvaluation', input, selection);
      return (value as { officeEvaluation: unknown }).officeEvaluation;
    };
    const first = { summary: draft.summary, findings: [], recommendations: [], signedOn: null };
    expect(await write({}, 0)).toEqual({ ...first, version: 1 });
    const lists = { findings: [finding], recommendations };
    expect(await write(lists, 1)).toEqual({ ...first, ...lists, version: 2 });
    expect(await write({}, 2)).toEqual({ ...first, ...lists, version: 3 });
    const without = { ...first, findings: [], recommendations, version: 4 };
    expect(await write({ findings: null }, 3)).toEqual(without);
    const { sector: _, ...unplaced } = finding;
    expect(await write({ findings: [unplaced], recommendations: [] }, 4)).toMatchObject({
      findings: [{ ...unplaced, sector: null }],
      recommendations: [],
    });
  });

  it('refuses another version, an unknown programme, an empty text, and without the network', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set(programmeId, underWay);
    await expectRefusals(offices, 'draftOfficeEvaluation', draft, [
      { input: { version: 1 }, as: { code: 'CONFLICT', currentVersion: 0 } },
      {
        input: { programme: 'nbnp:none' },
        as: { code: 'NOT_FOUND', argument: 'input.programme' },
      },
      { input: { summary: ' ' }, as: { code: 'BAD_USER_INPUT', argument: 'input.summary' } },
      {
        hub: { [programmeId]: away },
        as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' },
      },
    ]);
  });
});

describe.each(testDatabases)('Mutation.withdrawOfficeSignature on $name', (database) => {
  const withdraw = { programme: programmeId, on: '2010-12-05' };

  it('withdraws a signature that stands alone', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set(programmeId, underWay);
    await offices.partner.source.manager.insert(ProgrammeSignature, { ...signed });
    expect(await offices.call('withdrawOfficeSignature', withdraw, 'officeSignatureCount')).toEqual(
      { value: { officeSignatureCount: 0 }, refusal: undefined },
    );
    await expectRefusals(offices, 'withdrawOfficeSignature', withdraw, [
      { as: rule('NOT_SIGNED', 'input.programme') },
    ]);
  });

  it('refuses what breaks a rule, and writes nothing', async () => {
    await using offices = await openWrittenOffices(database);
    offices.hub.set(programmeId, signedByNetwork);
    await offices.partner.source.manager.insert(ProgrammeSignature, { ...signed });
    await expectRefusals(offices, 'withdrawOfficeSignature', withdraw, [
      { as: rule('EVALUATED', 'input.programme') },
      { input: { version: 1 }, as: { code: 'CONFLICT', currentVersion: 0 } },
      { input: { on: '2010-11-30' }, as: rule('DATE_ORDER', 'input.on') },
      { hub: { [programmeId]: away }, as: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
    ]);
  });
});

describe.each(testDatabases)('Programme.officeEvaluationSummary on $name', (database) => {
  const roles: readonly tokens.Role[] = ['analyst', 'coordinator', 'liaison', 'auditor', 'service'];
  const readers = [
    ['anonymous', { kind: 'anonymous' }],
    ...['ncm', 'nbnp', 'dk'].flatMap((organisation) =>
      roles.map((role) => [`${role} of ${organisation}`, readerOf(organisation, role)] as const),
    ),
  ] as const;
  const writers = /^((coordinator|service) of (ncm|nbnp)|liaison of nbnp)$/;

  it('is null without an error beyond NBNP and the co-ordinators of the offices until both have signed', async () => {
    await using offices = await openWrittenOffices(database);
    const { manager } = offices.partner.source;
    const text = { programmeId, summary: 'It went well.', version: 1 };
    await manager.insert(EvaluationText, text);
    interface Read {
      readonly officeEvaluationSummary: string | null;
      readonly officeEvaluation: object | null;
    }
    const read = async (reader: (typeof readers)[number][1]) => {
      const { data, errors } = await offices.partner.ask(
        `{ _entities(representations: [{ __typename: "Programme", id: "${programmeId}" }]) {
          ... on Programme { officeEvaluationSummary
            officeEvaluation { summary findings { title } recommendations version } } } }`,
        {},
        reader,
      );
      expect(errors).toBeUndefined();
      const [programme] = data?.['_entities'] as Read[];
      const summary = programme?.officeEvaluationSummary ?? null;
      const whole = { summary, findings: [], recommendations: [], version: 1 };
      expect(programme?.officeEvaluation).toEqual(summary === null ? null : whole);
      return summary;
    };
    const expectWriters = async () => {
      for (const [name, reader] of readers)
        expect(await read(reader), name).toBe(writers.test(name) ? text.summary : null);
    };
    offices.hub.set(programmeId, signedByNetwork);
    await expectWriters();
    await manager.insert(ProgrammeSignature, { ...signed });
    for (const [name, reader] of readers) expect(await read(reader), name).toBe(text.summary);
  });

  it('stays null while the network has not signed', async () => {
    await using offices = await openWrittenOffices(database);
    const { manager } = offices.partner.source;
    await manager.insert(EvaluationText, { programmeId, summary: 'It went well.', version: 1 });
    await manager.insert(ProgrammeSignature, { ...signed });
    offices.hub.set(programmeId, underWay);
    const query = `{ _entities(representations: [{ __typename: "Programme", id: "${programmeId}" }]) {
      ... on Programme { officeEvaluationSummary
        officeEvaluation { summary findings { title } recommendations version signedOn } } } }`;
    const { data } = await offices.partner.ask(query, {}, readerOf('dk', 'coordinator'));
    const unread = { summary: null, findings: null, recommendations: null, version: 0 };
    expect(data).toEqual({
      _entities: [{ officeEvaluationSummary: null, officeEvaluation: { ...unread, signedOn } }],
    });
  });
});
