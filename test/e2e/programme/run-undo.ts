import {
  nominateDelegate,
  nominateOfficer,
  plan,
  type Input,
  type Programme,
} from '../network/run-programme.js';

interface Undoing {
  now(field: string, record: string, input: Input): Promise<Input>;
  createGroup(direction: string, name: string): Promise<string>;
}

const reason = 'It was a mistake.';
const north = 'NORTH_WEST_RUSSIA_TO_NORDIC';
const south = 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA';

/** Records mistakes of every kind, and undoes each. */
export async function runUndo(programme: Programme, undoing: Undoing): Promise<void> {
  const { call, done } = programme;
  const remove = (organisation: string, mutation: string, input: Input) =>
    call(organisation, mutation, input, '');
  const { id: planned } = await done('nbnp', 'createProgramme', { ...plan, isRehearsal: false });
  const sizes = { targetGroups: ['POLICE'], groupSizeMin: 3, groupSizeMax: 5, isRehearsal: false };
  await done('nbnp', 'changeProgramme', { programme: planned, ...sizes, version: 1 });
  await remove('nbnp', 'removeProgramme', { programme: planned, reason, version: 2 });
  const group = await undoing.createGroup(south, 'Mistaken');
  await remove('nbnp', 'removeGroup', { group, reason, version: 1 });
  const event = await done('nbnp', 'recordEvent', {
    title: 'A meeting in Turku',
    kind: 'MEETING',
    isAnother: true,
    organisers: ['ncm:led'],
    roles: [{ role: 'HOST', party: 'fi:npb' }],
  });
  const role = { event: event.id, party: 'fi:npb', role: 'HOST', version: 1, isAnother: null };
  await done('nbnp', 'removeEventRole', role);
  await removePeople(programme, remove);
  await reopen(programme, undoing);
}

async function removePeople(
  { done }: Programme,
  remove: (organisation: string, mutation: string, input: Input) => Promise<unknown>,
): Promise<void> {
  const ofUnit = {
    unit: 'fi:npb',
    name: 'Mistaken Secret',
    languages: ['fi'],
    isRehearsal: false,
    isAnother: true,
  };
  const officer = await done('fi', 'registerOfficer', { ...ofUnit, targetGroup: 'POLICE' });
  await remove('fi', 'removeOfficer', { officer: officer.id, version: 1 });
  const skills = { roles: ['EXPERT'], fields: ['POLICE'] };
  const expert = await done('fi', 'registerExpert', { ...ofUnit, ...skills });
  await remove('fi', 'removeExpert', { expert: expert.id, version: 1 });
  const delegate = await done('ncm', 'registerDelegate', {
    office: 'ncm:led',
    name: 'Mistaken Secret',
    targetGroup: 'POLICE',
    region: 'RU-KR',
    languages: ['ru'],
    isRehearsal: false,
    isAnother: true,
  });
  await remove('ncm', 'removeDelegate', { delegate: delegate.id, version: 1 });
}

/** Decisions that were mistakes, of both sides. */
async function reopen(programme: Programme, { now, createGroup }: Undoing): Promise<void> {
  const { done } = programme;
  const group = await createGroup(south, 'Reopened from the North');
  const { nomination, officer } = await nominateOfficer(programme, 'dk', 'dk:police', group);
  const declined = { group, officer, nomination, on: '2031-02-01', reason: 'Ill.' };
  await done('nbnp', 'declineOfficer', { ...declined, version: 1 });
  await done('nbnp', 'reopenOfficerNomination', { group, nomination, decisionVersion: 1 });
  const withdrawn = { nomination, on: '2031-02-01', version: 1 };
  await done('dk', 'withdrawOfficer', withdrawn);
  const other = await createGroup(north, 'Reopened from Karelia');
  const { nomination: id } = await nominateDelegate(programme, other, 'Reopened Secret');
  const decision = { nomination: id, on: '2031-02-01', localAuthority: 'A court' };
  await done('ncm', 'declineDelegate', { ...decision, version: 1 });
  await done('ncm', 'reopenDelegateNomination', { nomination: id, version: 2 });
  for (const cancelled of [group, other])
    await done(
      'nbnp',
      'cancelGroup',
      await now('group', cancelled, { group: cancelled, on: '2031-03-01', reason }),
    );
}
