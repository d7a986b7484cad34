import type { PartnerContext } from '@hub/shared/policy';
import { createRecordResolvers, networkReadings } from '@hub/shared/programme';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

/** @param mayReadDecision whether the caller may read the decision on a nomination */
export const recordResolversOf = (
  mayReadDecision: (context: PartnerContext, nomination: string) => boolean | Promise<boolean>,
): readonly Function[] => [
  networkReadings.resolver,
  ...createRecordResolvers({
    hold: 'holdNetworkData',
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
    due: {
      name: 'networkRetention',
      description:
        'Whom to call at a stop of a visit, as far as it is erased within 30 days, because the visit was long ago; what is due soonest first.',
    },
    holds: {
      name: 'networkHolds',
      description:
        'What stops the erasure of personal data now: what is held, why and until when; what ends soonest first.',
    },
    disclosures: {
      name: 'networkDisclosures',
      description:
        'Who has read this organisation’s restricted data, newest first. Auditors of another organisation get what was read in its name.',
    },
  }),
];
