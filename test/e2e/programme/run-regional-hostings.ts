import { plan, type Programme } from '../network/run-programme.js';

/** What the office in St. Petersburg arranged for a visit in its own time: it closed in March 2015. */
export async function runRegionalHostings({ done }: Programme): Promise<void> {
  const years = { startsOn: '2013', endsOn: '2014' };
  const { id: past } = await done('nbnp', 'createProgramme', { ...plan, ...years });
  const { id: group } = await done('nbnp', 'createGroup', {
    programme: past,
    name: 'From the North, earlier',
    direction: 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
    plannedSize: 2,
    coordinatingOffice: 'ncm:led',
  });
  const { id: visit } = await done('nbnp', 'scheduleVisit', {
    group,
    title: 'A week in Karelia',
    hostCountries: ['RU'],
    startsOn: '2014-09-07',
    endsOn: '2014-09-12',
  });
  const details = {
    transport: 'A train',
    meetingPoint: 'Platform 1',
    contactOnTheSpot: 'A driver',
    emergencyContact: 'The duty desk',
    note: 'Bring towels.',
  };
  const offer = { office: 'ncm:led', visit, accommodation: 'A guest house', ...details };
  for (const decide of ['confirmRegionalHosting', 'withdrawRegionalHosting']) {
    const { id: hosting } = await done('ncm', 'offerRegionalHosting', offer);
    await done('ncm', 'changeRegionalHosting', {
      hosting,
      accommodation: 'A school',
      transport: 'A bus',
      meetingPoint: 'Platform 5',
      contactOnTheSpot: 'A teacher',
      emergencyContact: '112',
      note: null,
      version: 1,
    });
    const decision = { hosting, on: '2014-06-01', version: 2 };
    const isConfirmed = decide === 'confirmRegionalHosting';
    await done('ncm', decide, { ...decision, ...(isConfirmed && { visitVersion: 1 }) });
  }
}
