import { plan, type Programme } from '../network/run-programme.js';

/** Plans a programme and changes its plan. Gives its id. */
export async function planProgramme({ done }: Programme): Promise<string> {
  const { id } = await done('nbnp', 'createProgramme', {
    ...plan,
    aims: ['To meet.'],
    areasToInvolve: ['RU-MUR'],
    roles: [{ role: 'COORDINATOR', party: 'ncm:led' }],
  });
  const journey = { direction: 'NORTH_WEST_RUSSIA_TO_NORDIC', weeks: 1, destination: 'Norway' };
  const aims = ['To meet.', 'To learn.'];
  const lists = { aims, areasToInvolve: null, plannedJourneys: [journey] };
  await done('nbnp', 'changeProgramme', { programme: id, ...lists, version: 1 });
  return id as string;
}

/** An event that is corrected, and a part of it that is removed. */
export async function runEvents({ call, done }: Programme, programme: string): Promise<void> {
  const event = await done('nbnp', 'recordEvent', {
    title: 'A seminar in Karelia',
    kind: 'SEMINAR',
    startsOn: '2031-03',
    country: 'FI',
    organisers: ['ncm:led'],
    programme,
  });
  const part = await done('nbnp', 'recordEvent', {
    title: 'Its first day',
    kind: 'SEMINAR_PART',
    organisers: ['ncm:led'],
    partOf: event.id,
    represented: [{ what: 'the ministry', country: 'FI' }],
    aim: 'To begin.',
  });
  await done('nbnp', 'changeEvent', {
    event: event.id,
    countries: ['FI', 'NO'],
    roles: [
      { role: 'ORGANISER', party: 'ncm:led' },
      { role: 'HOST', party: 'fi:npb' },
    ],
    participants: 30,
    version: 1,
  });
  const reason = 'It was another one.';
  await call('nbnp', 'removeEvent', { event: part.id, reason, version: 1 }, '');
}
