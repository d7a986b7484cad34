import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { runIn, type Programme } from '../network/run-programme.js';

const west = { id: 'nbnp:demo-visit-5', startsOn: '2027-03-07', endsOn: '2027-03-12' };
/** What hosts hold themselves of their offers. */
const offersQuery = '{ policeUnits { hostings { id status isPutBack decidedOn } } }';
const coordinator = { organisation: 'nbnp', role: 'coordinator' } as const;
type Offer = Readonly<Record<'id' | 'status' | 'isPutBack' | 'decidedOn', unknown>>;

const east = { id: 'nbnp:demo-visit-2', startsOn: '2027-02-07', endsOn: '2027-02-12' };

describe('consents after `rescheduleVisit`, through the hub', () => {
  let network: OpenNetwork;
  let programme: Programme;

  beforeAll(async () => {
    network = await openNetwork('demonstration', { isGuarded: true });
    programme = runIn(network);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  const read = async (query: string, organisation = 'nbnp') =>
    (await network.ask(query, {}, { organisation, role: 'coordinator' })).data;

  const reschedule = async ({ id, startsOn, endsOn }: typeof west) => {
    const version = await programme.versionOf('visit', id);
    await programme.done('nbnp', 'rescheduleVisit', { visit: id, startsOn, endsOn, version });
  };
  const consents = async () => {
    const { visit } = await read(`{ visit(id: "${west.id}") {
      hostings { id status } experts { status } } }`);
    return visit as unknown;
  };
  const ofRussia = async () =>
    (await read(`{ visit(id: "${east.id}") { regionalHostings { status isPutBack } } }`)).visit
      .regionalHostings as unknown;
  const tasksOf = async (organisation: string) =>
    (
      (await read('{ tasks { nodes { kind subject } } }', organisation)).tasks.nodes as {
        kind: string;
        subject: string;
      }[]
    ).map(({ kind, subject }) => `${kind} ${subject}`);

  it('stand as their owners gave them while nobody knows the days of the visit', async () => {
    const ask = async () => {
      const { data, errors = [], extensions } = await network.ask(offersQuery, {}, coordinator);
      const units = data.policeUnits as { hostings: Offer[] | null }[];
      return { offers: units.map(({ hostings }) => hostings), errors, extensions };
    };
    const whole = await ask();
    expect(whole.errors).toEqual([]);
    await network.stop('nbnp');
    const partial = await ask().finally(() => network.start('nbnp'));

    const unknown: string[] = [];
    const expected = whole.offers.map((offers, unit) =>
      (offers ?? []).map((offer, index) => {
        if (offer.status !== 'CONFIRMED') return offer;
        const fields = ['decidedOn', 'isPutBack', 'status'];
        const places = fields.map((field) => `policeUnits.${unit}.hostings.${index}.${field}`);
        unknown.push(...places.map((place) => `${place} PARTNER_UNAVAILABLE nbnp`));
        return { ...offer, isPutBack: null, decidedOn: null };
      }),
    );
    expect(unknown.length).toBeGreaterThan(0);
    expect(partial.offers).toEqual(expected);
    const said = partial.errors.map(
      ({ path = [], extensions: { code, partner } }) => `${path.join('.')} ${code} ${partner}`,
    );
    expect(said.toSorted()).toEqual(unknown.toSorted());
    expect(partial.extensions.completeness).toMatchObject({
      complete: false,
      partners: { nbnp: { status: 'UNAVAILABLE' } },
    });
  });

  it('are unknown, and not open, while the owner is unavailable', async () => {
    await network.stop('ee');
    const {
      data,
      errors = [],
      extensions,
    } = await network
      .ask(`{ visit(id: "${west.id}") { experts { id status } } }`, {}, coordinator)
      .finally(() => network.start('ee'));
    expect(data.visit.experts).toEqual([{ id: 'nbnp:demo-assignment-5-1', status: null }]);
    expect(errors.map(({ path, extensions: { code, partner } }) => [path, code, partner])).toEqual([
      [['visit', 'experts', 0, 'status'], 'PARTNER_UNAVAILABLE', 'ee'],
    ]);
    expect(extensions.completeness?.complete).toBe(false);
  });

  it('stand within the days that they were given for, and outside them wait for their owners', async () => {
    const given = {
      hostings: [
        { id: 'no:demo-hosting-5', status: 'OFFERED' },
        { id: 'se:demo-hosting-5', status: 'CONFIRMED' },
      ],
      experts: [{ status: 'LENT' }],
    };
    const asked = {
      hostings: given.hostings.map(({ id }) => ({ id, status: 'OFFERED' })),
      experts: [{ status: 'REQUESTED' }],
    };
    expect(await consents()).toEqual(given);
    expect(await ofRussia()).toEqual([{ status: 'CONFIRMED', isPutBack: false }]);

    // Neither Estonia nor Sweden has to be there.
    await Promise.all([network.stop('ee'), network.stop('se')]);
    await reschedule({ ...west, endsOn: '2027-03-13' });
    await Promise.all([network.start('ee'), network.start('se')]);
    await reschedule({ ...east, startsOn: '2027-02-06' });

    expect(await consents()).toEqual(asked);
    expect(await ofRussia()).toEqual([{ status: 'OFFERED', isPutBack: true }]);
    const told = await programme.group('nbnp:demo-group-5', 'warnings { code owner }');
    expect(told.warnings).toEqual(
      expect.arrayContaining([
        { code: 'LOAN_PUT_BACK', owner: 'ee' },
        { code: 'HOSTING_PUT_BACK', owner: 'se' },
      ]),
    );
    expect(await tasksOf('ee')).toContain('DECIDE_LOAN nbnp:demo-assignment-5-1');
    expect(await tasksOf('se')).toContain('CONFIRM_HOSTING se:demo-hosting-5');
    expect(await tasksOf('ncm')).toContain('CONFIRM_HOSTING ncm:demo-hosting-2');

    await reschedule(west);
    expect(await consents()).toEqual(asked);

    const on = '2026-11-28';
    const loan = { expert: 'ee:demo-expert-1', assignment: 'nbnp:demo-assignment-5-1' };
    await programme.done('ee', 'decideExpertLoan', { ...loan, grant: true, on });
    await programme.done('se', 'confirmHosting', { hosting: 'se:demo-hosting-5', on });
    expect(await consents()).toEqual(given);
    expect(await tasksOf('ee')).not.toContain('DECIDE_LOAN nbnp:demo-assignment-5-1');
  });

  it('can be taken back by the police force that lent an expert', async () => {
    const loan = { expert: 'ee:demo-expert-1', assignment: 'nbnp:demo-assignment-5-1' };
    const withdrawal = { ...loan, on: '2026-11-29', reason: 'She is ill.' };
    expect(
      await programme.done('ee', 'withdrawExpertLoan', withdrawal, 'status loanReason'),
    ).toEqual({ status: 'WITHDRAWN', loanReason: 'She is ill.' });
    expect(await tasksOf('nbnp')).toContain('REPLACE_EXPERT nbnp:demo-assignment-5-1');
  });

  it('alarms the network when a host withdraws a confirmed offer', async () => {
    const decision = { hosting: 'se:demo-hosting-5', on: '2026-11-29' };
    await programme.done('se', 'withdrawHosting', decision);
    expect(await tasksOf('nbnp')).toContain('REPLACE_HOST se:demo-hosting-5');
    const { warnings } = await programme.group('nbnp:demo-group-5', 'warnings { code subject }');
    expect(warnings).toContainEqual({
      code: 'HOSTING_WITHDRAWN',
      subject: 'se:demo-hosting-5',
    });
    const { policeChanges } = await read(
      '{ policeChanges(country: "SE") { nodes { mutation subject } } }',
    );
    expect(policeChanges.nodes).toContainEqual({
      mutation: 'withdrawHosting',
      subject: 'se:demo-hosting-5',
    });
  });
});
