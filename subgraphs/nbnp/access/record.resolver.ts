import type { PartnerContext } from '@hub/shared/policy';
import { createRecordQueries, networkReadings } from '@hub/shared/programme';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

/** @param mayReadDecision whether the caller may read the decision on a nomination */
export const createRecordResolvers = (
  mayReadDecision: (context: PartnerContext, nomination: string) => boolean | Promise<boolean>,
): readonly Function[] => [
  networkReadings.resolver,
  ...createRecordQueries({
    changes: {
      name: 'networkChanges',
      description:
        "What was changed in the network's data, newest first. Only the network's own people may read `person`. Changes of nominations are for those who may know of them.",
      people: [
        {
          entity: OfficerNomination,
          mayRead: (context, { id }: OfficerNomination) => mayReadDecision(context, id),
        },
      ],
    },
    disclosures: {
      name: 'networkDisclosures',
      description:
        'Who has read this organisation’s restricted data, newest first. Auditors of another organisation get what was read in its name.',
    },
  }),
];
