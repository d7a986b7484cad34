import {
  codes,
  createFactReader,
  type PartnerContext,
  readers,
  shortMemoryMs,
} from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';
import { ProgrammeSignature } from '../entities/programme-signature.entity.js';

interface ProgrammeFacts {
  /** The groups that were not cancelled. */
  readonly groupIds: readonly string[];
  readonly isSignedByNetwork: boolean;
}

interface ProgrammeResponse {
  readonly groups?: readonly { readonly id: string; readonly cancelledOn: string | null }[] | null;
  readonly evaluation?: Evaluation | null;
}

/** The evaluation of a programme, as NBNP returns it. */
export interface Evaluation {
  readonly signOffs: readonly { readonly organisation: string }[];
}

/** True if NBNP has signed. */
export const isSignedByNetwork = (evaluation: Evaluation | null | undefined): boolean =>
  (evaluation?.signOffs ?? []).some(({ organisation }) => organisation === codes.networkCode);

const readProgrammeFacts = createFactReader<ProgrammeFacts>({
  field: 'programme',
  memoryMs: shortMemoryMs,
  selection: '{ groups { id cancelledOn } evaluation { signOffs { organisation } } }',
  read({ groups, evaluation }: ProgrammeResponse) {
    const open = (groups ?? []).filter(({ cancelledOn }) => cancelledOn === null);
    return {
      groupIds: open.map(({ id }) => id),
      isSignedByNetwork: isSignedByNetwork(evaluation),
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
  if (readers.isPerson(context.reader)) return true;
  const programme = await readProgrammeFacts(context, programmeId);
  if (!programme) return false;
  if (programme.isSignedByNetwork) return true;
  const areKnown = programme.groupIds.map((id) => itineraries.mayKnowJourneys(context, id));
  return (await Promise.all(areKnown)).every(Boolean);
}

/** Without a cache, because NBNP may have withdrawn its signature. */
const readIsSigned = createFactReader<boolean>({
  field: 'programme',
  memoryMs: 0,
  selection: '{ evaluation { signOffs { organisation } } }',
  read: ({ evaluation }: ProgrammeResponse) => isSignedByNetwork(evaluation),
});

/**
 * Whether the caller may read the offices' part of an evaluation: those who write it, and everybody
 * once both have signed.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function mayReadText(context: PartnerContext, programmeId: string): Promise<boolean> {
  if (readers.isEvaluator(context.reader)) return true;
  const { loaders } = context;
  const signature = await loaders.one(ProgrammeSignature, 'programmeId').load(programmeId);
  return signature !== null && ((await readIsSigned(context, programmeId)) ?? false);
}
