import type { PartnerContext } from '@hub/shared/context';
import { createFactReader, isPerson, mayKnowJourneys, shortMemoryMs } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';

interface ProgrammeFacts {
  /** The groups that were not cancelled. */
  readonly groupIds: readonly string[];
  readonly isSignedByNetwork: boolean;
}

interface Answer {
  readonly groups?: readonly { readonly id: string; readonly cancelledOn: string | null }[] | null;
  readonly evaluation?: {
    readonly signOffs: readonly { readonly organisation: string }[];
  } | null;
}

const readProgrammeFacts = createFactReader<ProgrammeFacts>({
  field: 'programme',
  memoryMs: shortMemoryMs,
  selection: '{ groups { id cancelledOn } evaluation { signOffs { organisation } } }',
  read({ groups, evaluation }: Answer) {
    const open = (groups ?? []).filter(({ cancelledOn }) => cancelledOn === null);
    return {
      groupIds: open.map(({ id }) => id),
      isSignedByNetwork: (evaluation?.signOffs ?? []).some(
        ({ organisation }) => organisation === networkCode,
      ),
    };
  },
});

/**
 * Whether the caller may see that the offices have signed a programme’s evaluation. A signature
 * shows that all groups are back. So callers without a token see it once the visits have ended, or
 * once both have signed, which publishes the evaluation.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function mayKnowSignature(
  context: PartnerContext,
  programmeId: string,
): Promise<boolean> {
  if (isPerson(context.reader)) return true;
  const programme = await readProgrammeFacts(context, programmeId);
  if (!programme) return false;
  if (programme.isSignedByNetwork) return true;
  const areKnown = programme.groupIds.map((id) => mayKnowJourneys(context, id));
  return (await Promise.all(areKnown)).every(Boolean);
}
