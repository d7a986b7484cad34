import { createRecordQueries, networkReadings } from '@hub/shared/programme';

export const recordResolvers = [
  networkReadings.resolver,
  ...createRecordQueries({
    changes: {
      name: 'networkChanges',
      description:
        "What was changed in the network's data, newest first. Only the network's own people may read `person`.",
    },
    disclosures: {
      name: 'networkDisclosures',
      description:
        'Who has read this organisation’s restricted data, newest first. Auditors of another organisation get what was read in its name.',
    },
  }),
];
