import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { getNamedType, isInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';

/** Why two people cannot overwrite each other’s values, although a mutation has no version. */
type Reason =
  /** It creates a record. A repetition has the same idempotency key. */
  | 'CREATES'
  /** It confirms the version of a plan that the caller names. To correct its day, it names that too. */
  | 'CONFIRMS'
  /** It decides, signs or withdraws, and a rule in the transaction refuses to do so again. */
  | 'DECIDES_ONCE'
  /** It removes a record for good. Whoever removes it again changes nothing. */
  | 'REMOVES';

const unversioned: Readonly<Record<string, Reason>> = {
  acknowledgeInformation: 'CONFIRMS',
  addItineraryStop: 'CREATES',
  assignExpert: 'CREATES',
  confirmNetworkStop: 'CONFIRMS',
  confirmRegionalStop: 'CONFIRMS',
  confirmStop: 'CONFIRMS',
  copyGroup: 'CREATES',
  copyProgramme: 'CREATES',
  copyVisit: 'CREATES',
  createGroup: 'CREATES',
  createProgramme: 'CREATES',
  decideExpertLoan: 'DECIDES_ONCE',
  endDelegateAccess: 'REMOVES',
  endOfficerAccess: 'REMOVES',
  eraseDelegate: 'REMOVES',
  eraseExpert: 'REMOVES',
  eraseOfficer: 'REMOVES',
  eraseTexts: 'REMOVES',
  inviteDelegate: 'CREATES',
  inviteOfficer: 'CREATES',
  nominateDelegate: 'CREATES',
  nominateOfficer: 'CREATES',
  offerHosting: 'CREATES',
  offerRegionalHosting: 'CREATES',
  recordEvent: 'CREATES',
  recordLink: 'CREATES',
  recordOutcome: 'CREATES',
  recordStatement: 'CREATES',
  registerDelegate: 'CREATES',
  registerExpert: 'CREATES',
  registerNationalSite: 'CREATES',
  registerOffice: 'CREATES',
  registerOfficer: 'CREATES',
  registerOrganisation: 'CREATES',
  registerPoliceUnit: 'CREATES',
  registerRegionalSite: 'CREATES',
  releaseExpert: 'REMOVES',
  scheduleVisit: 'CREATES',
  shareDelegateContact: 'CREATES',
  shareOfficerContact: 'CREATES',
  withdrawDelegateContact: 'REMOVES',
  withdrawExpertLoan: 'DECIDES_ONCE',
  withdrawOfficerContact: 'REMOVES',
};

/** The version of the record that a mutation, or each of its items, writes. `visitVersion` and `stopVersion` are another’s. */
const versions = ['version', 'decisionVersion', 'meetingVersion'];

const mutations = (
  await Promise.all(
    [nbnp, ncmOffices, nationalPolice].map(async (definition) => {
      const { schema } = await definition.createSubgraph();
      return Object.values(schema.getMutationType()?.getFields() ?? {});
    }),
  )
)
  .flat()
  .map(({ name, args }) => {
    const fields = args.flatMap(({ type }) => {
      const input = getNamedType(type);
      if (!isInputObjectType(input)) return [];
      const own = Object.values(input.getFields());
      const items = own.flatMap((field) => {
        const item = getNamedType(field.type);
        const isVersioned = isInputObjectType(item) && 'version' in item.getFields();
        return isVersioned && String(field.type).startsWith('[') ? ['version'] : [];
      });
      return [...own.map((field) => field.name), ...items];
    });
    return { name, fields };
  });

describe('each mutation', () => {
  it('has a version, or a reason why it needs none', () => {
    const without = mutations.filter(({ fields }) => !versions.some((one) => fields.includes(one)));
    expect(without.map(({ name }) => name).toSorted()).toEqual(Object.keys(unversioned).toSorted());
  });

  it('can say `isAnother` if it writes what makes two records the same', () => {
    const keys = [
      ['name', 'email'],
      ['title', 'city', 'startsOn'],
      ['event', 'role'],
      ['text', 'source'],
      ['title', 'mandated'],
    ];
    const writing = mutations.filter(({ fields }) =>
      keys.some((parts) => parts.every((part) => fields.includes(part))),
    );
    expect(writing.length).toBeGreaterThanOrEqual(13);
    expect(writing.filter(({ fields }) => !fields.includes('isAnother'))).toEqual([]);
  });

  it('has an idempotency key if it creates a record', () => {
    const keyed = mutations.filter(({ fields }) => fields.includes('idempotencyKey'));
    const keys = new Set(keyed.map(({ name }) => name));
    const created = Object.entries(unversioned).filter(([, reason]) => reason === 'CREATES');
    expect(created.filter(([name]) => !keys.has(name))).toEqual([]);
  });
});
